package view

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// foundAtOnce is how many texts a search reads at once.
const foundAtOnce = 50

// ThreadRow is a thread as its row shows it.
type ThreadRow struct {
	// Number is the normal form, and names the thread.
	Number string
	Party  Party
	// Text is what was begun, or the first line of the newest text; Draft tells which.
	Text  string
	Draft bool
	// When is the time of the newest text, or its day where that is not today.
	When   string
	Unread int
	// Blocked is set while the list blocks the number, and Failed where the newest text could not be sent.
	Blocked, Failed bool
}

// FoundText is a text that was found.
type FoundText struct {
	// Number names its thread, and Row its place there.
	Number string
	Row    int64
	Title  string
	// Snippet is the part around what was found, in one line, and Marks where that stands in it, in bytes.
	Snippet string
	Marks   [][2]int
	When    string
	// words are what was found, as the text has it.
	words []string
}

// Texts is the page of the texts: the threads, what a search finds in them, and the thread that is open, or a new one.
type Texts struct {
	*Parts[phone.Thread, ThreadRow]
	// Open is the thread that is open; nil for none. New is the one that is begun; nil for none.
	Open *OpenThread
	New  *NewText
	// Found are the texts that the search finds, newest first, as many as were read.
	Found []FoundText
	// Unseen is how many texts nobody has seen.
	Unseen int
	// Done says what was done, which Undo undoes where Undoes is set; "" for nothing. Failed says what went wrong.
	Done, Failed string
	Undoes       bool
	// Ways are what a text can go by: the addresses of the accounts and the names of the gateways.
	Ways []string
	// Recent are the emoji that were used of late, the last first.
	Recent []string
	// Scroll shows the lines of the thread that is open; the page sets it. Focus puts the cursor into the field of that thread.
	Scroll Scroller
	Focus  func()
	// Wait waits that long, or until ctx ends. Tests have it return at once.
	Wait func(ctx context.Context, d time.Duration)

	search  string
	texter  TextKeeper
	guard   Guard
	book    ContactKeeper
	likes   PreferenceKeeper
	worker  Worker
	inOrder *lane // for what is kept and sent
	words   Words
	rows    voicemailRows
	shown   func() bool // the page is shown
	looked  func() bool // and somebody looks at it
	dial    func() *Dial
	typing  map[string]bool   // who is typing now, by number
	typed   map[string]string // what is begun, and is not kept yet, by number
	opening *OpenThread       // that is being read, or open
	finding int               // counts the searches
	more    bool              // there is more to find
	counts  again             // reads Unseen
	undo    func(ctx context.Context) error
}

func newTexts(p Phone, worker Worker, words Words, rows voicemailRows, shown, looked func() bool, dial func() *Dial) *Texts {
	t := &Texts{
		Scroll: still{}, Focus: func() {}, Wait: wait, texter: p, guard: p, book: p, likes: p, worker: worker, inOrder: &lane{worker: worker},
		words: words, rows: rows, shown: shown, looked: looked, dial: dial, typing: map[string]bool{}, typed: map[string]string{},
	}
	t.Parts = newParts(worker, words, t.part, t.row)
	t.counts = again{worker: worker}
	return t
}

// wait waits by the clock.
func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

func (t *Texts) part(offset, limit int) func(context.Context) ([]phone.Thread, int, error) {
	q := phone.ThreadQuery{Search: t.search, Offset: offset, Limit: limit}
	return func(ctx context.Context) ([]phone.Thread, int, error) { return t.texter.Threads(ctx, q) }
}

func (t *Texts) row(one phone.Thread) ThreadRow {
	row := ThreadRow{Number: one.Number, Party: t.party(one), Unread: one.Unread, Blocked: one.Entry.Mode.Blocks()}
	if one.Last.ID != "" {
		row.When = t.when(one.Last.Time)
		row.Text = t.firstLine(one.Last)
		row.Failed = one.Last.State == phone.TextFailed
	}
	if draft := oneLine(one.Draft); draft != "" {
		row.Text, row.Draft = t.words.L("Draft: {{.Text}}", map[string]any{"Text": draft}), true
	}
	return row
}

func (t *Texts) party(one phone.Thread) Party {
	return party(t.words, t.rows.numbers, one.Name, one.Number, t.rows.country(one.Via))
}

// when is the time of a moment, or its day where that is not today.
func (t *Texts) when(at time.Time) string {
	if day(at).Equal(day(t.rows.now())) {
		return clock(at)
	}
	return dayTitle(t.words, at, t.rows.now())
}

// firstLine is what a list shows of a text.
func (t *Texts) firstLine(text phone.Text) string {
	line := oneLine(text.Body)
	if text.Type != "" {
		line = t.words.L("Not a text ({{.Type}})", map[string]any{"Type": text.Type})
	}
	if text.Direction == phone.Out {
		return t.words.L("You: {{.Text}}", map[string]any{"Text": line})
	}
	return line
}

// oneLine is the first line of a text that has something in it.
func oneLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(line)
}

// Search is what is searched for.
func (t *Texts) Search() string { return t.search }

// Find shows the threads that fit a text, and the texts that have its words.
func (t *Texts) Find(text string) {
	t.search = text
	t.finding++
	if strings.TrimSpace(text) == "" {
		t.Found, t.more = nil, false
		t.Read()
		t.Changed()
		return
	}
	t.Read()
	t.find(0)
}

// FindMore reads on what the search finds; it is needed once the last of Found comes into sight.
func (t *Texts) FindMore() {
	if t.more && len(t.Found) > 0 {
		t.more = false
		t.find(t.Found[len(t.Found)-1].Row)
	}
}

// find reads texts that are found; those before a Row follow what there is.
func (t *Texts) find(before int64) {
	turn := t.finding
	var list []phone.TextFound
	q := phone.TextSearch{Text: t.search, Before: before, Limit: foundAtOnce}
	t.worker.Do(func(ctx context.Context) (err error) {
		list, err = t.texter.SearchTexts(ctx, q)
		return err
	}, func(err error) {
		if turn != t.finding {
			return
		}
		if before == 0 {
			t.Found = nil
		}
		for _, f := range list {
			t.Found = append(t.Found, t.found(f))
		}
		t.more = len(list) == foundAtOnce
		t.after(err)
		t.Changed()
	})
}

func (t *Texts) found(f phone.TextFound) FoundText {
	one := FoundText{
		Number: f.Text.Number, Row: f.Text.Row, When: t.when(f.Text.Time), Marks: f.Marks,
		Title:   party(t.words, t.rows.numbers, f.Name, f.Text.Number, t.rows.country(f.Text.Via)).Title,
		Snippet: strings.Map(flat, f.Snippet),
	}
	one.lead()
	for _, m := range f.Marks {
		if 0 <= m[0] && m[0] < m[1] && m[1] <= len(f.Snippet) && !slices.Contains(one.words, f.Snippet[m[0]:m[1]]) {
			one.words = append(one.words, f.Snippet[m[0]:m[1]])
		}
	}
	return one
}

// leadMost is how many bytes of a snippet stand before what was found, about: a row has little room.
const leadMost = 14

// lead leaves out words at the beginning, so that what was found is seen.
func (f *FoundText) lead() {
	if len(f.Marks) == 0 || f.Marks[0][0] <= 2*leadMost || f.Marks[0][0] > len(f.Snippet) {
		return
	}
	cut := strings.LastIndexByte(f.Snippet[:f.Marks[0][0]-leadMost], ' ') + 1
	if cut == 0 {
		return
	}
	const dots = "… "
	f.Snippet = dots + f.Snippet[cut:]
	marks := make([][2]int, len(f.Marks))
	for i, m := range f.Marks {
		marks[i] = [2]int{m[0] - cut + len(dots), m[1] - cut + len(dots)}
	}
	f.Marks = marks
}

// flat has a text stand in one line.
func flat(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' {
		return ' '
	}
	return r
}

// Start counts what nobody has seen, and reads what is liked.
func (t *Texts) Start() {
	t.count()
	var recent string
	t.worker.Do(func(ctx context.Context) (err error) {
		recent, err = t.likes.Setting(ctx, emojiKey)
		return err
	}, func(err error) {
		if err == nil && recent != "" { // a disk that fails is told of by the list
			t.Recent = strings.Fields(recent)
			t.Changed()
		}
	})
}

// emojiKey is where the emoji that were used of late are kept.
const emojiKey = "ui.texts.emoji"

// Use keeps the emoji that were used of late.
func (t *Texts) Use(recent []string) {
	t.Recent = recent
	t.inOrder.Do(func(ctx context.Context) error { return t.likes.SetSetting(ctx, emojiKey, strings.Join(recent, " ")) }, func(error) {})
}

// Show takes over who is typing, and what texts can go by.
func (t *Texts) Show(s phone.Snapshot) {
	t.Ways = t.Ways[:0]
	for _, a := range s.Accounts {
		t.Ways = append(t.Ways, a.Account.Address)
	}
	for _, g := range s.Gateways {
		t.Ways = append(t.Ways, g.Name)
	}
	clear(t.typing)
	for _, c := range s.Composing {
		t.typing[c.Number] = true
	}
	if o := t.Open; o != nil && o.Typing != t.typing[o.Number] {
		o.Typing = !o.Typing
		t.Changed()
	}
}

// Texted takes over a text that came or was written, or whose state has changed.
func (t *Texts) Texted(text phone.Text) {
	if o := t.opening; o != nil && o.Number == text.Number {
		o.take(text)
	}
	t.changed()
}

// changed reads anew what the list shows, once for as many changes as come meanwhile.
func (t *Texts) changed() {
	t.count()
	if t.shown() {
		t.Reread()
	}
}

// Refresh reads anew all that is shown.
func (t *Texts) Refresh() {
	if !t.shown() {
		return
	}
	t.Reread()
	if t.opening != nil {
		t.opening.again.do(t.opening.reread)
	}
	if t.New != nil {
		t.New.recognise()
	}
}

// Turn shows the days as they are called now.
func (t *Texts) Turn() {
	if t.shown() {
		t.Reread()
	}
	if t.Open != nil {
		t.Open.set(t.Open.items)
	}
}

// Look takes over that somebody looks at the page.
func (t *Texts) Look() {
	if t.Open != nil {
		t.Open.look()
	}
}

// count counts the texts that nobody has seen.
func (t *Texts) count() {
	t.counts.do(func() (func(ctx context.Context) error, func(error)) {
		var unseen int
		return func(ctx context.Context) (err error) {
				unseen, err = t.texter.UnseenTexts(ctx)
				return err
			}, func(err error) {
				if err == nil && unseen != t.Unseen { // a disk that fails is told of by the list
					t.Unseen = unseen
					t.Changed()
				}
			}
	})
}

// after shows what came of something.
func (t *Texts) after(err error) {
	if text := t.words.L(phone.Sentence(err)); text != t.Failed {
		t.Failed = text
		t.Changed()
	}
}
