package sipua

import (
	"maps"
	"sync"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// relay is a registrar that hands each MESSAGE on to the account that it is for.
type relay struct {
	*registrar
	mu       sync.Mutex
	contacts map[string]sip.Uri // by user
}

func newRelay(t *testing.T) *relay {
	t.Helper()
	r := &relay{registrar: newRegistrar(t, "127.0.0.1:0", nil), contacts: map[string]sip.Uri{}}
	r.play(func(req *sip.Request) *sip.Response {
		switch req.Method {
		case sip.REGISTER:
			r.mu.Lock()
			defer r.mu.Unlock()
			r.contacts[req.To().Address.User] = *req.Contact().Address.Clone()
			return accept(req)
		case sip.MESSAGE:
			return r.hand(t, req)
		}
		return accept(req)
	})
	return r
}

// hand sends a MESSAGE on, and returns the answer to it.
func (r *relay) hand(t *testing.T, req *sip.Request) *sip.Response {
	r.mu.Lock()
	known := maps.Clone(r.contacts)
	r.mu.Unlock()
	contact, found := known[req.Recipient.User]
	if !found {
		return answer(480, "Temporarily Unavailable")(req)
	}
	on := req.Clone()
	on.Recipient = contact
	for on.RemoveHeader("Via") {
	}
	on.SetDestination("")
	res, err := r.Do(t.Context(), on)
	if err != nil {
		return answer(408, "Request Timeout")(req)
	}
	back := sip.NewResponseFromRequest(req, res.StatusCode, res.Reason, nil)
	sip.CopyHeaders("Accept", res, back)
	return back
}

// writer is an agent with one account, and what it is told.
type writer struct {
	*Agent
	*inbox
	acc phone.Account
	t   *testing.T
}

// newWriter returns the account user@example.test, registered at a server.
func newWriter(t *testing.T, server *registrar, user string, change func(*phone.Account)) *writer {
	t.Helper()
	x := &writer{t: t}
	x.Agent, x.inbox, x.acc = newAgentAt(t, server)
	x.acc.Address = user + "@example.test"
	if change != nil {
		change(&x.acc)
	}
	x.Open(x.acc, phone.NewSecret("open sesame"))
	x.inbox.await(t, x.acc.ID, phone.Registered)
	return x
}

// send sends a text to a user, and returns where its result comes.
func (x *writer) send(user string, text phone.OutgoingText) <-chan phone.TextResult {
	x.t.Helper()
	text.Target = phone.Target{URI: "sip:" + user + "@example.test"}
	results := make(chan phone.TextResult, 2)
	x.Text(x.acc.ID, text, func(r phone.TextResult) { results <- r })
	return results
}

// result returns what came of a text.
func result(t *testing.T, results <-chan phone.TextResult) phone.TextResult {
	t.Helper()
	select {
	case r := <-results:
		return r
	case <-time.After(patience):
		require.FailNow(t, "no result")
		return phone.TextResult{}
	}
}

// next returns the next text that is told.
func (x *writer) next() phone.IncomingText {
	x.t.Helper()
	select {
	case in := <-x.texts:
		return in
	case <-time.After(patience):
		require.FailNow(x.t, "no text came")
		return phone.IncomingText{}
	}
}

// message returns the next MESSAGE that came to a server.
func (r *registrar) message(t *testing.T) *sip.Request {
	t.Helper()
	for {
		if req := r.next(t); req.Method == sip.MESSAGE {
			return req
		}
	}
}
