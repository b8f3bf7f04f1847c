package sipua

import (
	"context"
	"net/netip"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

const patience = 10 * time.Second

// quick are waits for tests.
var quick = Timing{
	Answer: 400 * time.Millisecond, Text: 2 * time.Second, Connect: time.Second,
	RetryMin: 20 * time.Millisecond, RetryMax: 80 * time.Millisecond, Watch: 20 * time.Millisecond,
}

// registrar is a server that answers each REGISTER by a script and keeps what came.
type registrar struct {
	*Endpoint
	came chan *sip.Request
	mu   sync.Mutex
	// script answers; nil accepts.
	script func(req *sip.Request) *sip.Response
}

// newRegistrar returns a registrar at addr, IP:PORT.
func newRegistrar(t *testing.T, addr string, script func(*sip.Request) *sip.Response) *registrar {
	t.Helper()
	r := &registrar{came: make(chan *sip.Request, 100), script: script}
	var err error
	r.Endpoint, err = NewEndpoint(EndpointConfig{Account: phone.Account{Address: "server@example.test"}, Listen: addr})
	require.NoError(t, err)
	r.OnRequest(func(req *sip.Request, tx sip.ServerTransaction) {
		r.mu.Lock()
		script := r.script
		r.mu.Unlock()
		if script == nil {
			script = accept
		}
		res := script(req)
		r.came <- req
		if res != nil {
			_ = tx.Respond(res)
		}
	})
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func (r *registrar) play(script func(*sip.Request) *sip.Response) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.script = script
}

func (r *registrar) next(t *testing.T) *sip.Request {
	t.Helper()
	select {
	case req := <-r.came:
		return req
	case <-time.After(patience):
		require.FailNow(t, "no request came")
		return nil
	}
}

// accept answers 200 and echoes the Contacts that stay.
func accept(req *sip.Request) *sip.Response {
	res := sip.NewResponseFromRequest(req, 200, "OK", nil)
	for _, h := range req.GetHeaders("Contact") {
		if contact := h.(*sip.ContactHeader).Clone(); contact.Params.GetOr("expires", "") != "0" {
			contact.Params.Add("expires", expiresOf(req))
			res.AppendHeader(contact)
		}
	}
	return res
}

func expiresOf(req *sip.Request) string {
	if h := req.GetHeader("Expires"); h != nil {
		return h.Value()
	}
	return ""
}

// answer returns a script that gives always the same answer, with headers.
func answer(status int, reason string, headers ...sip.Header) func(*sip.Request) *sip.Response {
	return func(req *sip.Request) *sip.Response {
		res := sip.NewResponseFromRequest(req, status, reason, nil)
		for _, h := range headers {
			res.AppendHeader(h)
		}
		return res
	}
}

// news is a state of a registration as it was reported.
type news struct {
	state phone.RegistrationState
	err   error
}

// line is a registration under test.
type testLine struct {
	*registration
	news chan news
	stop func()
}

// newTestLine runs a registration of alice at the server at addr.
func newTestLine(t *testing.T, addr netip.AddrPort, change func(*EndpointConfig)) *testLine {
	t.Helper()
	cfg := EndpointConfig{
		Account: phone.Account{
			Address: "alice@example.test", Server: addr.Addr().String(), Port: int(addr.Port()),
			Transport: phone.UDP,
		},
		Password: phone.NewSecret("open sesame"),
		Timing:   quick,
	}
	if change != nil {
		change(&cfg)
	}
	e, err := NewEndpoint(cfg)
	require.NoError(t, err)
	l := &testLine{news: make(chan news, 100)}
	l.registration = newRegistration(e, func(state phone.RegistrationState, err error) { l.news <- news{state, err} })
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = e.Run(ctx) })
	running.Go(func() { _ = l.Run(ctx) })
	l.stop = sync.OnceFunc(func() {
		cancel()
		running.Wait()
		_ = e.Close()
	})
	t.Cleanup(l.stop)
	return l
}

// await returns the first news of a state.
func (l *testLine) await(t *testing.T, state phone.RegistrationState) news {
	t.Helper()
	for {
		select {
		case n := <-l.news:
			if n.state == state {
				return n
			}
		case <-time.After(patience):
			require.FailNow(t, "not "+string(state))
		}
	}
}

// failed awaits a failure and checks its class and words.
func (l *testLine) failed(t *testing.T, code phone.Code, words ...string) {
	t.Helper()
	err := l.await(t, phone.Failed).err
	require.Equal(t, code, phone.CodeOf(err), "%v", err)
	for _, w := range words {
		require.ErrorContains(t, err, w)
	}
}

func contactOf(req *sip.Request) string {
	h := req.GetHeaders("Contact")[0].(*sip.ContactHeader)
	return h.Address.Host + ":" + strconv.Itoa(h.Address.Port)
}
