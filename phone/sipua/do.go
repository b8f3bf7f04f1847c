package sipua

import (
	"context"
	"time"

	"github.com/emiago/sipgo/sip"
)

// maxChallenges is how often one request may be asked for credentials.
const maxChallenges = 6

// Do sends a request that is no INVITE and returns its final answer, having
// tried all servers and given credentials where they were asked for. Errors:
// those of Send and Authorize, and CodeNoAnswer.
func (e *Endpoint) Do(ctx context.Context, req *sip.Request) (*sip.Response, error) {
	res, _, err := e.do(ctx, req)
	return res, err
}

// do is Do, and returns the request as it was last sent besides.
func (e *Endpoint) do(ctx context.Context, req *sip.Request) (*sip.Response, *sip.Request, error) {
	a, err := e.Send(ctx, req)
	for challenges := 0; err == nil; {
		req = a.Request
		var res *sip.Response
		res, err = e.final(ctx, a)
		switch {
		case err != nil && (len(a.rest) == 0 || ctx.Err() != nil):
			return nil, req, err
		case err != nil || res.StatusCode == sip.StatusServiceUnavailable && len(a.rest) > 0:
			a, err = e.Next(ctx, a)
		case isChallenge(res) && challenges < maxChallenges:
			challenges++
			var again *sip.Request
			if again, err = e.Authorize(req, res); err == nil {
				req = again // it may leave even where that fails
				a, err = e.attempt(ctx, again, append([]hop{a.to}, a.rest...))
			}
		default:
			return res, req, nil
		}
	}
	return nil, req, err
}

func isChallenge(res *sip.Response) bool {
	return res.StatusCode == sip.StatusUnauthorized || res.StatusCode == sip.StatusProxyAuthRequired
}

// final waits for the final answer of an attempt.
func (e *Endpoint) final(ctx context.Context, a *Attempt) (*sip.Response, error) {
	defer a.Tx.Terminate()
	patience := e.cfg.Timing.Answer
	if a.Request.Method == sip.MESSAGE {
		patience = e.cfg.Timing.Text
	}
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	for {
		select {
		case res := <-a.Tx.Responses():
			if !res.IsProvisional() {
				if a.Request.Method == sip.REGISTER {
					e.learn(res)
				}
				return res, nil
			}
			timeout.Reset(patience)
		case <-a.Tx.Done():
			e.doubt(a)
			return nil, failedTo("send", a.to, a.Tx.Err())
		case <-timeout.C:
			e.doubt(a)
			return nil, noAnswer("send", a.to)
		case <-ctx.Done():
			return nil, noAnswer("send", a.to)
		}
	}
}

// doubt closes the connection that a REGISTER had no answer on: a NAT that forgot it, or
// a server that lost its power, would leave the next ones without answer too, for as
// long as the system takes to give it up.
func (e *Endpoint) doubt(a *Attempt) {
	if a.Request.Method != sip.REGISTER {
		return
	}
	e.mu.Lock()
	s := e.streams[a.to.flow()]
	e.mu.Unlock()
	if s != nil {
		_ = s.Close() // it may be broken: that is why
	}
}
