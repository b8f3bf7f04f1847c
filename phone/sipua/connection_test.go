package sipua

import (
	"crypto/tls"
	"net/netip"
	"testing"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// askInDialog sends a request to a server by its address, as it names itself in a Contact or Record-Route.
func askInDialog(t *testing.T, e *Endpoint, to netip.AddrPort, transport phone.Transport) {
	t.Helper()
	uri := sip.Uri{Scheme: "sip", User: "bob", Host: to.Addr().String(), Port: int(to.Port()), UriParams: sip.NewParams()}
	uri.UriParams.Add("transport", string(transport))
	req := e.NewRequest(sip.OPTIONS, uri)
	req.To().Params.Add("tag", "theirs")
	res, err := e.Do(t.Context(), req)
	require.NoError(t, err)
	require.Equal(t, 200, res.StatusCode)
}

// TestAServerByNameAndByAddress has one connection for both, and the certificate checked by the name of the account.
func TestAServerByNameAndByAddress(t *testing.T) {
	ca := newAuthority(t)
	for _, transport := range []phone.Transport{phone.TCP, phone.TLS} {
		t.Run(string(transport), func(t *testing.T) {
			server := newRegistrar(t, "127.0.0.1:0", nil)
			at := server.Addr()
			certificates := &tls.Config{Certificates: []tls.Certificate{ca.issue(t, nil)}}
			if transport == phone.TLS {
				at = serveTLS(t, server, certificates)
			}
			line := newTestLine(t, at, func(cfg *EndpointConfig) {
				cfg.Account.Transport, cfg.Account.Server, cfg.Account.CAFile = transport, "pbx.example.test", ca.file
				cfg.Resolver = newDNS(t, "pbx.example.test. A 127.0.0.1")
			})
			line.await(t, phone.Registered)
			first := server.next(t).Source()

			askInDialog(t, line.e, at, transport)
			require.Equal(t, first, server.next(t).Source(), "the connection that there is")
			if transport == phone.TLS {
				askInDialog(t, line.e, serveTLS(t, server, certificates), transport)
				require.NotEqual(t, first, server.next(t).Source())
			}
		})
	}
}

// TestAConnectionWithoutAnAnswerIsNotUsedAgain registers by a new one, since a NAT may have forgotten the old one.
func TestAConnectionWithoutAnAnswerIsNotUsedAgain(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Account.Transport = phone.TCP })
	line.await(t, phone.Registered)
	first := server.next(t).Source()
	server.play(func(*sip.Request) *sip.Response { return nil })
	line.refresh()
	line.failed(t, phone.CodeNoAnswer)
	server.play(nil)
	line.await(t, phone.Registered)
	for {
		if source := server.next(t).Source(); source != first {
			return // before the test's patience ends
		}
	}
}
