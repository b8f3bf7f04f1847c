package view

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

const (
	// endedFor is how long the card of a call that is over stays, unless endedMost newer ones have ended since.
	endedFor  = 12 * time.Second
	endedMost = 3
)

// Card is one call as its card shows it.
type Card struct {
	ID    phone.CallID
	Party Party
	// Number is the other side's normal form; "" for a hidden caller.
	Number string
	// Account is the address that it runs on, and Called the number that was called.
	Account, Called string
	// State says in words how the call stands, or how it ended.
	State string
	// Timer is how long it lasts; "" before the answer.
	Timer string
	// Ended is set once it is over, Failed where something went wrong, and
	// Details is the answer of the network, for who wants to know.
	Ended, Failed bool
	Details       string
	// Again is what to dial to call again; "" where that is not known.
	Again string
	// Muted and Held are as they are; Digits is what was sent.
	Muted, Held bool
	Digits      string
	// Talks is set while there is sound to mute and digits can be sent.
	Talks bool
	// Quality is 0 (unknown) to 3 (good), and Figures says loss, jitter and round trip.
	Quality int
	Figures string
}

// Cards shows the calls that are up, and for a while those that are over. A call
// that rings here has no card: Ringing shows it.
type Cards struct {
	// List is oldest first.
	List []Card
	// Notice says what went wrong with the last thing that was asked; "" where
	// nothing did.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	caller  Caller
	worker  Worker
	inOrder *lane // for what is asked of a call that is up
	words   Words
	numbers Numbers

	live   []phone.Call
	over   []ended
	digits map[phone.CallID]string
	// dialled is what was typed for a call, since its number is a normal form.
	dialled map[phone.CallID]string
	country func(address string) string
}

// ended is a call that is over.
type ended struct {
	call  phone.Call
	until time.Time
}

// NewCards shows no calls yet. country returns the country of the account of an address.
func NewCards(caller Caller, worker Worker, words Words, numbers Numbers, country func(address string) string) *Cards {
	return &Cards{
		Changed: func() {}, caller: caller, worker: worker, inOrder: &lane{worker: worker}, words: words, numbers: numbers, country: country,
		digits: map[phone.CallID]string{}, dialled: map[phone.CallID]string{},
	}
}

// Show takes over what is alive now.
func (c *Cards) Show(s phone.Snapshot, now time.Time) {
	c.live = slices.DeleteFunc(slices.Clone(s.Calls), rings)
	c.draw(now)
}

// Happened takes over the end of a call.
func (c *Cards) Happened(e phone.Event) {
	if e.Kind != phone.EventCallEnded {
		return
	}
	ending := *e.Call
	if ending.Direction == phone.In && ending.Answered.IsZero() {
		return // it never had a card; history tells of it
	}
	c.over = append(slices.DeleteFunc(c.over, func(o ended) bool { return o.call.ID == ending.ID }), ended{ending, ending.Ended.Add(endedFor)})
	c.over = c.over[max(0, len(c.over)-endedMost):]
	c.draw(e.Time)
}

// Tick moves the timers on, and puts away the cards of calls that are over. It
// is needed once a second while Busy.
func (c *Cards) Tick(s phone.Snapshot, now time.Time) { c.Show(s, now) }

// Busy tells whether there is any card.
func (c *Cards) Busy() bool { return len(c.List) > 0 }

// Up tells whether a call is alive that has a card.
func (c *Cards) Up() bool { return len(c.live) > 0 }

func (c *Cards) draw(now time.Time) {
	c.over = slices.DeleteFunc(c.over, func(o ended) bool { return !now.Before(o.until) })
	list := make([]Card, 0, len(c.live)+len(c.over))
	for _, o := range c.over {
		list = append(list, c.card(o.call, now))
	}
	for _, call := range c.live {
		list = append(list, c.card(call, now))
	}
	gone := func(id phone.CallID, _ string) bool {
		return !slices.ContainsFunc(list, func(card Card) bool { return card.ID == id })
	}
	maps.DeleteFunc(c.digits, gone)
	maps.DeleteFunc(c.dialled, gone)
	if !slices.Equal(list, c.List) {
		c.List = list
		c.Changed()
	}
}

func (c *Cards) card(call phone.Call, now time.Time) Card {
	card := Card{
		ID: call.ID, Party: party(c.words, c.numbers, call.Name, call.Number, c.country(call.Account)),
		Number: call.Number, Account: call.Account, Called: call.Called, State: c.words.L(stateWords[call.State]),
		Muted: call.Muted, Held: call.State == phone.Held, Digits: c.digits[call.ID],
		Talks: call.State == phone.Active || call.State == phone.Held || call.State == phone.Early,
		Again: call.Number,
	}
	if typed := c.dialled[call.ID]; typed != "" {
		card.Again = typed
	}
	if call.State == phone.Ended {
		card.end(c.words, call)
		return card
	}
	if !call.Answered.IsZero() {
		card.Timer = timer(now.Sub(call.Answered))
		card.Quality, card.Figures = grade(c.words, call.Quality)
	}
	return card
}

// end fills in how a call ended.
func (card *Card) end(w Words, call phone.Call) {
	card.Ended, card.Talks = true, false
	card.State = w.L(call.Reason)
	card.Failed = call.Result == phone.Faulty
	if !call.Answered.IsZero() {
		card.Timer = timer(call.Ended.Sub(call.Answered))
	}
	if call.SIPStatus != 0 {
		card.Details = strings.TrimSpace(statusText(call.SIPStatus) + " " + call.SIPText)
	}
}

// stateWords say how a call stands.
var stateWords = map[phone.CallState]string{
	phone.Calling: "Calling…", phone.Ringing: "Ringing…", phone.Early: "Ringing, with sound",
	phone.Active: "Connected", phone.Held: "On hold by the other side", phone.Ended: "Ended",
}

// Dial calls a number as typed, after it has ended what is up. done is told once that is under way, or why it is not;
// that the gate holds it up is for done to say.
func (c *Cards) Dial(r phone.CallRequest, done func(error)) {
	var id phone.CallID
	up := c.up()
	c.worker.Do(func(ctx context.Context) (err error) {
		if err := endAll(ctx, c.caller, up); err != nil {
			return err
		}
		id, err = c.caller.Dial(ctx, r)
		return err
	}, func(err error) {
		if err == nil {
			c.dialled[id] = r.Number
		}
		done(err)
		if phone.CodeOf(err) != phone.CodeBlocked {
			c.say(err)
		}
	})
}

// up are the calls that are alive and have a card.
func (c *Cards) up() []phone.CallID {
	up := make([]phone.CallID, len(c.live))
	for i, call := range c.live {
		up[i] = call.ID
	}
	return up
}

// Hangup ends a call.
func (c *Cards) Hangup(id phone.CallID) {
	c.inOrder.Do(func(ctx context.Context) error { return c.caller.Hangup(ctx, id) }, c.say)
}

// Mute sends silence, or sound again.
func (c *Cards) Mute(id phone.CallID, on bool) {
	c.inOrder.Do(func(ctx context.Context) error { return c.caller.Mute(ctx, id, on) }, c.say)
}

// Send sends a digit in a call.
func (c *Cards) Send(id phone.CallID, digit string) {
	c.inOrder.Do(func(ctx context.Context) error { return c.caller.DTMF(ctx, id, digit) }, func(err error) {
		if err == nil {
			c.digits[id] += digit
			c.Changed()
		}
		c.say(err)
	})
}

// Dismiss puts the card of a call that is over away.
func (c *Cards) Dismiss(id phone.CallID, now time.Time) {
	c.over = slices.DeleteFunc(c.over, func(o ended) bool { return o.call.ID == id })
	c.draw(now)
}

// say shows what went wrong; what is gone already needs no words.
func (c *Cards) say(err error) {
	text := ""
	if err != nil && phone.CodeOf(err) != phone.CodeNotFound {
		text = c.words.L(phone.Sentence(err))
	}
	if text != c.Notice {
		c.Notice = text
		c.Changed()
	}
}

func rings(call phone.Call) bool { return call.Direction == phone.In && call.State == phone.Ringing }
