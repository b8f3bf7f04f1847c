package view

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// GatewayForm is what is typed about a gateway. Errors are by the name of a field, "" for what concerns none.
type GatewayForm struct {
	// New tells whether the gateway is added; the kind of one that is there stays.
	New  bool
	Kind phone.GatewayKind

	Name, Number, Country, User, Secret, URL, Method, Headers, Body, Reference, CAFile string
	// Polls has incoming texts asked for every Seconds.
	Polls   bool
	Seconds string

	Errors map[string]string
	// Saving is set while the gateway is being saved.
	Saving bool

	id phone.AccountID
}

func newGatewayForm(g phone.Gateway) *GatewayForm {
	return &GatewayForm{
		id: g.ID, Kind: g.Kind, Name: g.Name, Number: g.Number, Country: g.Country, User: g.User, URL: g.URL, Method: cmp.Or(g.Method, "POST"),
		Headers: g.Headers, Body: g.Body, Reference: g.Reference, CAFile: g.CAFile, Polls: g.Poll > 0, Seconds: secondsOf(cmp.Or(g.Poll, phone.UsualPoll)),
	}
}

// gateway reads what is typed. What belongs to the other kind is left out.
func (f *GatewayForm) gateway() (phone.Gateway, error) {
	g := phone.Gateway{
		ID: f.id, Kind: f.Kind, Name: strings.TrimSpace(f.Name), Number: strings.TrimSpace(f.Number), Country: strings.ToUpper(strings.TrimSpace(f.Country)),
		User: strings.TrimSpace(f.User), URL: strings.TrimSpace(f.URL), CAFile: strings.TrimSpace(f.CAFile),
	}
	if f.Kind == phone.HTTPGateway {
		g.Method, g.Headers, g.Body, g.Reference = strings.ToUpper(strings.TrimSpace(f.Method)), strings.TrimSpace(f.Headers), f.Body, strings.TrimSpace(f.Reference)
		return g, nil
	}
	if !f.Polls {
		return g, nil
	}
	seconds, err := whole("poll", f.Seconds, 3600, "Incoming texts can be asked for every 2 to 3600 seconds.")
	g.Poll = time.Duration(seconds) * time.Second
	if err == nil && g.Poll < phone.MinPoll {
		err = &phone.Error{Code: phone.CodeInvalid, Op: "gateway", Field: "poll", Err: errors.New("incoming texts can be asked for every 2 to 3600 seconds")}
	}
	return g, err
}
