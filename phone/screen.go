package phone

import (
	"slices"
	"time"
)

// screen decides about a caller from what is in memory: each identity that the request
// claims is looked up, but those who sent it on. One that is blocked blocks, and of
// several the stricter entry counts.
func (p *Phone) screen(caller Caller, acc Account, now time.Time) Verdict {
	var worst, through Verdict
	for _, claim := range caller.Claims {
		if claim.Source == "Diversion" || claim.User == "" || claim.Anonymous() {
			continue
		}
		v := p.matched(p.forms(claim, acc), now)
		if v.Blocked() && p.cfg.Numbers.Emergency(claim.User, acc.Country) {
			continue // it came onto the list with a prefix or a contact
		}
		v.Header, v.Received = claim.Source, claim.received()
		switch {
		case v.Blocked():
			worst = stricter(worst, v)
		case v.Mode == LetThrough && (claim.Asserted() || through.Mode == ""):
			through = v
		}
	}
	if _, shown := caller.Shown(); shown {
		if worst.Blocked() {
			return worst
		}
		return through
	}
	// What is let through is so by what the server asserts: a From that hides says nothing.
	m, ok := p.cfg.Blacklist.Hidden(now)
	if !ok || through.Mode == LetThrough && isAsserted(through.Header) && !worst.Blocked() {
		return stricter(worst, through)
	}
	return stricter(worst, Verdict{Mode: m.Mode, Kind: m.Kind, Row: m.Row, Header: hidingHeader(caller)})
}

// stricter returns the verdict that blocks more, the first where both do as much.
func stricter(a, b Verdict) Verdict {
	rank := map[Mode]int{LetThrough: 1, AllowVoicemails: 2, BlockAll: 3}
	if rank[b.Mode] > rank[a.Mode] {
		return b
	}
	return a
}

func isAsserted(header string) bool { return Claim{Source: header}.Asserted() }

// hidingHeader names the header by which a caller hides.
func hidingHeader(caller Caller) string {
	if slices.ContainsFunc(caller.Claims, func(c Claim) bool { return c.Source == "From" && !c.Anonymous() && c.User != "" }) {
		return "Privacy"
	}
	return "From"
}

// matched looks the forms of one number up.
func (p *Phone) matched(forms []string, now time.Time) Verdict {
	m, ok := p.cfg.Blacklist.Match(forms, now)
	if !ok {
		return Verdict{}
	}
	return Verdict{Mode: m.Mode, Kind: m.Kind, Row: m.Row, Number: m.Number}
}

// forms are those in which a claimed identity may be listed: an address of the account's own
// domain is known by its user alone, and written with its host in the list.
func (p *Phone) forms(claim Claim, acc Account) []string {
	forms := []string{claim.Number}
	if whole := p.cfg.Numbers.Normal(claim.User, claim.Host, Account{Country: acc.Country}); whole != claim.Number {
		forms = append(forms, whole)
	}
	return forms
}

// lifeline is how long after an emergency call nothing is screened: it may be the call back.
const lifeline = time.Hour

// refuseCaller answers a blocked call, of which nobody hears but the screening log.
func (l *loop) refuseCaller(in invited, caller Caller, acc Account, v Verdict) {
	row := l.screened(ScreenedCall, caller, acc, v)
	l.recorder.screened(row)
	l.triggers.put(triggerEvent{name: MissedCallTrigger, number: row.Number, caller: row.Name, via: acc.Address, blocked: true, at: row.Time})
	c := in.call
	if v.Mode == BlockAll || acc.Voicemail.Provider || l.machineFault() != nil || l.refusal(in.Offer) != nil {
		c.view.State = Ended
		in.Dialog.Reject(l.screening.status(v.Mode, acc))
		return
	}
	c.blocked, c.country = true, acc.Country
	c.view = Call{Direction: In, Account: acc.Address, Number: row.Number, Name: row.Name, Started: time.Now()}
	l.attend(c, Missed, "")
}

// screened is a row of the screening log.
func (l *loop) screened(kind ScreenedKind, caller Caller, acc Account, v Verdict) Screened {
	row := Screened{Time: time.Now(), Kind: kind, Account: acc.Address, Verdict: v}
	if shown, ok := caller.Shown(); ok {
		row.Number, row.Name = shown.Number, shown.Name
		if known := l.directory.find(l.forms(shown, acc)...); len(known) > 0 {
			row.Name = known[0].Title()
		}
	}
	return row
}

// verdict screens a caller, but after an emergency call.
func (l *loop) verdict(caller Caller, acc Account) Verdict {
	if l.lifelineHolds() {
		return Verdict{}
	}
	return l.screen(caller, acc, time.Now())
}

// lifelineHolds tells whether an emergency call was made so lately that it may be called back.
func (l *loop) lifelineHolds() bool { return time.Now().Before(l.lifeline) }
