package phone

import (
	"context"
	"strings"
)

// textWay is how a text gets to a number.
type textWay struct {
	// via is as Text.Via.
	via string
	// account is set for a SIP account, gateway for a gateway; the other is its zero value.
	account AccountStatus
	gateway GatewayStatus
	// target is whom a MESSAGE goes to; of a gateway Number alone is set.
	target Target
}

// isGateway tells whether it goes by HTTP.
func (w textWay) isGateway() bool { return w.gateway.ID != "" }

// country is that by which numbers are read.
func (w textWay) country() string {
	if w.isGateway() {
		return w.gateway.Country
	}
	return w.account.Account.Country
}

// way finds how a text gets to a number as typed: by via or, where that is "", as the thread went before, else as a first
// text does. It fails with CodeInvalid, CodeNotFound for a via that there is not, and CodeNoAccount.
func (p *Phone) way(ctx context.Context, typed, via string) (textWay, error) {
	if via != "" {
		w, found := p.wayBy(via)
		if !found {
			return textWay{}, &Error{Code: CodeNotFound, Op: "text", Field: "via", Err: sentence("There is no account or gateway %s.", via)}
		}
		return w.to(typed, p.cfg.Numbers)
	}
	usual, err := p.usualWay()
	if err != nil {
		return textWay{}, err
	}
	number, err := usual.numberOf(typed, p.cfg.Numbers)
	if err != nil {
		return textWay{}, err
	}
	t, err := p.cfg.Store.Thread(ctx, number)
	if err != nil {
		return textWay{}, err
	}
	if w, found := p.wayBy(t.Via); found {
		return w.to(typed, p.cfg.Numbers)
	}
	s, err := p.TextSettings(ctx)
	if err != nil {
		return textWay{}, err
	}
	if w, found := p.wayBy(s.Via); found && (!w.isGateway() || strings.HasPrefix(number, "+")) {
		return w.to(typed, p.cfg.Numbers)
	}
	return usual.to(typed, p.cfg.Numbers)
}

// wayBy returns the account of an address, or the gateway of a name.
func (p *Phone) wayBy(via string) (w textWay, found bool) {
	if via == "" {
		return textWay{}, false
	}
	s := p.Snapshot()
	for _, a := range s.Accounts {
		if a.Account.has(via) {
			return textWay{via: a.Account.Address, account: a}, true
		}
	}
	for _, g := range s.Gateways {
		if strings.EqualFold(g.Name, via) {
			return p.wayOfGateway(g), true
		}
	}
	return textWay{}, false
}

// wayOfGateway is by a gateway; one with no country of its own reads numbers as the default account does.
func (p *Phone) wayOfGateway(g GatewayStatus) textWay {
	if g.Country == "" {
		g.Country = p.country()
	}
	return textWay{via: g.Name, gateway: g}
}

// usualWay is the default account or, where there is none, a gateway.
func (p *Phone) usualWay() (textWay, error) {
	s := p.Snapshot()
	accounts := make([]*AccountStatus, len(s.Accounts))
	for i := range s.Accounts {
		accounts[i] = &s.Accounts[i]
	}
	if acc, err := callingAccount(accounts, ""); err == nil && (acc.Account.ID != PracticeAccount || len(s.Gateways) == 0) {
		return textWay{via: acc.Account.Address, account: *acc}, nil
	}
	if len(s.Gateways) > 0 {
		return p.wayOfGateway(s.Gateways[0]), nil
	}
	return textWay{}, &Error{Code: CodeNoAccount, Op: "text", Err: sentence("There is no account to text with. Add one, or switch the practice exchange on.")}
}

// to completes the way to a number as typed.
func (w textWay) to(typed string, numbers Numbers) (textWay, error) {
	if w.isGateway() {
		number, err := numbers.Listed(typed, w.gateway.Country)
		if err == nil && !strings.HasPrefix(number, "+") {
			err = &Error{Code: CodeInvalid, Op: "text", Field: "number", Err: sentence("Only telephone numbers can be texted by %s; %q is none.", w.via, typed)}
		}
		w.target.Number = number
		return w, err
	}
	var err error
	w.target, err = numbers.Target(typed, w.account.Account)
	return w, err
}

// numberOf returns the normal form of a number as typed.
func (w textWay) numberOf(typed string, numbers Numbers) (string, error) {
	if w.isGateway() {
		return numbers.Listed(typed, w.gateway.Country)
	}
	t, err := numbers.Target(typed, w.account.Account)
	return t.Number, err
}

// fault says why nothing can be sent that way now; nil where it can.
func (w textWay) fault() error {
	if !w.isGateway() && w.account.State != Registered {
		return &Error{Code: CodeState, Op: "text", Err: sentence("Waits until %s is connected.", w.via)}
	}
	return nil
}
