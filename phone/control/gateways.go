package control

import (
	"context"

	"github.com/callward/callward/phone"
)

// Gateways is what the server works of gateways; phone.Phone satisfies it.
type Gateways interface {
	Gateways(ctx context.Context) ([]phone.GatewayStatus, error)
	// SaveGateway adds one without an ID, or changes it. Without hasSecret the secret stays as it was.
	SaveGateway(ctx context.Context, g phone.Gateway, secret phone.Secret, hasSecret bool) (phone.Gateway, error)
	RemoveGateway(ctx context.Context, id phone.AccountID) error
	// TryGateway sends a text that says it is a test.
	TryGateway(ctx context.Context, id phone.AccountID, number string) (phone.Text, error)
}
