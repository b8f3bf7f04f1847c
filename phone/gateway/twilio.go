package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf16"

	"github.com/callward/callward/phone"
)

const (
	// twilioURL is the API, twilioVersion the version of it that is spoken.
	twilioURL     = "https://api.twilio.com"
	twilioVersion = "/2010-04-01"
	// twilioMost is how long a text may be, in UTF-16 code units.
	twilioMost = 1600
	// twilioPage is how many messages a page has; with the longest texts it stays below maxAnswer. twilioPages is how many
	// pages are read at most.
	twilioPage, twilioPages = "50", 2000
)

// twilio speaks Twilio's Messages API. mu guards taken.
type twilio struct {
	*client
	base string

	mu sync.Mutex
	// taken are the messages that are known to be texts which were sent, with when that was known: none of them is another one.
	taken map[string]time.Time
}

func newTwilio(c *client) *twilio {
	base := strings.TrimRight(c.gateway.URL, "/")
	if base == "" {
		base = twilioURL
	}
	return &twilio{client: c, base: base, taken: map[string]time.Time{}}
}

func (t *twilio) messages() string {
	return t.base + twilioVersion + "/Accounts/" + url.PathEscape(t.gateway.User) + "/Messages"
}

func (t *twilio) sign(req *http.Request) { req.SetBasicAuth(t.gateway.User, t.secret.Reveal()) }

func (t *twilio) send(ctx context.Context, text phone.GatewayText) phone.TextResult {
	if len(utf16.Encode([]rune(text.Body))) > twilioMost {
		return phone.TextResult{State: phone.TextFailed, Err: refused("Twilio takes texts of %d characters at most", twilioMost)}
	}
	if !text.Tried.IsZero() {
		ref, err := t.find(ctx, text)
		if err != nil {
			return waiting(err)
		}
		if ref != "" {
			return t.sent(ref)
		}
	}
	form := url.Values{"To": {text.To}, "From": {text.From}, "Body": {text.Body}}
	a, err := t.do(ctx, http.MethodPost, t.messages()+".json", http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, form.Encode(), t.sign)
	if err == nil {
		err = t.fault(a)
	}
	if phone.CodeOf(err) == phone.CodeRefused {
		return phone.TextResult{Status: a.status, State: phone.TextFailed, Err: err}
	}
	if err != nil {
		return waiting(err)
	}
	var m twilioMessage
	_ = json.Unmarshal(a.body, &m) // it has taken the text, whatever it says of it
	return t.sent(m.SID)
}

// sent is the result of a text that is there as a message.
func (t *twilio) sent(ref string) phone.TextResult {
	t.mu.Lock()
	defer t.mu.Unlock()
	for known, at := range t.taken {
		if time.Since(at) > 2*lookBack {
			delete(t.taken, known)
		}
	}
	t.taken[ref] = time.Now()
	return phone.TextResult{Status: http.StatusCreated, State: phone.TextSent, Ref: ref}
}

// find looks for a text that may have been taken, though its answer was lost; "" where it is not there. It does not ask by
// DateSent, which a message that still waits there has not.
func (t *twilio) find(ctx context.Context, text phone.GatewayText) (ref string, err error) {
	since := func() time.Time { return text.Tried.Add(time.Duration(t.skew.Load()) - time.Minute) }
	list, err := t.list(ctx, url.Values{"To": {text.To}, "From": {text.From}}, since)
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, m := range slices.Backward(list) {
		_, taken := t.taken[m.SID]
		if !taken && m.has(text.Body) && m.Direction != "inbound" && !m.created().Before(since()) {
			return m.SID, nil
		}
	}
	return "", err
}

// list returns messages that a query chooses, newest first, until those from before a moment.
func (t *twilio) list(ctx context.Context, query url.Values, since func() time.Time) ([]twilioMessage, error) {
	query.Set("PageSize", twilioPage)
	address := t.messages() + ".json?" + query.Encode()
	var all []twilioMessage
	for range twilioPages {
		var page twilioList
		if err := t.get(ctx, address, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Messages...)
		if !strings.HasPrefix(page.Next, "/") || len(page.Messages) == 0 || page.Messages[len(page.Messages)-1].created().Before(since()) {
			break
		}
		address = t.base + page.Next
	}
	return all, nil
}

// get reads what is at an address.
func (t *twilio) get(ctx context.Context, address string, into any) error {
	a, err := t.do(ctx, http.MethodGet, address, nil, "", t.sign)
	if err == nil {
		err = t.fault(a)
	}
	if err != nil {
		return err
	}
	if json.Unmarshal(a.body, into) != nil {
		return &phone.Error{Code: phone.CodeMalformed, Op: "text", Err: errors.New("the gateway's answer cannot be read")}
	}
	return nil
}

func (t *twilio) received(ctx context.Context, since time.Time) ([]phone.GatewayMessage, error) {
	query := url.Values{"To": {t.gateway.Number}, "DateSent>": {since.UTC().Format(time.DateOnly)}}
	list, err := t.list(ctx, query, func() time.Time { return since })
	if err != nil {
		return nil, err
	}
	var came []phone.GatewayMessage
	for _, m := range slices.Backward(list) {
		if m.Direction != "inbound" || m.SID == "" || m.created().Before(since) {
			continue
		}
		media, err := strconv.Atoi(m.Media)
		if err != nil {
			media = 0
		}
		came = append(came, phone.GatewayMessage{Ref: m.SID, From: m.From, To: m.To, Body: m.Body, Media: media, Time: m.created()})
	}
	return came, nil
}

func (t *twilio) status(ctx context.Context, ref string) (phone.TextOutcome, bool, error) {
	var m twilioMessage
	if err := t.get(ctx, t.messages()+"/"+url.PathEscape(ref)+".json", &m); err != nil {
		return phone.TextOutcome{}, false, err
	}
	o := phone.TextOutcome{State: phone.TextSent, At: time.Now()}
	switch m.Status {
	case "delivered", "read":
		o.State = phone.TextDelivered
		return o, true, nil
	case "undelivered", "failed", "canceled":
		o.State, o.Reason = phone.TextFailed, phone.Sentence(m.fault())
		return o, true, nil
	}
	return o, false, nil
}
