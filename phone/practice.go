package phone

import "context"

// practiceSetting is "on", "off", or "" where the exchange is on while no
// account exists.
const practiceSetting = "practice"

// SetPractice switches the practice exchange, for this start and those to come.
func (p *Phone) SetPractice(ctx context.Context, on bool) error {
	p.settling.Lock()
	defer p.settling.Unlock()
	value := "off"
	if on {
		value = "on"
	}
	if err := p.cfg.Store.SetSetting(ctx, practiceSetting, value); err != nil {
		return err
	}
	return p.settlePractice(ctx)
}

// PracticeRing has a robot of the practice exchange call: who is its name, ""
// means any. It fails with CodeNotFound, or CodeState where the exchange is off.
func (p *Phone) PracticeRing(_ context.Context, who string) error {
	if !p.Snapshot().Practice {
		return fault(CodeState, "practice ring", "The practice exchange is off. Switch it on with: callward practice on")
	}
	return p.cfg.Exchange.Ring(who)
}

// settlePractice starts or stops the exchange as set. settling is held.
func (p *Phone) settlePractice(ctx context.Context) error {
	setting, err := p.cfg.Store.Setting(ctx, practiceSetting)
	if err != nil {
		return err
	}
	accounts, err := p.cfg.Store.Accounts(ctx)
	if err != nil {
		return err
	}
	on := setting == "on" || setting == "" && len(accounts) == 0
	if !on {
		// The account goes first: its calls end by this side.
		p.inbox.Put(practiceChanged{})
		return p.cfg.Exchange.Stop()
	}
	acc, password, err := p.cfg.Exchange.Start(ctx)
	if err == nil {
		p.inbox.Put(practiceChanged{on: true, account: acc, password: password})
	}
	return err
}

// practiceChanged tells that the exchange is to be used, or no more.
type practiceChanged struct {
	on       bool
	account  Account
	password Secret
}

func (in practiceChanged) apply(l *loop) {
	if in.on == l.practice {
		return
	}
	l.practice = in.on
	text := "off"
	if in.on {
		text = "on"
		l.open(in.account, in.password)
	} else {
		l.closeAccount(PracticeAccount)
	}
	l.emit(Event{Kind: EventPractice, Text: text})
}
