package view

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// manyTexts is how many SMS a text may take before its length is warned of.
const manyTexts = 6

// Type takes what is being written; it is kept a second later at the latest.
func (o *OpenThread) Type(text string) {
	if text == o.Written {
		return
	}
	o.Written = text
	if !strings.HasPrefix(text, "/") {
		o.Choices = nil
	}
	o.measure()
	o.tells.letter(strings.TrimSpace(text) != "")
	o.note()
	o.of.Changed()
}

// measure counts what is written.
func (o *OpenThread) measure() {
	size := phone.SizeOf(o.Written)
	size.Segments = max(1, size.Segments) // as that of an empty one is shown
	count, wide := sizeWords(o.of.words, size)
	o.Count, o.Warn = count, size.Segments > manyTexts
	if wide != "" {
		o.Count += "  ·  " + wide
	}
}

// note keeps what is begun in a while.
func (o *OpenThread) note() {
	t := o.of
	_, waits := t.typed[o.Number]
	t.typed[o.Number] = o.Written
	if waits {
		return
	}
	t.worker.Do(func(ctx context.Context) error {
		t.Wait(ctx, notePause)
		return nil
	}, func(error) { o.keep() })
}

// keep keeps what is begun now.
func (o *OpenThread) keep() {
	t := o.of
	text, there := t.typed[o.Number]
	if !there {
		return
	}
	delete(t.typed, o.Number)
	if text == o.thread.Draft {
		return
	}
	o.thread.Draft = text
	t.inOrder.Do(func(ctx context.Context) error { return t.texter.SaveDraft(ctx, o.Number, text) }, t.after)
}

// Send sends what is written. The field is empty at once; what cannot be kept comes back into it.
func (o *OpenThread) Send() {
	t, text := o.of, strings.TrimSpace(o.Written)
	if text == "" {
		return
	}
	delete(t.typed, o.Number) // the phone removes the draft
	o.thread.Draft, o.Failed = "", ""
	o.put("")
	o.tells.end()
	if !o.bottom {
		o.toEnd()
	} else if !t.Scroll.AtEnd() {
		t.Scroll.Reset(-1, false)
	}
	var sent phone.Text
	request := phone.TextRequest{Number: o.Number, Body: text, Via: o.Via}
	t.inOrder.Do(func(ctx context.Context) (err error) {
		sent, err = t.texter.SendText(ctx, request)
		return err
	}, func(err error) {
		if err == nil {
			if t.Open == o {
				o.take(sent)
			}
			t.changed()
			return
		}
		if rest := o.Written; strings.TrimSpace(rest) != "" {
			text += "\n" + rest
		}
		o.put(text)
		o.note()
		o.fail(err)
	})
}

// put replaces what is written.
func (o *OpenThread) put(text string) {
	o.Written, o.Choices = text, nil
	o.measure()
	o.of.Changed()
}

// toEnd reads the end of the thread.
func (o *OpenThread) toEnd() {
	t := o.of
	var (
		items []phone.ThreadItem
		read  part
	)
	change := o.change
	t.worker.Do(func(ctx context.Context) (err error) {
		items, read, err = t.around(ctx, o.Number, 0)
		return err
	}, func(err error) {
		switch {
		case t.Open != o:
		case err != nil:
			o.fail(err)
		default:
			o.top, o.bottom, o.items = read.top, read.bottom, items
			o.Lines = o.written()
			t.Scroll.Reset(-1, false)
			if change != o.change { // something came while it was read
				o.again.do(o.reread)
			}
			o.look()
		}
	})
}

// End shows the end of the thread.
func (o *OpenThread) End() {
	if o.bottom {
		o.of.Scroll.Reset(-1, false)
		o.look()
		return
	}
	o.toEnd()
}

// Slash offers the templates that fit what follows a slash.
func (o *OpenThread) Slash(query string) {
	t := o.of
	var settings phone.TextSettings
	t.worker.Do(func(ctx context.Context) (err error) {
		settings, err = t.texter.TextSettings(ctx)
		return err
	}, func(err error) {
		if t.Open != o || o.Written != "/"+query {
			return
		}
		o.Choices = nil
		query := strings.ToLower(strings.TrimSpace(query))
		for _, c := range settings.Templates {
			if strings.Contains(strings.ToLower(c.Name+"\n"+c.Text), query) {
				o.Choices = append(o.Choices, phone.TextTemplate{Name: c.Name, Text: o.fill(c.Text)})
			}
		}
		slices.SortStableFunc(o.Choices, func(a, b phone.TextTemplate) int { return rank(a.Name, query) - rank(b.Name, query) })
		t.after(err)
		t.Changed()
	})
}

// rank is less for a name that begins with a text.
func rank(name, query string) int {
	if strings.HasPrefix(strings.ToLower(name), query) {
		return 0
	}
	return 1
}

// fill fills in whom a template is for. A name that is not known takes the comma and the blank before it along: what stands
// in braces must not be sent for want of a look.
func (o *OpenThread) fill(template string) string {
	name := strings.TrimSpace(o.Party.Name)
	first, _, _ := strings.Cut(name, " ")
	if name == "" {
		template = strings.NewReplacer(", {name}", "", ", {first_name}", "", " {name}", "", " {first_name}", "").Replace(template)
	}
	number := o.of.rows.numbers.Display(o.Number, o.of.rows.country(o.Via))
	return strings.TrimSpace(strings.NewReplacer("{name}", name, "{first_name}", first, "{number}", number).Replace(template))
}

// Choose puts a template in place of what is written.
func (o *OpenThread) Choose(i int) {
	if i >= 0 && i < len(o.Choices) {
		o.Type(o.Choices[i].Text)
	}
}

// SetVia says what texts go by.
func (o *OpenThread) SetVia(via string) {
	o.Via = via
	o.of.Changed()
}

const (
	// tellEvery is how often the other side is told that the agent still types, and idleAfter how long after the last
	// letter that the agent does no longer (RFC 3994, section 3.2).
	tellEvery = time.Minute
	idleAfter = 15 * time.Second
)

// composing tells the phone whether the agent types. For the goroutine of the screen.
type composing struct {
	of   *OpenThread
	on   bool
	told time.Time // when it was said last
	last time.Time // when a letter was typed
	turn int
}

// letter takes over that a letter was typed, and whether there is something to send.
func (c *composing) letter(something bool) {
	if !something {
		c.end()
		return
	}
	now := c.of.of.rows.now()
	c.turn++
	c.last = now
	if c.on && now.Sub(c.told) < tellEvery {
		return
	}
	waits := c.on
	c.on, c.told = true, now
	c.of.of.texter.Compose(c.of.Number, true)
	if !waits {
		c.wait(idleAfter)
	}
}

// wait ends it once nothing was typed for a while.
func (c *composing) wait(d time.Duration) {
	t, turn := c.of.of, c.turn
	t.worker.Do(func(ctx context.Context) error {
		t.Wait(ctx, d)
		return nil
	}, func(error) {
		left := idleAfter - t.rows.now().Sub(c.last)
		switch {
		case !c.on:
		case turn == c.turn || left <= 0:
			c.end()
		default:
			c.wait(left)
		}
	})
}

// end says that the agent types no longer.
func (c *composing) end() {
	c.turn++
	if c.on {
		c.on = false
		c.of.of.texter.Compose(c.of.Number, false)
	}
}
