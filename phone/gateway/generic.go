package gateway

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// generic makes a request of the gateway's template.
type generic struct{ *client }

func (g generic) send(ctx context.Context, text phone.GatewayText) phone.TextResult {
	values := map[string]string{
		"to": text.To, "from": text.From, "text": text.Body, "id": string(text.ID), "user": g.gateway.User, "secret": g.secret.Reveal(),
	}
	header := http.Header{}
	for line := range strings.Lines(g.gateway.Headers) {
		if name, value, found := strings.Cut(strings.TrimSpace(line), ":"); found {
			header.Add(strings.TrimSpace(name), fill(strings.TrimSpace(value), values, inHeader))
		}
	}
	method, body := g.gateway.Method, ""
	if method == "" {
		method = http.MethodPost
	}
	if method != http.MethodGet {
		if g.gateway.Body != "" && header.Get("Content-Type") == "" {
			header.Set("Content-Type", usualType(g.gateway.Body, values))
		}
		body = fill(g.gateway.Body, values, escapeFor(header.Get("Content-Type")))
	}
	a, err := g.do(ctx, method, fill(g.gateway.URL, values, inURL), header, body, nil)
	if err != nil {
		return waiting(err)
	}
	if err = g.fault(a); phone.CodeOf(err) == phone.CodeRefused {
		return phone.TextResult{Status: a.status, State: phone.TextFailed, Err: err}
	}
	if err != nil {
		return waiting(err)
	}
	return phone.TextResult{Status: a.status, State: phone.TextSent, Ref: lookUp(a.body, g.gateway.Reference)}
}

// fault says what an answer that is no success means: about the text with CodeRefused, about the account with CodeAuth.
func (g generic) fault(a answer) error {
	if a.status/100 == 2 {
		return nil
	}
	if err := a.busy(); err != nil {
		return err
	}
	if a.status == http.StatusUnauthorized {
		return &phone.Error{Code: phone.CodeAuth, Op: "text", Err: errors.New("the user or the secret of the gateway")}
	}
	if said := firstLine(a.body, g.secret); said != "" {
		return refused("the gateway refuses the text (%d): %s", a.status, said)
	}
	return refused("the gateway refuses the text (%d)", a.status)
}

// status knows nothing of what becomes of a text.
func (generic) status(context.Context, string) (phone.TextOutcome, bool, error) {
	return phone.TextOutcome{State: phone.TextSent}, true, nil
}

// received knows of no texts that came.
func (generic) received(context.Context, time.Time) ([]phone.GatewayMessage, error) { return nil, nil }
