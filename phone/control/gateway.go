package control

import (
	"math"
	"time"

	"github.com/callward/callward/phone"
)

// Gateway is a gateway as a client gives it; phone.Gateway says what the fields mean.
type Gateway struct {
	// ID is empty for a new one, or to change that of the same name.
	ID      phone.AccountID   `json:"id"`
	Name    string            `json:"name"`
	Kind    phone.GatewayKind `json:"kind"`
	Number  string            `json:"number"`
	Country string            `json:"country"`
	User    string            `json:"user"`
	URL     string            `json:"url"`
	Method  string            `json:"method"`
	// Headers are lines of NAME: VALUE.
	Headers   string `json:"headers"`
	Body      string `json:"body"`
	Reference string `json:"reference"`
	// CA is the path of a PEM file, absolute.
	CA string `json:"ca"`
	// PollS is how often incoming texts are asked for, in seconds; 0 for never.
	PollS int `json:"poll_s"`
}

// GatewayRow is a row of gateway.list. It has no secret.
type GatewayRow struct {
	Gateway
	// Fault says what is wrong with it; empty where nothing is known to be.
	Fault string `json:"fault"`
}

func newGateway(g phone.Gateway) Gateway {
	return Gateway{
		ID: g.ID, Name: g.Name, Kind: g.Kind, Number: g.Number, Country: g.Country, User: g.User, URL: g.URL, Method: g.Method,
		Headers: g.Headers, Body: g.Body, Reference: g.Reference, CA: g.CAFile, PollS: int(g.Poll / time.Second),
	}
}

func newGatewayRow(s phone.GatewayStatus) GatewayRow {
	return GatewayRow{Gateway: newGateway(s.Gateway), Fault: s.Fault}
}

// phoneGateway returns g as the phone has it, not checked further.
func (g Gateway) phoneGateway() (phone.Gateway, error) {
	if g.PollS < 0 || g.PollS > math.MaxInt32 {
		return phone.Gateway{}, invalid("poll", "How often texts are asked for is a number of seconds, or 0 for never.")
	}
	return phone.Gateway{
		ID: g.ID, Name: g.Name, Kind: g.Kind, Number: g.Number, Country: g.Country, User: g.User, URL: g.URL, Method: g.Method,
		Headers: g.Headers, Body: g.Body, Reference: g.Reference, CAFile: g.CA, Poll: time.Duration(g.PollS) * time.Second,
	}, nil
}

// GatewaySave is the arguments of gateway.save.
type GatewaySave struct {
	Gateway Gateway `json:"gateway"`
	// Secret is null to keep the one that is stored, or to have none.
	Secret *string `json:"secret"`
}

// GatewayRef is the arguments of gateway.remove.
type GatewayRef struct {
	Name string `json:"name"`
}

// GatewayTest is the arguments of gateway.test; Number is as typed.
type GatewayTest struct {
	Name   string `json:"name"`
	Number string `json:"number"`
}
