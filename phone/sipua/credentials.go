package sipua

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/icholy/digest"
)

// rememberedNonces is how many challenges are kept for later requests.
const rememberedNonces = 32

// credentials answers challenges for one account and remembers them, so that
// later requests bring their credentials at once. Any goroutine; mu guards what
// is remembered.
type credentials struct {
	user     string
	password phone.Secret

	mu     sync.Mutex
	nonces []*nonce // the newest last
}

// nonce is a challenge that was answered.
type nonce struct {
	challenge
	// register is set where a REGISTER was challenged: a registrar's challenge
	// says nothing about calls.
	register bool
	// count is how often the nonce was used (nc), by whatever request.
	count *int
	// reused is set once a request brought it that was not itself challenged.
	reused bool
	// renewed is set where it came in place of one that had become stale.
	renewed bool
}

func newCredentials(acc phone.Account, password phone.Secret) *credentials {
	user, _, _ := strings.Cut(acc.Address, "@")
	if acc.AuthUser != "" {
		user = acc.AuthUser
	}
	return &credentials{user: user, password: password}
}

// attach puts the credentials that earlier requests were asked for into req.
func (c *credentials) attach(req *sip.Request) {
	if req.Method == sip.CANCEL || req.Method == sip.ACK {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, n := range slices.Backward(c.nonces) {
		if n.register != (req.Method == sip.REGISTER) || !n.covers(req.Recipient) {
			continue
		}
		if given(req, n.kind, n.Realm) == "" && c.give(req, n) == nil {
			n.reused = true
		}
	}
}

// covers tells whether a challenge holds for a request to uri (RFC 7616, 3.3, domain).
func (n *nonce) covers(uri sip.Uri) bool {
	return len(n.Domain) == 0 || slices.ContainsFunc(n.Domain, func(text string) bool {
		var in sip.Uri
		return sip.ParseUri(text, &in) == nil && strings.EqualFold(in.Host, uri.Host)
	})
}

// answer puts credentials for the challenges of res into req, which is the one
// that was challenged with its CSeq advanced. It fails with CodeAuth where the
// server refused credentials that were fresh.
func (c *credentials) answer(req *sip.Request, res *sip.Response) error {
	challenges, asked := chosen(res)
	switch {
	case len(challenges) == 0 && asked:
		return c.refused(phone.CodeRefused, res, "the server asks for an authentication that is not known here")
	case len(challenges) == 0:
		return c.refused(phone.CodeRefused, res, "the server asks for credentials and does not say which")
	case c.password.Empty():
		return c.refused(phone.CodeAuth, res, "the server asks for a password and the account has none")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, ch := range challenges {
		prior := c.find(given(req, ch.kind, ch.Realm))
		if given(req, ch.kind, ch.Realm) != "" && conclusive(ch, prior) {
			c.nonces = slices.DeleteFunc(c.nonces, func(n *nonce) bool { return n.kind == ch.kind && n.Realm == ch.Realm })
			return c.refused(phone.CodeAuth, res, "wrong password")
		}
		c.remember(&nonce{
			challenge: ch, register: req.Method == sip.REGISTER,
			renewed: ch.Stale && prior != nil,
		})
	}
	// All are computed anew: none may be sent twice with the same count.
	for _, n := range slices.Backward(c.nonces) {
		asked := slices.ContainsFunc(challenges, func(ch challenge) bool { return ch.kind == n.kind && ch.Nonce == n.Nonce })
		if n.register != (req.Method == sip.REGISTER) || !asked && given(req, n.kind, n.Realm) != n.Nonce {
			continue
		}
		if err := c.give(req, n); err != nil {
			return c.refused(phone.CodeRefused, res, err.Error())
		}
	}
	return nil
}

// conclusive tells whether a new challenge says that the credentials given for the one
// before were wrong, and not merely old.
func conclusive(ch challenge, prior *nonce) bool {
	switch {
	case prior == nil: // forgotten: it was old
		return false
	case ch.Stale:
		return prior.renewed && !prior.reused // stale again at its first use
	}
	return !prior.reused || ch.Nonce == prior.Nonce
}

// give puts credentials for n into req, in place of those for the same realm.
func (c *credentials) give(req *sip.Request, n *nonce) error {
	*n.count++
	ch := n.Challenge
	if slices.Contains(ch.QOP, "auth") {
		ch.QOP = []string{"auth"} // what rewrites bodies on the way would break auth-int
	}
	cred, err := digest.Digest(&ch, digest.Options{
		Method: req.Method.String(), URI: req.Recipient.String(), Count: *n.count,
		Username: c.user, Password: c.password.Reveal(),
		GetBody: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(req.Body())), nil },
	})
	if err != nil {
		return fmt.Errorf("the challenge cannot be answered: %w", err)
	}
	var others []sip.Header
	for _, h := range req.GetHeaders(n.gives) {
		if realmOf(h.Value()) != n.Realm {
			others = append(others, h)
		}
	}
	for req.RemoveHeader(n.gives) {
	}
	for _, h := range append(others, sip.NewHeader(n.gives, cred.String())) {
		req.AppendHeader(h)
	}
	return nil
}

func (c *credentials) remember(n *nonce) {
	n.count = new(int)
	if same := c.find(n.Nonce); same != nil {
		n.count = same.count
	}
	c.nonces = slices.DeleteFunc(c.nonces, func(old *nonce) bool {
		return old.kind == n.kind && old.Realm == n.Realm && old.register == n.register && old.Nonce == n.Nonce
	})
	if c.nonces = append(c.nonces, n); len(c.nonces) > rememberedNonces {
		c.nonces = c.nonces[1:]
	}
}

// find returns what is remembered of a nonce, or nil.
func (c *credentials) find(value string) *nonce {
	for _, n := range slices.Backward(c.nonces) {
		if n.Nonce == value {
			return n
		}
	}
	return nil
}

func (c *credentials) refused(code phone.Code, res *sip.Response, why string) error {
	return &phone.Error{Code: code, Op: "authorize", SIPStatus: res.StatusCode, Err: errors.New(why)}
}

// given returns the nonce of the credentials that req holds for a realm; "" for none.
func given(req *sip.Request, k kind, realm string) string {
	for _, h := range req.GetHeaders(k.gives) {
		for _, c := range parseChallenges(h.Value()) { // credentials have the same form
			if c.Realm == realm {
				return c.Nonce
			}
		}
	}
	return ""
}

func realmOf(credentials string) string {
	for _, c := range parseChallenges(credentials) {
		return c.Realm
	}
	return ""
}

// Authorize returns req with credentials for the challenges of a 401 or 407 and
// the next CSeq, to be sent anew. Errors: CodeAuth where the server refused
// credentials that were computed for its own challenge, or there is no password;
// CodeRefused for a challenge that cannot be met.
func (e *Endpoint) Authorize(req *sip.Request, res *sip.Response) (*sip.Request, error) {
	again := req.Clone()
	for again.RemoveHeader("Via") {
	}
	if cseq := again.CSeq(); cseq != nil {
		cseq.SeqNo++
	}
	if err := e.creds.answer(again, res); err != nil {
		return nil, err
	}
	return again, nil
}
