package booktest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// Chat keeps texts and what stands between them, and remembers what was asked. It belongs to the test's goroutine.
type Chat struct {
	// Lost is what every method fails with that can fail; nil for none.
	Lost error
	// Talk is what stands in the threads, in any order, and Letters are what else is known of them, by number: names, drafts, and
	// what blocks them.
	Talk    []phone.ThreadItem
	Letters map[string]phone.Thread
	// Said has what was asked, as "send +442079460018 Hello".
	Said []string
	// At is when a text is written that is sent.
	At time.Time

	torn []phone.ThreadItem
}

func (c *Chat) say(format string, what ...any) error {
	c.Said = append(c.Said, strings.TrimSpace(fmt.Sprintf(format, what...)))
	return c.Lost
}

// Of is a text that stands in a thread.
func Of(t phone.Text) phone.ThreadItem {
	t.Row = cmp.Or(t.Row, t.Time.UnixMilli())
	return phone.ThreadItem{Place: phone.Place{Row: t.Row, Kind: phone.PlaceText}, Text: &t}
}

// SendText adds a text that waits, unless the number is nobody's.
func (c *Chat) SendText(_ context.Context, r phone.TextRequest) (phone.Text, error) {
	if err := c.say("send %s %s %s", r.Number, r.Body, r.Via); err != nil {
		return phone.Text{}, err
	}
	t := phone.Text{
		ID: phone.TextID(fmt.Sprintf("sent-%d", len(c.Said))), Direction: phone.Out, Number: r.Number, Via: r.Via, Body: r.Body, Time: c.At,
		State: phone.TextWaiting, Row: c.At.UnixMilli() + int64(len(c.Said)),
	}
	c.Talk = append(c.Talk, Of(t))
	one := c.Letters[r.Number]
	one.Draft = ""
	c.keep(r.Number, one)
	return t, nil
}

func (c *Chat) keep(number string, t phone.Thread) {
	if c.Letters == nil {
		c.Letters = map[string]phone.Thread{}
	}
	c.Letters[number] = t
}

// RetryText is remembered.
func (c *Chat) RetryText(_ context.Context, id phone.TextID) error { return c.say("retry %s", id) }

// Threads finds by name and number, the newest first.
func (c *Chat) Threads(_ context.Context, q phone.ThreadQuery) ([]phone.Thread, int, error) {
	numbers := map[string]bool{}
	for _, item := range c.Talk {
		if item.Text != nil {
			numbers[item.Text.Number] = true
		}
	}
	for number, t := range c.Letters {
		numbers[number] = numbers[number] || t.Draft != ""
	}
	var found []phone.Thread
	for number, some := range numbers {
		if t := c.thread(number); some && strings.Contains(strings.ToLower(t.Name+"\n"+t.Number), strings.ToLower(q.Search)) && (!q.Unread || t.Unread > 0) {
			found = append(found, t)
		}
	}
	slices.SortFunc(found, func(a, b phone.Thread) int {
		return cmp.Or(cmp.Compare(b.Last.Row, a.Last.Row), cmp.Compare(a.Number, b.Number))
	})
	return part(found, q.Offset, q.Limit), len(found), c.Lost
}

func (c *Chat) thread(number string) phone.Thread {
	t := c.Letters[number]
	t.Number, t.Last, t.Unread, t.FirstUnread = number, phone.Text{}, 0, 0
	for _, item := range c.of(number) {
		if item.Text == nil {
			continue
		}
		t.Last = *item.Text
		t.Via = cmp.Or(t.Last.Via, t.Via)
		if item.Text.Direction == phone.In && !item.Text.Seen {
			t.Unread++
			t.FirstUnread = cmp.Or(t.FirstUnread, item.Row)
		}
	}
	return t
}

// of is what stands in a thread, in order.
func (c *Chat) of(number string) []phone.ThreadItem {
	var list []phone.ThreadItem
	for _, item := range c.Talk {
		if item.Text != nil && item.Text.Number == number || item.Call != nil && item.Call.Number == number || item.Voicemail != nil && item.Voicemail.Number == number {
			list = append(list, item)
		}
	}
	slices.SortFunc(list, func(a, b phone.ThreadItem) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Kind, b.Kind)) })
	return list
}

// Thread returns one.
func (c *Chat) Thread(_ context.Context, number string) (phone.Thread, error) {
	return c.thread(number), c.Lost
}

// ThreadOf goes by the normal form of the book; names are no numbers.
func (c *Chat) ThreadOf(_ context.Context, typed, _ string) (phone.Thread, error) {
	number, err := listed(typed)
	if err != nil {
		return phone.Thread{}, &phone.Error{Code: phone.CodeInvalid, Op: "text", Field: "number", Err: err}
	}
	return c.thread(number), c.Lost
}

// Timeline returns a part of a thread.
func (c *Chat) Timeline(_ context.Context, q phone.TimelineQuery) ([]phone.ThreadItem, error) {
	var found []phone.ThreadItem
	for _, item := range c.of(q.Number) {
		if q.From == (phone.Place{}) || item.Place.Before(q.From) == q.Back {
			found = append(found, item)
		}
	}
	_ = c.say("timeline")
	if q.Back {
		return slices.Clone(found[max(0, len(found)-q.Limit):]), c.Lost
	}
	return slices.Clone(found[:min(q.Limit, len(found))]), c.Lost
}

// SearchTexts finds a word anywhere, the newest first.
func (c *Chat) SearchTexts(_ context.Context, q phone.TextSearch) ([]phone.TextFound, error) {
	var found []phone.TextFound
	for _, item := range c.Talk {
		if item.Text == nil || q.Before > 0 && item.Row >= q.Before {
			continue
		}
		if at := strings.Index(strings.ToLower(item.Text.Body), strings.ToLower(q.Text)); at >= 0 {
			found = append(found, phone.TextFound{
				Text: *item.Text, Name: c.Letters[item.Text.Number].Name, Snippet: item.Text.Body, Marks: [][2]int{{at, at + len(q.Text)}},
			})
		}
	}
	slices.SortFunc(found, func(a, b phone.TextFound) int { return cmp.Compare(b.Text.Row, a.Text.Row) })
	return found[:min(q.Limit, len(found))], c.Lost
}

// SeeTexts marks the texts of a thread.
func (c *Chat) SeeTexts(_ context.Context, number string, to int64) error {
	for i, item := range c.Talk {
		if t := item.Text; t != nil && t.Number == number && item.Row <= to && t.Direction == phone.In {
			seen := *t
			seen.Seen = true
			c.Talk[i].Text = &seen
		}
	}
	return c.say("see %s", number)
}

// UnseenTexts counts those that came and were not seen.
func (c *Chat) UnseenTexts(context.Context) (int, error) {
	n := 0
	for _, item := range c.Talk {
		if item.Text != nil && item.Text.Direction == phone.In && !item.Text.Seen {
			n++
		}
	}
	return n, c.Lost
}

// SaveDraft keeps a draft.
func (c *Chat) SaveDraft(_ context.Context, number, text string) error {
	if c.Lost == nil {
		t := c.Letters[number]
		t.Draft = text
		c.keep(number, t)
	}
	return c.say("draft %s %s", number, text)
}

// DeleteTexts deletes some.
func (c *Chat) DeleteTexts(_ context.Context, ids ...phone.TextID) error {
	c.Talk, c.torn = move(c.Talk, c.torn, func(i phone.ThreadItem) bool { return i.Text != nil && slices.Contains(ids, i.Text.ID) })
	return c.say("delete %v", ids)
}

// RestoreTexts brings some back.
func (c *Chat) RestoreTexts(_ context.Context, ids ...phone.TextID) error {
	c.torn, c.Talk = move(c.torn, c.Talk, func(i phone.ThreadItem) bool { return i.Text != nil && slices.Contains(ids, i.Text.ID) })
	return c.say("restore %v", ids)
}

// DeleteThread deletes all texts of a thread.
func (c *Chat) DeleteThread(_ context.Context, number string) (time.Time, error) {
	c.Talk, c.torn = move(c.Talk, c.torn, func(i phone.ThreadItem) bool { return i.Text != nil && i.Text.Number == number })
	return c.At, c.say("delete thread %s", number)
}

// RestoreThread brings them back.
func (c *Chat) RestoreThread(_ context.Context, number string, _ time.Time) error {
	c.torn, c.Talk = move(c.torn, c.Talk, func(i phone.ThreadItem) bool { return i.Text != nil && i.Text.Number == number })
	return c.say("restore thread %s", number)
}

// Compose is remembered.
func (c *Chat) Compose(number string, typing bool) { _ = c.say("compose %s %t", number, typing) }
