package view

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// take takes over a text of this thread that came or was written, or whose state has changed. Nothing is read for it.
func (o *OpenThread) take(text phone.Text) {
	if !o.Loaded {
		o.early = append(o.early, text)
		return
	}
	o.change++
	item := phone.ThreadItem{Place: phone.Place{Row: text.Row, Kind: phone.PlaceText}, Text: &text}
	at, known := slices.BinarySearchFunc(o.items, item, byPlace)
	switch {
	case known:
		items := slices.Clone(o.items)
		items[at] = item
		o.set(items)
		return
	case at == len(o.items) && o.bottom || at > 0 && at < len(o.items):
		o.set(slices.Insert(slices.Clone(o.items), at, item))
	}
	if text.Direction == phone.In && !text.Seen {
		o.Fresh++
		o.look()
	}
	o.of.Changed()
}

func byPlace(a, b phone.ThreadItem) int {
	switch {
	case a.Place.Before(b.Place):
		return -1
	case b.Place.Before(a.Place):
		return 1
	}
	return 0
}

// written are the lines of the items.
func (o *OpenThread) written() []ThreadLine {
	w := threadLines{words: o.of.words, now: o.of.rows.now(), unread: o.unread, marked: o.marked, found: o.words, links: o.links}
	return w.lines(o.items)
}

// set replaces the items, and tells what shows them no more than what has changed.
func (o *OpenThread) set(items []phone.ThreadItem) {
	before := o.Lines
	o.items = items
	o.Empty = len(items) == 0
	now := o.written()
	from, to, long := overlap(before, now)
	cut, grown := len(before)-from-long, len(now)-to-long
	if long == 0 || cut > 0 && (grown > 0 || o.of.Scroll.AtEnd()) {
		o.replace(now)
		return
	}
	scroll := o.of.Scroll
	o.Lines = before[from : from+long]
	if from > 0 || cut > 0 {
		scroll.Trimmed(from, cut)
	}
	o.Lines = now[:to+long]
	if to > 0 {
		scroll.Prepended(to)
	}
	for i := range long {
		if !before[from+i].equal(now[to+i]) {
			scroll.RowChanged(to + i)
		}
	}
	o.Lines = now
	if grown > 0 {
		scroll.Appended(grown)
	}
}

// replace shows other lines, with the same one at the upper edge.
func (o *OpenThread) replace(lines []ThreadLine) {
	at := -1
	if first := o.of.Scroll.First(); !o.of.Scroll.AtEnd() && first >= 0 && first < len(o.Lines) {
		place := o.Lines[first].place
		at = slices.IndexFunc(lines, func(l ThreadLine) bool { return !l.place.Before(place) })
	}
	o.Lines = lines
	o.of.Scroll.Reset(at, true)
}

// overlap is where the longest run of the same lines begins in two lists, and how long it is.
func overlap(a, b []ThreadLine) (from, to, long int) {
	type name struct {
		kind  LineKind
		place phone.Place
	}
	where := make(map[name]int, len(b))
	key := func(l ThreadLine) name { return name{l.Kind, l.place} }
	for i, l := range b {
		where[key(l)] = i
	}
	for i := 0; i < len(a); {
		j, there := where[key(a[i])]
		if !there {
			i++
			continue
		}
		n := 0
		for i+n < len(a) && j+n < len(b) && a[i+n].same(b[j+n]) {
			n++
		}
		if n > long {
			from, to, long = i, j, n
		}
		i += n
	}
	return from, to, long
}

// reread reads anew what is shown: something was changed elsewhere, or what has changed is not a text.
func (o *OpenThread) reread() (work func(ctx context.Context) error, done func(error)) {
	var (
		thread phone.Thread
		items  []phone.ThreadItem
	)
	change := o.change
	q := phone.TimelineQuery{Number: o.Number, Limit: len(o.items) + stretch}
	if !o.top && len(o.items) > 0 {
		q.From = o.items[0].Place
	}
	return func(ctx context.Context) (err error) {
			if thread, err = o.of.texter.Thread(ctx, o.Number); err != nil {
				return err
			}
			items, err = o.of.texter.Timeline(ctx, q)
			return err
		}, func(err error) {
			switch {
			case o.of.Open != o:
			case err != nil:
				o.fail(err)
			case change != o.change: // what was read is older than what is shown
				o.again.more = true
			default:
				o.know(thread)
				o.reset(items, q.Limit)
				o.look()
				o.of.Changed()
			}
		}
}

// reset shows what was read anew, limit items at most.
func (o *OpenThread) reset(items []phone.ThreadItem, limit int) {
	if last := o.edges()[1]; !o.bottom && len(o.items) > 0 {
		items = slices.DeleteFunc(items, func(item phone.ThreadItem) bool { return last.Before(item.Place) })
	} else {
		o.bottom = len(items) < limit
	}
	o.set(items)
}

// look marks what came as seen, where the end is in sight and somebody looks.
func (o *OpenThread) look() {
	t := o.of
	if !o.Loaded || t.Open != o || !o.bottom || !t.looked() || !t.Scroll.AtEnd() {
		return
	}
	newest := o.seen
	for _, item := range o.items {
		if item.Text != nil && item.Text.Direction == phone.In && !item.Text.Seen {
			newest = max(newest, item.Row)
		}
	}
	if o.Fresh > 0 {
		o.Fresh = 0
		t.Changed()
	}
	if newest == o.seen {
		return
	}
	o.seen = newest
	t.inOrder.Do(func(ctx context.Context) error { return t.texter.SeeTexts(ctx, o.Number, newest) }, func(err error) {
		if err != nil {
			o.seen = 0
			o.fail(err)
		}
	})
}

// Look takes over that the end has come into sight.
func (o *OpenThread) Look() { o.look() }
