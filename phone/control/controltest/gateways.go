package controltest

import (
	"context"

	"github.com/callward/callward/phone"
)

// Gateways returns those of Now.
func (p *Phone) Gateways(context.Context) ([]phone.GatewayStatus, error) {
	return p.Now.Gateways, p.note("gateway list")
}

// SaveGateway notes the gateway and the secret, and gives it an id.
func (p *Phone) SaveGateway(_ context.Context, g phone.Gateway, secret phone.Secret, hasSecret bool) (phone.Gateway, error) {
	err := p.note("gateway save %+v, secret %q %v", g, secret.Reveal(), hasSecret)
	if g.ID == "" {
		g.ID = "g9"
	}
	return g, err
}

// RemoveGateway notes the gateway.
func (p *Phone) RemoveGateway(_ context.Context, id phone.AccountID) error {
	return p.note("gateway remove %s", id)
}

// TryGateway notes the number, and returns a text to it.
func (p *Phone) TryGateway(_ context.Context, id phone.AccountID, number string) (phone.Text, error) {
	return phone.Text{ID: "t9", Direction: phone.Out, Number: number, State: phone.TextWaiting}, p.note("gateway test %s %q", id, number)
}
