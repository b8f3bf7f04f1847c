package sipua

import (
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

func TestRegisters(t *testing.T) {
	for _, transport := range []phone.Transport{phone.UDP, phone.TCP} {
		t.Run(string(transport), func(t *testing.T) {
			server := newRegistrar(t, "127.0.0.1:0", nil)
			line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Account.Transport = transport })
			line.await(t, phone.Registered)
			req := server.next(t)
			require.Equal(t, sip.REGISTER, req.Method)
			require.Equal(t, "sip:example.test", req.Recipient.String())
			require.Equal(t, "sip:alice@example.test", req.To().Address.String())
			require.Equal(t, "300", expiresOf(req))
			require.Equal(t, req.Source(), contactOf(req), "the Contact is where the packet came from")

			line.stop()
			gone := server.next(t)
			require.Equal(t, "0", expiresOf(gone))
			require.Equal(t, contactOf(req), contactOf(gone))
			require.Equal(t, *req.CallID(), *gone.CallID())
			require.Greater(t, gone.CSeq().SeqNo, req.CSeq().SeqNo)
		})
	}
}

func TestRegistersOverIPv6(t *testing.T) {
	server := newRegistrar(t, "[::1]:0", nil)
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	require.Equal(t, "::1", server.next(t).Via().Host)
	require.Equal(t, "::1", line.e.Contact().Address.Host)
}

func TestRefusalsHaveReasons(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		code   phone.Code
		words  string
	}{
		"forbidden": {403, phone.CodeAuth, "wrong password"},
		"unknown":   {404, phone.CodeUnknownUser, "does not know alice@example.test"},
		"server":    {500, phone.CodeRefused, "500 Because"},
		"global":    {604, phone.CodeUnknownUser, "does not know"},
	} {
		t.Run(name, func(t *testing.T) {
			server := newRegistrar(t, "127.0.0.1:0", answer(test.status, "Because"))
			newTestLine(t, server.Addr(), nil).failed(t, test.code, test.words)
		})
	}
}

func TestForbiddenIsNotTriedAgainUntilAsked(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", answer(403, "Forbidden"))
	line := newTestLine(t, server.Addr(), nil)
	line.failed(t, phone.CodeAuth)
	server.next(t)
	select {
	case <-server.came:
		require.Fail(t, "tried again")
	case <-time.After(5 * quick.RetryMax):
	}
	line.refresh()
	line.failed(t, phone.CodeAuth)
	server.next(t)
	line.stop()
	require.Empty(t, server.came, "the refused credentials are not sent once more for good-bye")
}

func TestForbiddenIsTriedAgainWhenAsked(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", answer(403, "Forbidden"))
	line := newTestLine(t, server.Addr(), nil)
	line.failed(t, phone.CodeAuth)
	server.play(nil)
	line.refresh()
	line.await(t, phone.Registered)
}

func TestRecoversFromFailures(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", answer(500, "Oops"))
	line := newTestLine(t, server.Addr(), nil)
	for range 4 {
		server.next(t)
	}
	server.play(nil)
	line.await(t, phone.Registered)
}

func TestRecoversWhenTheServerIsBack(t *testing.T) {
	for _, transport := range []phone.Transport{phone.UDP, phone.TCP} {
		t.Run(string(transport), func(t *testing.T) {
			server := newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
				res := sip.NewResponseFromRequest(req, 200, "OK", nil)
				res.AppendHeader(sip.NewHeader("Expires", "1"))
				return res
			})
			line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Account.Transport = transport })
			line.await(t, phone.Registered)
			require.NoError(t, server.Close())
			if transport == phone.UDP {
				line.failed(t, phone.CodeNoAnswer, "no answer from "+server.Addr().String())
			} else {
				line.failed(t, phone.CodeUnreachable, "refuses the connection")
			}
			newRegistrar(t, server.Addr().String(), nil)
			line.await(t, phone.Registered)
		})
	}
}

func TestRegistersAnewWhenTheConnectionBreaks(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Account.Transport = phone.TCP })
	line.await(t, phone.Registered)
	first := contactOf(server.next(t))
	line.e.mu.Lock()
	conn := line.e.streams[line.e.flow].Conn
	line.e.mu.Unlock()
	require.NoError(t, conn.(*net.TCPConn).CloseWrite()) // the server hangs up in turn
	line.await(t, phone.Registering)
	line.await(t, phone.Registered)
	require.NotEqual(t, first, contactOf(server.next(t)), "another connection, another address")
}

func TestTakesTheServersInterval(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
		if expiresOf(req) == "300" {
			return answer(423, "Interval Too Brief", sip.NewHeader("Min-Expires", "1800"))(req)
		}
		return accept(req)
	})
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	require.Equal(t, "300", expiresOf(server.next(t)))
	require.Equal(t, "1800", expiresOf(server.next(t)))
}

func TestReadsHowLongABindingLasts(t *testing.T) {
	e, err := NewEndpoint(EndpointConfig{Account: phone.Account{Address: "alice@example.test"}})
	require.NoError(t, err)
	defer e.Close()
	own := func(params string) string { return "<sip:" + e.user + "@192.0.2.1:5060>" + params }
	for name, test := range map[string]struct {
		expires, contact string
		want             time.Duration
	}{
		"not said":           {"", "", 300 * time.Second},
		"Expires":            {"120", "", 120 * time.Second},
		"its own parameter":  {"120", own(";expires=60"), 60 * time.Second},
		"another phone's":    {"120", "<sip:bob@192.0.2.9>;expires=60", 120 * time.Second},
		"no number":          {"soon", own(";expires=x"), 300 * time.Second},
		"nothing granted":    {"0", own(";expires=0"), 300 * time.Second},
		"another's comes on": {"", own(";expires=90") + ", <sip:bob@192.0.2.9>;expires=60", 90 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			raw := "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nCSeq: 1 REGISTER\r\n"
			if test.expires != "" {
				raw += "Expires: " + test.expires + "\r\n"
			}
			if test.contact != "" {
				raw += "Contact: " + test.contact + "\r\n"
			}
			message, err := parser.ParseSIP([]byte(raw + "Content-Length: 0\r\n\r\n"))
			require.NoError(t, err)
			b := newBinding(e)
			b.at = netip.MustParseAddrPort("192.0.2.1:5060")
			require.Equal(t, test.want, b.read(message.(*sip.Response)))
		})
	}
}

func TestRefreshesAheadOfExpiry(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
		res := accept(req)
		res.RemoveHeader("Contact")
		res.AppendHeader(sip.NewHeader("Expires", "1"))
		return res
	})
	newTestLine(t, server.Addr(), nil).await(t, phone.Registered)
	server.next(t)
	server.next(t)
	for _, granted := range []time.Duration{time.Second, 20 * time.Second, 300 * time.Second, time.Hour} {
		for range 100 {
			after := refreshAfter(granted)
			require.Less(t, after, granted)
			require.GreaterOrEqual(t, after, granted*2/3)
		}
	}
}

func TestContactIsWhereTheServerSeesUs(t *testing.T) {
	const public = "203.0.113.7"
	port := "4711"
	server := newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
		res := accept(req)
		res.Via().Params.Add("received", public)
		res.Via().Params.Add("rport", port)
		return res
	})
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	local := contactOf(server.next(t))
	again := server.next(t)
	require.Equal(t, public+":4711", contactOf(again))
	old := again.GetHeaders("Contact")
	require.Len(t, old, 2, "the former address is taken out in the same request")
	require.Contains(t, old[1].Value(), local+">;expires=0")
	require.Equal(t, public, line.e.Contact().Address.Host)

	line.refresh()
	line.await(t, phone.Registering)
	line.await(t, phone.Registered)
	require.Equal(t, public+":4711", contactOf(server.next(t)))
	require.Empty(t, server.came, "nothing moved, so there is no second one")
}

// A server that does not know rport says the address alone (RFC 3261, 18.2.1).
func TestContactByReceivedAlone(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
		res := accept(req)
		res.Via().Params.Add("received", "203.0.113.7")
		res.Via().Params.Add("rport", "")
		return res
	})
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	_, port, _ := strings.Cut(contactOf(server.next(t)), ":")
	require.Equal(t, "203.0.113.7:"+port, contactOf(server.next(t)))
}

func TestContactDoesNotFlap(t *testing.T) {
	port := 0
	server := newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
		port++
		res := accept(req)
		res.Via().Params.Add("received", "203.0.113.7")
		res.Via().Params.Add("rport", []string{"", "4001", "4002", "4003", "4004"}[port])
		return res
	})
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	server.next(t)
	server.next(t)
	select {
	case <-server.came:
		require.Fail(t, "a NAT that changes its port each time makes it register for ever")
	case <-time.After(5 * quick.RetryMax):
	}
}

func TestServiceRoute(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	hop := server.Addr().String()
	server.play(func(req *sip.Request) *sip.Response {
		res := accept(req)
		res.AppendHeader(sip.NewHeader("Service-Route", `"One, two" <sip:`+hop+`;lr>, <sip:second.example.test;lr>`))
		return res
	})
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	server.next(t)
	_, err := line.e.Do(t.Context(), line.e.NewRequest(sip.OPTIONS, sip.Uri{Scheme: "sip", User: "bob", Host: "far.test"}))
	require.NoError(t, err)
	req := server.next(t)
	var routes []string
	for _, h := range req.GetHeaders("Route") {
		routes = append(routes, h.Value())
	}
	require.Equal(t, []string{"<sip:" + hop + ";lr>", "<sip:second.example.test;lr>"}, routes)
	line.refresh()
	require.Empty(t, server.next(t).GetHeaders("Route"), "a REGISTER does not use it")
}

func TestOutboundProxy(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) {
		cfg.Account.Server, cfg.Account.Port = "127.0.0.3", 5060
		cfg.Account.Proxy = server.Addr().String()
	})
	line.await(t, phone.Registered)
	req := server.next(t)
	require.Equal(t, "<sip:"+server.Addr().String()+";lr>", req.Route().Value())
	require.Equal(t, "sip:example.test", req.Recipient.String())
	require.Eventually(t, func() bool { return !line.e.isStranger(netip.MustParseAddr("127.0.0.3")) }, patience, time.Millisecond)
}

func TestStoppingIsQuick(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Timing.Answer = patience })
	line.await(t, phone.Registered)
	server.play(func(*sip.Request) *sip.Response { return nil })
	began := time.Now()
	line.stop()
	require.Less(t, time.Since(began), 2500*time.Millisecond)
	require.GreaterOrEqual(t, time.Since(began), time.Second, "it did try")
}

func TestRegistersAnewFromAnotherAddress(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	first := contactOf(server.next(t))
	// As if the address that we had were gone: the sockets are at another one.
	require.NoError(t, line.e.listen("127.0.0.9:0"))
	line.await(t, phone.Registering)
	line.await(t, phone.Registered)
	again := server.next(t)
	require.NotEqual(t, first, contactOf(again))
	require.Equal(t, "127.0.0.1", line.e.Addr().Addr().String())
}

func TestRegistersAnewAfterSleep(t *testing.T) {
	w := wakeWatch{}
	at := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	require.False(t, w.slept(at, 5*time.Second))
	require.False(t, w.slept(at.Add(5*time.Second), 5*time.Second))
	require.False(t, w.slept(at.Add(12*time.Second), 5*time.Second), "a busy machine")
	require.True(t, w.slept(at.Add(time.Hour), 5*time.Second))
	require.False(t, w.slept(at.Add(time.Hour+5*time.Second), 5*time.Second))
	require.False(t, w.slept(at, 5*time.Second), "set back")

	server := newRegistrar(t, "127.0.0.1:0", nil)
	line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Timing.Watch = time.Hour })
	line.await(t, phone.Registered)
	line.stop()
	line.since = time.Now()
	line.next = time.NewTimer(time.Hour)
	line.wake.last = time.Now().Add(-2 * time.Hour)
	line.look(time.Now())
	line.await(t, phone.Registering)
}

func TestBackoff(t *testing.T) {
	b := backoff{least: 2 * time.Second, most: time.Minute}
	for range 50 {
		b.reset()
		for _, base := range []time.Duration{2, 4, 8, 16, 32, 60, 60, 60} {
			wait := b.next()
			require.LessOrEqual(t, wait, time.Minute)
			if base < 60 {
				require.GreaterOrEqual(t, wait, base*time.Second)
				require.LessOrEqual(t, wait, min(time.Minute, base*time.Second*5/4))
			} else {
				require.GreaterOrEqual(t, wait, 45*time.Second)
			}
		}
	}
}
