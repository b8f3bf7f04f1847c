package sipua

import (
	"context"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/miekg/dns"
	"github.com/stretchr/testify/require"
)

// newDNS returns a resolver whose only server knows these records.
func newDNS(t *testing.T, records ...string) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	known := map[string][]dns.RR{}
	for _, text := range records {
		rr, err := dns.NewRR(text)
		require.NoError(t, err)
		key := strings.ToLower(rr.Header().Name) + dns.TypeToString[rr.Header().Rrtype]
		known[key] = append(known[key], rr)
	}
	started := make(chan struct{})
	server := &dns.Server{PacketConn: conn, NotifyStartedFunc: func() { close(started) }}
	server.Handler = dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		res := new(dns.Msg).SetReply(q)
		name := strings.ToLower(q.Question[0].Name)
		res.Answer = known[name+dns.TypeToString[q.Question[0].Qtype]]
		if len(res.Answer) == 0 && len(known[name+"A"])+len(known[name+"AAAA"]) == 0 {
			res.Rcode = dns.RcodeNameError
		}
		_ = w.WriteMsg(res)
	})
	done := make(chan struct{})
	go func() { _ = server.ActivateAndServe(); close(done) }()
	<-started
	t.Cleanup(func() { _ = server.Shutdown(); <-done })
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func TestServersAreFound(t *testing.T) {
	names := newDNS(
		t,
		"both.test. A 192.0.2.1", "both.test. AAAA 2001:db8::1", "six.test. AAAA 2001:db8::6",
		"_sip._udp.srv.test. SRV 20 0 5070 last.test.", "_sip._udp.srv.test. SRV 10 0 5080 first.test.",
		"_sip._tcp.srv.test. SRV 1 0 5090 first.test.", "_sips._tcp.srv.test. SRV 1 0 5091 first.test.",
		"first.test. A 192.0.2.11", "last.test. A 192.0.2.12", "srv.test. A 192.0.2.99",
		"_sip._udp.none.test. SRV 0 0 0 .", "none.test. A 192.0.2.5",
		"_sip._udp.gone.test. SRV 1 0 5060 nowhere.test.", "gone.test. A 192.0.2.7",
	)
	for name, test := range map[string]struct {
		host      string
		port      int
		transport string
		want      []string
	}{
		"an address":              {"192.0.2.9", 0, "udp", []string{"192.0.2.9:5060"}},
		"TLS":                     {"192.0.2.9", 0, "tls", []string{"192.0.2.9:5061"}},
		"IPv6 in brackets":        {"[2001:db8::9]", 5062, "tcp", []string{"[2001:db8::9]:5062"}},
		"IPv6 as it is":           {"2001:db8::9", 0, "tcp", []string{"[2001:db8::9]:5060"}},
		"A and AAAA":              {"both.test", 0, "udp", []string{"192.0.2.1:5060", "[2001:db8::1]:5060"}},
		"AAAA alone":              {"six.test", 0, "udp", []string{"[2001:db8::6]:5060"}},
		"SRV by priority":         {"srv.test", 0, "udp", []string{"192.0.2.11:5080", "192.0.2.12:5070"}},
		"SRV of TCP":              {"srv.test", 0, "tcp", []string{"192.0.2.11:5090"}},
		"SRV of TLS":              {"srv.test", 0, "tls", []string{"192.0.2.11:5091"}},
		"a port means no SRV":     {"srv.test", 5066, "udp", []string{"192.0.2.99:5066"}},
		"SRV to nowhere":          {"gone.test", 0, "udp", []string{"192.0.2.7:5060"}},
		"no such service at all":  {"none.test", 0, "udp", nil},
		"no such name":            {"no.test", 0, "udp", nil},
		"what cannot be a name":   {"a..b", 0, "udp", nil},
		"nor this, with a space ": {"a b", 0, "udp", nil},
	} {
		t.Run(name, func(t *testing.T) {
			hops, err := resolver{names}.hops(t.Context(), test.host, test.port, test.transport)
			if test.want == nil {
				require.Equal(t, phone.CodeNoServer, phone.CodeOf(err))
				require.ErrorContains(t, err, "server "+test.host+" not found")
				return
			}
			require.NoError(t, err)
			var got []string
			for _, h := range hops {
				got = append(got, h.addr.String())
				require.Equal(t, strings.Trim(test.host, "[]"), h.name)
			}
			if name == "A and AAAA" { // by the routes of this machine (RFC 6724)
				require.ElementsMatch(t, test.want, got)
			} else {
				require.Equal(t, test.want, got)
			}
		})
	}
}

// deadPort returns an address where nobody listens.
func deadPort(t *testing.T) netip.AddrPort {
	t.Helper()
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	require.NoError(t, err)
	defer conn.Close()
	return conn.LocalAddr().(*net.UDPAddr).AddrPort()
}

func TestTheNextServerIsTried(t *testing.T) {
	for _, transport := range []phone.Transport{phone.UDP, phone.TCP} {
		t.Run(string(transport), func(t *testing.T) {
			live := newRegistrar(t, "127.0.0.1:0", nil)
			dead := deadPort(t)
			service := "_sip._" + string(transport) + ".example.test. SRV "
			names := newDNS(t, "h.example.test. A 127.0.0.1",
				service+"1 0 "+strconv.Itoa(int(dead.Port()))+" h.example.test.",
				service+"2 0 "+strconv.Itoa(int(live.Addr().Port()))+" h.example.test.")
			line := newTestLine(t, live.Addr(), func(cfg *EndpointConfig) {
				cfg.Account.Server, cfg.Account.Port, cfg.Account.Transport = "", 0, transport
				cfg.Resolver = names
			})
			line.await(t, phone.Registered)
			live.next(t)
			a, err := line.e.Send(t.Context(), line.e.NewRequest(sip.OPTIONS, sip.Uri{Scheme: "sip", Host: "example.test"}))
			require.NoError(t, err)
			require.Equal(t, live.Addr(), a.to.addr, "later requests begin where the registration is")
			a.Tx.Terminate()
		})
	}
}

func TestTheNextServerIsTriedAfter503(t *testing.T) {
	busy := newRegistrar(t, "127.0.0.1:0", answer(503, "Busy"))
	live := newRegistrar(t, "127.0.0.1:0", nil)
	names := newDNS(t, "h.example.test. A 127.0.0.1",
		"_sip._udp.example.test. SRV 1 0 "+strconv.Itoa(int(busy.Addr().Port()))+" h.example.test.",
		"_sip._udp.example.test. SRV 2 0 "+strconv.Itoa(int(live.Addr().Port()))+" h.example.test.")
	line := newTestLine(t, live.Addr(), func(cfg *EndpointConfig) {
		cfg.Account.Server, cfg.Account.Port, cfg.Resolver = "", 0, names
	})
	line.await(t, phone.Registered)
	require.NotEqual(t, busy.next(t).Via().Params.GetOr("branch", ""), live.next(t).Via().Params.GetOr("branch", ""))
}

func TestNoSuchServer(t *testing.T) {
	line := newTestLine(t, deadPort(t), func(cfg *EndpointConfig) {
		cfg.Account.Server, cfg.Account.Port, cfg.Resolver = "pbx.example.test", 0, newDNS(t)
	})
	line.failed(t, phone.CodeNoServer, "server pbx.example.test not found: no such name")
}
