package phone

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Passage is what would become of somebody who calls or writes, and of a call to them.
type Passage struct {
	// Verdict is what screening decides, and Entry the entry that does; its ID is "" for none.
	Verdict Verdict
	Entry   Entry
	// Emergency is set for an emergency number: a call to it passes always.
	Emergency bool
	// Until is when screening begins again, after an emergency call; zero while it is on.
	Until time.Time
}

// Call, Voicemail, Text and Trigger tell whether that passes: a call from them, a voice message
// in its place, a text from them, and a text that the program would send to them by itself.
func (v Passage) Call() bool      { return v.open() || !v.Verdict.Blocked() }
func (v Passage) Voicemail() bool { return v.open() || v.Verdict.Mode != BlockAll }
func (v Passage) Text() bool      { return v.open() || !v.Verdict.Blocked() }
func (v Passage) Trigger() bool   { return !v.Verdict.Blocked() }

// open tells that nothing is screened now.
func (v Passage) open() bool { return !v.Until.IsZero() }

// WouldPass tells what would become of a caller: line is a number as typed, a SIP address, or
// what a From header says, such as "Jo Lee" <sip:+442079460018@trunk.example>. It fails with CodeInvalid
// for a text that is nothing of all that.
func (p *Phone) WouldPass(ctx context.Context, line string) (Passage, error) {
	caller, err := callerOfLine(line)
	if err != nil {
		return Passage{}, err
	}
	var found Passage
	err = p.ask(ctx, "check", func(l *loop) error {
		acc := Account{Country: p.country()}
		if own, err := l.callingAccount(""); err == nil {
			acc = own.Account
		}
		if now := time.Now(); now.Before(l.lifeline) {
			found.Until = l.lifeline
		}
		found.Verdict = l.screen(l.identify(caller, acc), acc, time.Now())
		found.Emergency = !caller.Hidden && l.cfg.Numbers.Emergency(caller.Claims[0].User, acc.Country)
		return nil
	})
	if err != nil || found.Verdict.Row == 0 {
		return found, err
	}
	e, _, err := p.cfg.Store.Entry(ctx, found.Verdict.Row, "")
	if CodeOf(err) == CodeNotFound {
		err = nil // removed meanwhile
	}
	found.Entry = e
	return found, err
}

// callerOfLine reads a caller as typed.
func callerOfLine(line string) (Caller, error) {
	line = strings.TrimSpace(line)
	source := "From"
	for _, header := range []string{"From", "P-Asserted-Identity", "Remote-Party-ID"} {
		if rest, found := cutHeader(line, header); found {
			source, line = header, rest
		}
	}
	if end := strings.LastIndexByte(line, '>'); end >= 0 {
		line = line[:end]
		line = line[strings.LastIndexByte(line, '<')+1:]
	}
	lower := strings.ToLower(line)
	if lower == "" || len(line) > 1000 {
		return Caller{}, &Error{Code: CodeInvalid, Op: "check", Field: "number", Err: errors.New("type a number, a SIP address, or the line of a caller")}
	}
	claim := Claim{Source: source, User: line}
	if user, host, found := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(lower, "sips:"), "sip:"), "@"); found {
		if anonymous := (Claim{User: user, Host: host}); anonymous.Anonymous() {
			return Caller{Claims: []Claim{{Source: source, User: user, Host: host}}, Hidden: true}, nil
		}
	} else if lower == "anonymous" || lower == "hidden" {
		return Caller{Claims: []Claim{{Source: source, User: "anonymous", Host: "anonymous.invalid"}}, Hidden: true}, nil
	}
	return Caller{Claims: []Claim{claim}}, nil
}

// cutHeader takes the name of a header off a line.
func cutHeader(line, name string) (rest string, found bool) {
	before, after, found := strings.Cut(line, ":")
	if !found || !strings.EqualFold(strings.TrimSpace(before), name) {
		return line, false
	}
	return strings.TrimSpace(after), true
}
