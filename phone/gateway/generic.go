package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

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
	method := g.gateway.Method
	if method == "" {
		method = http.MethodPost
	}
	body := ""
	if method != http.MethodGet {
		body = fill(g.gateway.Body, values, escapeFor(header.Get("Content-Type")))
	}
	a, err := g.do(ctx, method, fill(g.gateway.URL, values, inURL), header, body, nil)
	if err != nil {
		return phone.TextResult{State: phone.TextWaiting, Err: err}
	}
	if after, is := a.later(); is {
		return phone.TextResult{Status: a.status, State: phone.TextWaiting, After: after, Err: a.busy()}
	}
	switch {
	case a.status/100 == 2:
		return phone.TextResult{Status: a.status, State: phone.TextSent, Ref: lookUp(a.body, g.gateway.Reference)}
	case a.status == http.StatusUnauthorized:
		return phone.TextResult{Status: a.status, State: phone.TextWaiting, Err: &phone.Error{
			Code: phone.CodeAuth, Op: "text", Err: errors.New("the gateway does not take the user or the secret: correct them in Settings, Texts"),
		}}
	}
	if said := firstLine(a.body, g.secret); said != "" {
		return phone.TextResult{Status: a.status, State: phone.TextFailed, Err: refused("the gateway refuses the text (%d): %s", a.status, said)}
	}
	return phone.TextResult{Status: a.status, State: phone.TextFailed, Err: refused("the gateway refuses the text (%d)", a.status)}
}

// status knows nothing of what becomes of a text.
func (generic) status(context.Context, string) (phone.TextOutcome, bool, error) {
	return phone.TextOutcome{State: phone.TextSent}, true, nil
}

// received knows of no texts that came.
func (generic) received(context.Context, time.Time) ([]phone.GatewayMessage, error) { return nil, nil }

// lookUp returns what stands at a path of a JSON answer, such as messages.0.id; "" where nothing does.
func lookUp(body []byte, path string) string {
	if path == "" {
		return ""
	}
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.UseNumber()
	var at any
	if decoder.Decode(&at) != nil {
		return ""
	}
	for step := range strings.SplitSeq(path, ".") {
		switch in := at.(type) {
		case map[string]any:
			at = in[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(in) {
				return ""
			}
			at = in[i]
		default:
			return ""
		}
	}
	switch found := at.(type) {
	case string:
		return found
	case json.Number:
		return found.String()
	}
	return ""
}

// maxSaid is how much of what a provider says of a failure is shown.
const maxSaid = 200

// firstLine is the first line of an answer that is text for a person: without markup, and without the secret.
func firstLine(body []byte, secret phone.Secret) string {
	text := strings.TrimSpace(strings.ToValidUTF8(string(body), ""))
	if strings.HasPrefix(text, "<") {
		return ""
	}
	text, _, _ = strings.Cut(text, "\n")
	if !secret.Empty() {
		text = strings.ReplaceAll(text, secret.Reveal(), secret.String())
	}
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
	if runes := []rune(text); len(runes) > maxSaid {
		text = string(runes[:maxSaid]) + "…"
	}
	return text
}
