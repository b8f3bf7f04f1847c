package sipua

import (
	"errors"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

type credentials struct{}

func newCredentials(acc phone.Account, password phone.Secret) *credentials { return &credentials{} }

func (c *credentials) attach(req *sip.Request) {}

// Authorize returns req with credentials for the challenges of a 401 or 407,
// with the next CSeq, to be sent anew. It fails with CodeAuth where they were
// refused for good.
func (e *Endpoint) Authorize(req *sip.Request, res *sip.Response) (*sip.Request, error) {
	return nil, &phone.Error{Code: phone.CodeAuth, Op: "authorize", SIPStatus: int(res.StatusCode), Err: errors.New("wrong password")}
}
