package view

import (
	"context"
	"strings"

	"github.com/callward/callward/phone"
)

// typedMost is how much of a text is taken, in bytes: no number or address is longer.
const typedMost = 1000

// matches is how many calls are offered while a number is typed.
const matches = 6

// Match is somebody whom the agent may mean.
type Match struct {
	Party Party
	// Dial is what to dial.
	Dial string
}

// Dial is the field *Name or number*, and what it offers while the agent types.
type Dial struct {
	// Text is what is typed.
	Text string
	// Matches are offered; Chosen is the place of the one that Enter dials, -1 for the text itself.
	Matches []Match
	Chosen  int
	// Changed is called when any of this has changed.
	Changed func()
	// Placed is called once a call is under way, be it this one or another.
	Placed func()

	history History
	book    ContactKeeper
	worker  Worker
	words   Words
	numbers Numbers
	country func(address string) string
	turn    int
}

// NewDial is an empty field.
func NewDial(history History, book ContactKeeper, worker Worker, words Words, numbers Numbers, country func(string) string) *Dial {
	return &Dial{Chosen: -1, Changed: func() {}, Placed: func() {}, history: history, book: book, worker: worker, words: words, numbers: numbers, country: country}
}

// Type replaces the text.
func (d *Dial) Type(text string) {
	if len(text) > typedMost {
		text = strings.ToValidUTF8(text[:typedMost], "")
	}
	if text == d.Text {
		return
	}
	d.turn++
	d.Text, d.Chosen = text, -1
	if strings.TrimSpace(text) == "" {
		d.Matches = nil
		d.Changed()
		return
	}
	d.Changed()
	d.search(d.turn, text)
}

// search offers contacts, and those who were called, or called, before.
func (d *Dial) search(turn int, text string) {
	var (
		records  []phone.CallRecord
		contacts []phone.Contact
	)
	d.worker.Do(func(ctx context.Context) error {
		var err error
		if contacts, _, err = d.book.Contacts(ctx, phone.ContactQuery{Search: text, Limit: matches}); err != nil {
			return err
		}
		keys, err := d.history.CallKeys(ctx, phone.CallQuery{Search: text, Limit: 8 * matches})
		if err != nil {
			return err
		}
		rows := make([]int64, len(keys))
		for i, key := range keys {
			rows[i] = key.Row
		}
		records, err = d.history.CallRows(ctx, rows)
		return err
	}, func(err error) {
		if turn != d.turn || err != nil { // offers are a help: the text can be dialled without them
			return
		}
		d.Matches = d.offers(text, contacts, records)
		d.Changed()
	})
}

// offers are the numbers of contacts, and the people of some calls, each number once.
func (d *Dial) offers(text string, contacts []phone.Contact, records []phone.CallRecord) []Match {
	var list []Match
	seen := map[string]bool{}
	for _, c := range contacts {
		for _, n := range numbersFor(c, text) {
			if n.Number == "" || seen[n.Number] || len(list) == matches {
				continue
			}
			seen[n.Number] = true
			name := phone.ContactName{Name: c.Name, Company: c.Company}.Title()
			list = append(list, Match{party(d.words, d.numbers, name, n.Number, d.country("")), n.Number})
		}
	}
	for _, rec := range records {
		dial := rec.Number
		if rec.Dialled != "" {
			dial = rec.Dialled
		}
		if dial == "" || seen[rec.Number] || len(list) == matches {
			continue
		}
		seen[rec.Number] = true
		list = append(list, Match{party(d.words, d.numbers, rec.Name, rec.Number, d.country(rec.Account)), dial})
	}
	return list
}

// Move chooses the match before (-1) or after (1) the one that is chosen.
func (d *Dial) Move(by int) {
	if next := d.Chosen + by; next >= -1 && next < len(d.Matches) {
		d.Chosen = next
		d.Changed()
	}
}

// Number is what Enter dials; "" where nothing is typed.
func (d *Dial) Number() string {
	if d.Chosen >= 0 && d.Chosen < len(d.Matches) {
		return d.Matches[d.Chosen].Dial
	}
	return strings.TrimSpace(d.Text)
}

// Clear empties the field.
func (d *Dial) Clear() { d.Type("") }

// numbersFor are the numbers of a contact that a text is meant for: those that have its digits, or all where it is a name.
func numbersFor(c phone.Contact, text string) []phone.ContactNumber {
	digits := strings.TrimLeft(onlyDigits(text), "0")
	if len(digits) < 3 {
		return c.Numbers
	}
	var fit []phone.ContactNumber
	for _, n := range c.Numbers {
		if strings.Contains(n.Number, digits) {
			fit = append(fit, n)
		}
	}
	if len(fit) == 0 {
		return c.Numbers
	}
	return fit
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}
