package control

import (
	"context"
	"strings"

	"github.com/callward/callward/phone"
)

func listGateways(ctx context.Context, ph Phone, _ none) (any, error) {
	list, err := ph.Gateways(ctx)
	return rowsOf(list, newGatewayRow), err
}

func saveGateway(ctx context.Context, ph Phone, args GatewaySave) (any, error) {
	g, err := args.Gateway.phoneGateway()
	if err != nil {
		return nil, err
	}
	if g.ID == "" {
		if g.ID, err = gatewayNamed(ctx, ph, g.Name); err != nil {
			return nil, err
		}
	}
	var secret phone.Secret
	if args.Secret != nil {
		secret = phone.NewSecret(*args.Secret)
	}
	g, err = ph.SaveGateway(ctx, g, secret, args.Secret != nil)
	return newGateway(g), err
}

func removeGateway(ctx context.Context, ph Phone, args GatewayRef) (any, error) {
	id, err := knownGateway(ctx, ph, args.Name)
	if err != nil {
		return nil, err
	}
	return nil, ph.RemoveGateway(ctx, id)
}

func testGateway(ctx context.Context, ph Phone, args GatewayTest) (any, error) {
	id, err := knownGateway(ctx, ph, args.Name)
	if err != nil {
		return nil, err
	}
	t, err := ph.TryGateway(ctx, id, args.Number)
	return newText(t), err
}

// gatewayNamed returns the id of the gateway of a name, "" where there is none.
func gatewayNamed(ctx context.Context, ph Phone, name string) (phone.AccountID, error) {
	list, err := ph.Gateways(ctx)
	for _, g := range list {
		if strings.EqualFold(g.Name, strings.TrimSpace(name)) {
			return g.ID, err
		}
	}
	return "", err
}

// knownGateway is gatewayNamed that fails where there is none.
func knownGateway(ctx context.Context, ph Phone, name string) (phone.AccountID, error) {
	id, err := gatewayNamed(ctx, ph, name)
	if err == nil && id == "" {
		err = &Error{Code: phone.CodeNotFound, Field: "name", Message: "There is no gateway " + name + "."}
	}
	return id, err
}
