package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
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
	// twilioPages is how many pages of a hundred are read at a time.
	twilioPages = 50
)

// twilio speaks Twilio's Messages API.
type twilio struct {
	*client
	base string
}

func newTwilio(c *client) *twilio {
	base := strings.TrimRight(c.gateway.URL, "/")
	if base == "" {
		base = twilioURL
	}
	return &twilio{c, base}
}

// twilioMessage is a message as the API has it.
type twilioMessage struct {
	SID          string `json:"sid"`
	Status       string `json:"status"`
	Direction    string `json:"direction"`
	From         string `json:"from"`
	To           string `json:"to"`
	Body         string `json:"body"`
	Media        string `json:"num_media"`
	Sent         string `json:"date_sent"`
	Created      string `json:"date_created"`
	ErrorCode    *int   `json:"error_code"`
	ErrorMessage string `json:"error_message"`
}

// twilioError is what a failure says.
type twilioError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// twilioPage is a list of messages, newest first.
type twilioPage struct {
	Messages []twilioMessage `json:"messages"`
	Next     string          `json:"next_page_uri"`
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
		found, err := t.find(ctx, text)
		if err != nil {
			return t.unsent(err)
		}
		if found != nil {
			return phone.TextResult{Status: http.StatusCreated, State: phone.TextSent, Ref: found.SID}
		}
	}
	form := url.Values{"To": {text.To}, "From": {text.From}, "Body": {text.Body}}
	a, err := t.do(ctx, http.MethodPost, t.messages()+".json", http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, form.Encode(), t.sign)
	if err == nil {
		err = t.fault(a)
	}
	if err != nil {
		return t.unsent(err)
	}
	var m twilioMessage
	if err := json.Unmarshal(a.body, &m); err != nil || m.SID == "" { // it has taken the text all the same
		return phone.TextResult{Status: a.status, State: phone.TextSent}
	}
	return phone.TextResult{Status: a.status, State: phone.TextSent, Ref: m.SID}
}

// unsent is the result of a text that was not taken: it waits, but where it is the text that is wrong.
func (t *twilio) unsent(err error) phone.TextResult {
	r := phone.TextResult{State: phone.TextWaiting, Err: err}
	if phone.CodeOf(err) == phone.CodeRefused {
		r.State = phone.TextFailed
	}
	var busy *busyError
	if errors.As(err, &busy) {
		r.After = busy.after
	}
	return r
}

// find looks for a text that may have been taken, though its answer was lost.
func (t *twilio) find(ctx context.Context, text phone.GatewayText) (*twilioMessage, error) {
	since := text.Tried.Add(-time.Minute)
	list, err := t.list(ctx, url.Values{"To": {text.To}, "From": {text.From}, "DateSent>": {since.UTC().Format(time.DateOnly)}}, since)
	for _, m := range list {
		if m.Body == text.Body && !m.time().Before(since) && m.Direction != "inbound" {
			return &m, nil
		}
	}
	return nil, err
}

// list returns messages that a query chooses, newest first, until those from before a moment.
func (t *twilio) list(ctx context.Context, query url.Values, since time.Time) ([]twilioMessage, error) {
	query.Set("PageSize", "100")
	address := t.messages() + ".json?" + query.Encode()
	var all []twilioMessage
	for range twilioPages {
		a, err := t.do(ctx, http.MethodGet, address, nil, "", t.sign)
		if err == nil {
			err = t.fault(a)
		}
		if err != nil {
			return nil, err
		}
		var page twilioPage
		if err := json.Unmarshal(a.body, &page); err != nil {
			return nil, &phone.Error{Code: phone.CodeMalformed, Op: "text", Err: errors.New("the gateway's list of texts cannot be read")}
		}
		all = append(all, page.Messages...)
		if page.Next == "" || !strings.HasPrefix(page.Next, "/") || len(page.Messages) == 0 || page.Messages[len(page.Messages)-1].time().Before(since) {
			break
		}
		address = t.base + page.Next
	}
	return all, nil
}

// time is when a message was sent, or came.
func (m twilioMessage) time() time.Time {
	for _, text := range []string{m.Sent, m.Created} {
		if at, err := time.Parse(time.RFC1123Z, text); err == nil {
			return at
		}
	}
	return time.Now() // not sent yet
}

func (t *twilio) received(ctx context.Context, since time.Time) ([]phone.GatewayMessage, error) {
	list, err := t.list(ctx, url.Values{"To": {t.gateway.Number}, "DateSent>": {since.UTC().Format(time.DateOnly)}}, since)
	if err != nil {
		return nil, err
	}
	var came []phone.GatewayMessage
	for _, m := range slices.Backward(list) {
		if m.Direction != "inbound" || m.SID == "" || m.time().Before(since) {
			continue
		}
		media := 0
		if _, err := fmt.Sscan(m.Media, &media); err != nil {
			media = 0
		}
		came = append(came, phone.GatewayMessage{Ref: m.SID, From: m.From, To: m.To, Body: m.Body, Media: media, Time: m.time()})
	}
	return came, nil
}

func (t *twilio) status(ctx context.Context, ref string) (phone.TextOutcome, bool, error) {
	a, err := t.do(ctx, http.MethodGet, t.messages()+"/"+url.PathEscape(ref)+".json", nil, "", t.sign)
	if err == nil {
		err = t.fault(a)
	}
	var m twilioMessage
	if err == nil {
		err = json.Unmarshal(a.body, &m)
	}
	if err != nil {
		return phone.TextOutcome{}, false, err
	}
	o := phone.TextOutcome{State: phone.TextSent, At: time.Now()}
	switch m.Status {
	case "delivered", "read":
		o.State = phone.TextDelivered
		return o, true, nil
	case "undelivered", "failed", "canceled":
		o.State, o.Reason = phone.TextFailed, m.why()
		return o, true, nil
	}
	return o, false, nil
}

// why says why a message was not delivered.
func (m twilioMessage) why() string {
	code := 0
	if m.ErrorCode != nil {
		code = *m.ErrorCode
	}
	if text := twilioErrors[code]; text != "" {
		return text
	}
	return fmt.Sprintf("The provider could not deliver it (error %d).", code)
}

// twilioErrors are what numbers of errors mean for the agent.
var twilioErrors = map[int]string{
	21211: "The number is none that can be texted.",
	21408: "The provider does not let you text this country.",
	21610: "This number has told the provider STOP.",
	21612: "The provider has no way to this number.",
	21614: "The number is no mobile number.",
	30003: "The other side's phone is switched off or away.",
	30004: "The other side blocks your texts.",
	30005: "Nobody has this number.",
	30006: "The number is a landline, or its network takes no texts.",
	30007: "The network took the text for spam.",
}

// fault says what an answer that is no success means: about the text with CodeRefused, about the account with CodeAuth.
func (t *twilio) fault(a answer) error {
	if a.status/100 == 2 {
		return nil
	}
	if _, is := a.later(); is {
		return a.busy()
	}
	var said twilioError
	_ = json.Unmarshal(a.body, &said) // what is no JSON has no number
	switch {
	case a.status == http.StatusUnauthorized, said.Code == 20003:
		return &phone.Error{Code: phone.CodeAuth, Op: "text", Err: errors.New("the gateway does not take the Account SID or the auth token: correct them in Settings, Texts")}
	case twilioErrors[said.Code] != "":
		return &phone.Error{Code: phone.CodeRefused, Op: "text", Err: errors.New(twilioErrors[said.Code])}
	case said.Message != "":
		return refused("Twilio refuses the text: %s (%d)", firstLine([]byte(said.Message), t.secret), said.Code)
	}
	return refused("Twilio refuses the text (%d)", a.status)
}

func refused(format string, args ...any) error {
	return &phone.Error{Code: phone.CodeRefused, Op: "text", Err: fmt.Errorf(format, args...)}
}
