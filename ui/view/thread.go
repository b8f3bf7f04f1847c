package view

import (
	"context"
	"slices"
	"strings"

	"github.com/callward/callward/phone"
)

const (
	// stretch is how much of a thread is read at once, and ahead how much before the place where it opens.
	stretch, ahead = 100, 50
	// longest is how much of it is kept in memory.
	longest = 400
)

// OpenThread is the thread that is open: a part of all that stands in it, and what is being written.
type OpenThread struct {
	// Number is the normal form, and names it; "" for senders who hide.
	Number string
	Party  Party
	// Contact is whom the number belongs to; "" for nobody.
	Contact phone.ContactID
	// Lines are what is shown; Loaded is false until they are read.
	Lines  []ThreadLine
	Loaded bool
	// Empty tells that nothing was written or happened yet.
	Empty bool
	// Fresh is how many texts came that are below what is in sight.
	Fresh int
	// Typing tells that the other one is typing.
	Typing bool
	// Blocked says what blocks the number; nil for nothing. Stopped tells that it has sent STOP.
	Blocked *Blacklisted
	Stopped bool
	// Via is what texts go by; "" where that is not said before the first one.
	Via string
	// Written is what is being written, Count how long that is, and Warn that it is much.
	Written string
	Count   string
	Warn    bool
	// Choices are the templates that are offered.
	Choices []phone.TextTemplate
	// Failed says what went wrong with the last thing that was asked; "" for nothing.
	Failed string

	of     *Texts
	thread phone.Thread
	items  []phone.ThreadItem
	top    bool // there is nothing before items
	bottom bool // nothing after them
	up     bool // more is being read at the top
	down   bool // or at the bottom
	change int  // counts changes of items that were not read from the disk
	early  []phone.Text
	unread int64
	marked int64
	words  []string
	seen   int64 // up to this Row it was said that the texts are seen
	links  map[phone.TextID][]Link
	again  again // reads it anew
	tells  composing
	focus  bool
}

// Pick opens a thread: at its first unread text, else at its end. The cursor is in its field.
func (t *Texts) Pick(number string) { t.open(number, 0, nil, "", true) }

// PickFound opens the thread of a text that was found, at that.
func (t *Texts) PickFound(f FoundText) { t.open(f.Number, f.Row, f.words, "", false) }

// open opens a thread at a text, where row is not 0, with some words marked. Via is used for a thread that has none; focus
// puts the cursor into the field.
func (t *Texts) open(number string, row int64, words []string, via string, focus bool) {
	t.leave()
	t.New = nil
	o := &OpenThread{Number: number, of: t, marked: row, words: words, Via: via, focus: focus, links: map[phone.TextID][]Link{}}
	o.again = again{worker: t.worker}
	o.tells = composing{of: o}
	t.opening = o // nothing shows that yet: to draw the window would take longer than to read
	var (
		thread phone.Thread
		items  []phone.ThreadItem
		read   part
	)
	t.worker.Do(func(ctx context.Context) (err error) {
		if thread, err = t.texter.Thread(ctx, number); err != nil {
			return err
		}
		at := row
		if at == 0 && thread.Unread > 0 {
			at = thread.FirstUnread
		}
		items, read, err = t.around(ctx, number, at)
		return err
	}, func(err error) {
		if t.opening != o {
			return
		}
		if err != nil {
			t.opening = t.Open
			t.after(err)
			return
		}
		o.begin(thread, items, read)
	})
}

// part says which ends of a thread some items have.
type part struct{ top, bottom bool }

// around reads what stands around a Row, or at the end where that is 0. It waits for the disk.
func (t *Texts) around(ctx context.Context, number string, row int64) ([]phone.ThreadItem, part, error) {
	q := phone.TimelineQuery{Number: number, Back: true, Limit: stretch}
	if row == 0 {
		items, err := t.texter.Timeline(ctx, q)
		return items, part{top: len(items) < stretch, bottom: true}, err
	}
	q.From, q.Limit = phone.Place{Row: row, Kind: phone.PlaceText}, ahead
	before, err := t.texter.Timeline(ctx, q)
	if err != nil {
		return nil, part{}, err
	}
	q.Back, q.Limit = false, stretch
	after, err := t.texter.Timeline(ctx, q)
	return slices.Concat(before, after), part{top: len(before) < ahead, bottom: len(after) < stretch}, err
}

// begin shows a thread that was read.
func (o *OpenThread) begin(thread phone.Thread, items []phone.ThreadItem, read part) {
	t := o.of
	o.top, o.bottom = read.top, read.bottom
	if thread.Unread > 0 {
		o.unread = thread.FirstUnread
	}
	o.Written = thread.Draft
	if draft, there := t.typed[o.Number]; there {
		o.Written = draft
	}
	o.know(thread)
	o.measure()
	o.Typing = t.typing[o.Number]
	first := t.Open == nil
	t.Open = o
	t.Scroll.Reset(-1, false)
	if first {
		t.Changed() // the lines are put into what has its size by then
	}
	o.items = items
	o.Lines = o.written()
	o.Loaded, o.Empty = true, len(items) == 0
	at := slices.IndexFunc(o.Lines, func(l ThreadLine) bool { return l.Kind == TextLine && l.place.Row == o.marked })
	top := false
	if o.marked == 0 {
		at, top = slices.IndexFunc(o.Lines, func(l ThreadLine) bool { return l.Kind == UnreadLine }), true
	}
	t.Scroll.Reset(at, top)
	for _, text := range o.early { // that came while it was read
		o.take(text)
	}
	o.early = nil
	o.look()
	t.Changed()
	if o.focus {
		t.Focus()
	}
}

// know takes over what is known of the thread.
func (o *OpenThread) know(thread phone.Thread) {
	t := o.of
	o.thread = thread
	o.Party, o.Contact, o.Stopped = t.party(thread), thread.Contact, !thread.Stopped.IsZero()
	o.Blocked = blacklisted(t.words, thread, o.Party, t.rows.now())
	if o.Via == "" || !slices.Contains(t.Ways, o.Via) {
		o.Via = thread.Via
	}
}

// Close shows no thread.
func (t *Texts) Close() {
	t.leave()
	t.Open, t.opening, t.New = nil, nil, nil
	t.Scroll.Reset(-1, false)
	t.Changed()
}

// leave keeps what was begun in the thread that is open.
func (t *Texts) leave() {
	if o := t.opening; o != nil {
		o.keep()
		o.tells.end()
	}
}

// ReachUp reads more of what is before the lines, and ReachDown of what is after them.
func (o *OpenThread) ReachUp() {
	if !o.Loaded || o.top || o.up || len(o.items) == 0 {
		return
	}
	o.up = true
	o.reach(phone.TimelineQuery{Number: o.Number, From: o.items[0].Place, Back: true, Limit: stretch})
}

// ReachDown reads more of what is after the lines.
func (o *OpenThread) ReachDown() {
	if !o.Loaded || o.bottom || o.down || len(o.items) == 0 {
		return
	}
	o.down = true
	o.reach(phone.TimelineQuery{Number: o.Number, From: after(o.items[len(o.items)-1].Place), Limit: stretch})
}

// after is the place behind another one.
func after(p phone.Place) phone.Place { return phone.Place{Row: p.Row, Kind: p.Kind + 1} }

// reach reads a part that follows the items, and lets go of the other end where they are many.
func (o *OpenThread) reach(q phone.TimelineQuery) {
	var more []phone.ThreadItem
	change, edges := o.change, o.edges()
	o.of.worker.Do(func(ctx context.Context) (err error) {
		more, err = o.of.texter.Timeline(ctx, q)
		return err
	}, func(err error) {
		if q.Back {
			o.up = false
		} else {
			o.down = false
		}
		switch {
		case o.of.Open != o:
		case err != nil:
			o.fail(err)
		case change != o.change && edges != o.edges(): // it follows something else by now
			o.of.Changed()
		case q.Back:
			o.top = len(more) < stretch
			o.setAll(slices.Concat(more, o.items), 0, longest)
		default:
			o.bottom = len(more) < stretch
			all := slices.Concat(o.items, more)
			o.setAll(all, max(0, len(all)-longest), len(all))
			o.look()
		}
	})
}

// edges are the places of the first and the last item.
func (o *OpenThread) edges() [2]phone.Place {
	if len(o.items) == 0 {
		return [2]phone.Place{}
	}
	return [2]phone.Place{o.items[0].Place, o.items[len(o.items)-1].Place}
}

// setAll shows some of the items, from up to to; what is left out is there to be reached again.
func (o *OpenThread) setAll(items []phone.ThreadItem, from, to int) {
	to = min(to, len(items))
	o.top = o.top && from == 0
	o.bottom = o.bottom && to == len(items)
	o.set(items[from:to])
}

func (o *OpenThread) fail(err error) {
	o.Failed = o.of.words.L(phone.Sentence(err))
	o.of.Changed()
}

// Account is what calls to the number go out by; "" where a gateway carries its texts.
func (o *OpenThread) Account() string {
	if strings.Contains(o.Via, "@") {
		return o.Via
	}
	return ""
}
