package sipua

import (
	"context"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// newServer returns an endpoint that listens on loopback and answers with handler.
func newServer(t *testing.T, handler func(*sip.Request, sip.ServerTransaction)) *Endpoint {
	t.Helper()
	e, err := NewEndpoint(EndpointConfig{Account: phone.Account{Address: "server@example.test"}, Listen: "127.0.0.1:0"})
	require.NoError(t, err)
	e.OnRequest(handler)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return e
}

// newClient returns an account's endpoint whose server is at.
func newClient(t *testing.T, server *Endpoint, change func(*EndpointConfig)) *Endpoint {
	t.Helper()
	cfg := EndpointConfig{
		Account: phone.Account{
			Address: "alice@example.test", Server: "127.0.0.1", Port: int(server.Addr().Port()), Transport: phone.UDP,
		},
		Password: phone.NewSecret("secret"),
	}
	if change != nil {
		change(&cfg)
	}
	e, err := NewEndpoint(cfg)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return e
}

func TestServerReachesAClientByItsConnection(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Account.Transport = phone.TCP })
	line.e.OnRequest(func(req *sip.Request, tx sip.ServerTransaction) {
		_ = tx.Respond(sip.NewResponseFromRequest(req, 200, "OK", nil))
	})
	line.await(t, phone.Registered)
	contact := server.next(t).Contact().Address
	res, err := server.Do(t.Context(), server.NewRequest(sip.OPTIONS, contact))
	require.NoError(t, err)
	require.Equal(t, 200, res.StatusCode)
}

func TestEndpointsTalk(t *testing.T) {
	for _, transport := range []phone.Transport{phone.UDP, phone.TCP} {
		t.Run(string(transport), func(t *testing.T) {
			server := newServer(t, func(req *sip.Request, tx sip.ServerTransaction) {
				_ = tx.Respond(sip.NewResponseFromRequest(req, 200, "OK", nil))
			})
			client := newClient(t, server, func(cfg *EndpointConfig) { cfg.Account.Transport = transport })
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			res, err := client.Do(ctx, client.NewRequest(sip.OPTIONS, sip.Uri{Scheme: "sip", User: "bob", Host: "example.test"}))
			require.NoError(t, err)
			require.Equal(t, 200, res.StatusCode)
		})
	}
}
