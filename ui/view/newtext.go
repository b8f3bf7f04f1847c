package view

import (
	"context"
	"strings"

	"github.com/callward/callward/phone"
)

// NewText is a text that is begun: whom it is for is still to be said.
type NewText struct {
	// To is the field, and what it offers.
	To *Dial
	// Blocked says what blocks the number that is typed; nil for nothing.
	Blocked *Blacklisted
	// Failed says why no text can be sent to what is typed; "" for nothing.
	Failed string

	of   *Texts
	turn int
}

// Begin begins a new text.
func (t *Texts) Begin() {
	t.leave()
	t.Open, t.opening = nil, nil
	t.New = &NewText{To: t.dial(), of: t}
	t.Scroll.Reset(-1, false)
	t.Changed()
}

// Type takes what is typed.
func (n *NewText) Type(text string) {
	n.Failed = ""
	n.To.Type(text)
	n.recognise()
}

// recognise says what blocks what is typed.
func (n *NewText) recognise() {
	n.turn++
	turn, t := n.turn, n.of
	typed := strings.TrimSpace(n.To.Text)
	if typed == "" {
		n.Blocked = nil
		t.Changed()
		return
	}
	var thread phone.Thread
	t.worker.Do(func(ctx context.Context) (err error) {
		thread, err = t.texter.ThreadOf(ctx, typed, "")
		return err
	}, func(err error) {
		if turn != n.turn || t.New != n {
			return
		}
		n.Blocked = nil
		if err == nil { // what is not a number yet needs no words
			n.Blocked = blacklisted(t.words, thread, t.party(thread), t.rows.now())
		}
		t.Changed()
	})
}

// Choose opens the thread of a match, by its place.
func (n *NewText) Choose(i int) {
	n.To.Move(i - n.To.Chosen)
	n.Go()
}

// Go opens the thread of what is chosen, else of what is typed, with the cursor in its field.
func (n *NewText) Go() {
	t, number := n.of, n.To.Number()
	if number == "" {
		return
	}
	t.write(number, "", func(err error) {
		if t.New == n {
			n.Failed = t.words.L(phone.Sentence(err))
			t.Changed()
		}
	})
}

// write opens the thread of a number as typed, of an account where that is not empty, with the cursor in its field.
func (t *Texts) write(number, account string, failed func(error)) {
	var thread phone.Thread
	before, begun := t.opening, t.New
	t.worker.Do(func(ctx context.Context) (err error) {
		thread, err = t.texter.ThreadOf(ctx, number, account)
		return err
	}, func(err error) {
		switch {
		case t.opening != before || t.New != begun: // something else was opened meanwhile
		case err != nil:
			failed(err)
		default:
			via := account
			if strings.HasPrefix(thread.Number, "+") { // any way leads to a telephone number: the usual one is meant
				via = ""
			}
			t.open(thread.Number, 0, nil, via, true)
		}
	})
}
