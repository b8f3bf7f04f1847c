package view

import (
	"context"
	"strings"

	"github.com/callward/callward/phone"
)

// Passage is *Who would get through?*: what would become of somebody.
type Passage struct {
	// Text is the number or caller line as typed.
	Text string
	// Rows are call, voice message, text and trigger, each with what becomes of it; none while nothing is asked.
	Rows []PassageRow
	// Why says which entry decides, and what was made of the text; Failed that it is no number.
	Why, Failed string
	// Changed is called when any of this has changed, but for Text, which is typed.
	Changed func()

	guard  Guard
	worker Worker
	words  Words
	list   *Blacklist
	turn   int
}

// PassageRow is one way to get through.
type PassageRow struct {
	What, Verdict string
	Passes        bool
}

// NewPassage asks about nobody yet. The list says what its entries are called.
func NewPassage(guard Guard, worker Worker, words Words, list *Blacklist) *Passage {
	return &Passage{Changed: func() {}, guard: guard, worker: worker, words: words, list: list}
}

// Type asks about what is typed.
func (p *Passage) Type(text string) {
	p.Text = text
	p.Ask()
}

// Ask asks anew: the list may have changed.
func (p *Passage) Ask() {
	p.turn++
	turn, line := p.turn, strings.TrimSpace(p.Text)
	if line == "" {
		p.show(nil, "", "")
		return
	}
	var found phone.Passage
	p.worker.Do(func(ctx context.Context) (err error) {
		found, err = p.guard.WouldPass(ctx, line)
		return err
	}, func(err error) {
		switch {
		case turn != p.turn:
		case err != nil:
			p.show(nil, "", p.words.L(phone.Sentence(err)))
		default:
			p.show(p.rows(found), p.why(found), "")
		}
	})
}

func (p *Passage) show(rows []PassageRow, why, failed string) {
	p.Rows, p.Why, p.Failed = rows, why, failed
	p.Changed()
}

func (p *Passage) rows(found phone.Passage) []PassageRow {
	var rows []PassageRow
	for _, row := range []struct {
		what   string
		passes bool
	}{{"call", found.Call()}, {"voicemail", found.Voicemail()}, {"text", found.Text()}, {"trigger", found.Trigger()}} {
		rows = append(rows, PassageRow{p.words.L(wayWords[row.what]), p.words.L(passWords[row.passes]), row.passes})
	}
	return rows
}

// wayWords are the ways to get through, and passWords whether one does.
var (
	wayWords  = map[string]string{"call": "A call", "voicemail": "A voice message", "text": "A text", "trigger": "A text trigger"}
	passWords = map[bool]string{true: "gets through", false: "blocked"}
)

// why says what decides.
func (p *Passage) why(found phone.Passage) string {
	var said []string
	switch row := p.list.row(found.Entry); {
	case found.Entry.ID == "" && found.Verdict.Row == 0:
		said = append(said, p.words.L("No entry fits."))
	case found.Verdict.Mode == phone.LetThrough:
		said = append(said, p.words.L("Always let through: {{.Name}}.", map[string]any{"Name": title(row)}))
	default:
		said = append(said, p.words.L("Blocked by {{.Name}}, since {{.Since}}.", map[string]any{"Name": title(row), "Since": row.Since}))
	}
	if v := found.Verdict; v.Number != "" && v.Number != v.Received {
		said = append(said, p.words.L("It is read as {{.Number}}.", map[string]any{"Number": v.Number}))
	}
	if found.Emergency {
		said = append(said, p.words.L("A call to this number is never held up."))
	}
	if !found.Until.IsZero() {
		said = append(said, p.words.L("Nobody is blocked until {{.Time}}: an emergency number was called.", map[string]any{"Time": clock(found.Until)}))
	}
	return strings.Join(said, " ")
}

func title(row EntryRow) string {
	if row.Number == "" {
		return row.Title
	}
	return row.Title + ", " + row.Number
}
