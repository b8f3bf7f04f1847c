package phone

import (
	"context"
	"time"
)

const (
	// inRow is how many automatic texts a number gets at most until a person writes, within loopSpan.
	inRow    = 2
	loopSpan = 24 * time.Hour
	// prompt is how soon an answer to an automatic text comes that is one itself.
	prompt = 30 * time.Second
)

// forbids says why no trigger may ever text a number by a way now, whatever is set; "" where it may. It is asked at the moment
// of sending.
func (p *Phone) forbids(ctx context.Context, number string, w textWay) (Withheld, error) {
	if number == "" {
		return WithheldHidden, nil
	}
	if p.matched(formsOf(number, w.via), time.Now()).Blocked() {
		return WithheldBlacklisted, nil
	}
	switch {
	case w.target.Emergency, p.cfg.Numbers.Emergency(number, w.country()):
		return WithheldEmergency, nil
	case p.cfg.Numbers.ShortCode(number, w.country()), w.isGateway() && number[0] != '+':
		return WithheldShortCode, nil
	case p.own(number):
		return WithheldOwn, nil
	}
	t, err := p.cfg.Store.Thread(ctx, number)
	if err == nil && !t.Stopped.IsZero() {
		return WithheldStopped, nil
	}
	return "", err
}

// own tells whether a number is one of the agent's.
func (p *Phone) own(number string) bool {
	s := p.Snapshot()
	for _, a := range s.Accounts {
		if mine, err := p.cfg.Numbers.Target(a.Account.Address, a.Account); err == nil && mine.Number == number {
			return true
		}
	}
	for _, g := range s.Gateways {
		if g.Number == number {
			return true
		}
	}
	return false
}

// withholds says why the text of a row is not sent now, "" where it is. Its number passes forbids.
func (p *Phone) withholds(ctx context.Context, t Trigger, row Triggered) (Withheld, error) {
	now := time.Now()
	known := len(p.ownersOf(row.Number, row.Via)) > 0
	switch {
	case !t.On:
		return WithheldOff, nil
	case t.Who == TriggerContacts && !known, t.Who == TriggerUnknown && known:
		return WithheldWho, nil
	case !t.Hours.Has(now):
		return WithheldHours, nil
	}
	if t.Once > 0 {
		had, err := p.cfg.Store.TriggeredSince(ctx, t.Name, row.Number, now.Add(-t.Once), row.Row)
		if err != nil || had {
			return WithheldOnce, err
		}
	}
	n, err := p.cfg.Store.AutomaticInRow(ctx, row.Number, now.Add(-loopSpan), prompt)
	if err != nil || n >= inRow {
		return WithheldLoop, err
	}
	return "", nil
}

// Has tells whether a moment is within the hours, in its own time zone.
func (h Hours) Has(at time.Time) bool {
	midnight := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
	clock := time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute + time.Duration(at.Second())*time.Second
	switch {
	case h.From == h.To:
		return h.has(at.Weekday())
	case h.From < h.To:
		return h.has(at.Weekday()) && clock >= h.From && clock < h.To
	case clock >= h.From:
		return h.has(at.Weekday())
	}
	return clock < h.To && h.has(midnight.Add(-time.Hour).Weekday())
}

func (h Hours) has(day time.Weekday) bool { return h.Days == [7]bool{} || h.Days[day] }

// withheldReasons say why nothing was sent.
var withheldReasons = map[Withheld]string{
	WithheldBlacklisted: "This number is blacklisted.",
	WithheldHidden:      "The caller hides the number.",
	WithheldShortCode:   "Nobody reads what is sent to a short code.",
	WithheldEmergency:   "This is an emergency number.",
	WithheldOwn:         "This is one of your own numbers.",
	WithheldStopped:     "This number has sent STOP.",
	WithheldLoop:        "Two automatic texts went to this number, and no person has written since.",
	WithheldHours:       "It was outside of the working hours.",
	WithheldWho:         "The trigger does not text this kind of caller.",
	WithheldOnce:        "This number has had this text lately.",
	WithheldOff:         "The trigger was switched off.",
	WithheldLate:        "Callward did not run when it was due.",
	WithheldAddress:     "Texts cannot be sent to this address.",
	WithheldAutomatic:   "A machine has written, as it says itself.",
}

// Sentence says in words for a person why nothing was sent.
func (w Withheld) Sentence() string { return withheldReasons[w] }
