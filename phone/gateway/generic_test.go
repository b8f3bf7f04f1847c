package gateway_test

import (
	"encoding/json"
	"encoding/pem"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// nasty has what each place has to escape.
const nasty = `{secret} "x" \ & <b> 'y' = + % # ; 👍` + "\r\nX-Evil: 1\n\x01"

// provider is a server over TLS that answers as it is told, and the gateway for it.
type provider struct {
	phone.Gateway
	requests chan *http.Request
	bodies   chan string
}

func newProvider(t *testing.T, answer http.HandlerFunc) provider {
	t.Helper()
	p := provider{requests: make(chan *http.Request, 10), bodies: make(chan string, 10)}
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body) // a part of it is seen as such
		p.requests <- r
		p.bodies <- string(body)
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600))
	p.Gateway = phone.Gateway{ID: "g1", Name: "Mine", Kind: phone.HTTPGateway, Number: own, User: "me & you", URL: s.URL + "/send", CAFile: file}
	return p
}

// send sends a text by a gateway, with a secret that has to be escaped.
func (p provider) send(t *testing.T, body string) phone.TextResult {
	t.Helper()
	r := newRig(t, quick)
	r.Open(p.Gateway, phone.NewSecret(secret))
	text := hello(other)
	text.Body = body
	result := r.send(t, text)
	require.NotContains(t, r.log.String(), secret)
	return result
}

const secret = `s3"cr&et`

func saying(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text) // who asked may be gone
	}
}

// TestTemplatesEscapeByPlace has each value arrive whole, wherever it stands.
func TestTemplatesEscapeByPlace(t *testing.T) {
	const form = "to={to}&text={text}&key={secret}"
	const object = `{"to": "{to}", "text": "{text}", "key": "{secret}"}`
	fromForm := func(t *testing.T, body string) [3]string {
		v, err := url.ParseQuery(body)
		require.NoError(t, err)
		return [3]string{v.Get("to"), v.Get("text"), v.Get("key")}
	}
	fromJSON := func(t *testing.T, body string) [3]string {
		var v struct{ To, Text, Key string }
		require.NoError(t, json.Unmarshal([]byte(body), &v))
		return [3]string{v.To, v.Text, v.Key}
	}
	fromXML := func(t *testing.T, body string) [3]string {
		var v struct {
			To   string `xml:"to"`
			Text string `xml:"text"`
			Key  string `xml:"key,attr"`
		}
		require.NoError(t, xml.Unmarshal([]byte(body), &v))
		return [3]string{v.To, v.Text, v.Key}
	}
	tests := []struct {
		name, contentType, body string
		read                    func(*testing.T, string) [3]string
	}{
		{"form", "application/x-www-form-urlencoded", form, fromForm},
		{"form by itself", "", form, fromForm},
		{"json", "application/json; charset=utf-8", object, fromJSON},
		{"json of a kind", "application/vnd.sms+json", object, fromJSON},
		{"json by itself", "", object, fromJSON},
		{"xml", "text/xml", `<m key="{secret}"><to>{to}</to><text>{text}</text></m>`, fromXML},
		{"plain", "text/plain", "{to}|{text}|{secret}", func(_ *testing.T, body string) [3]string {
			return [3]string(strings.SplitN(body, "|", 3))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := newProvider(t, saying(http.StatusAccepted, ""))
			p.Body = tt.body
			if tt.contentType != "" {
				p.Headers = "Content-Type: " + tt.contentType
			}
			require.Equal(t, phone.TextSent, p.send(t, nasty).State)
			want := nasty
			if tt.name == "xml" { // which has no such character
				want = strings.ReplaceAll(nasty, "\x01", "\ufffd")
			}
			require.Equal(t, [3]string{other, want, secret}, tt.read(t, <-p.bodies))
			require.Equal(t, http.MethodPost, (<-p.requests).Method)
		})
	}
}

// TestTemplatesInURLAndHeaders has no value leave its part of the URL, or its header.
func TestTemplatesInURLAndHeaders(t *testing.T) {
	p := newProvider(t, saying(http.StatusOK, ""))
	p.Method = http.MethodGet
	p.URL += "/{to}/{user}?text={text}&from={from}&id={id}"
	p.Headers = "Authorization: Bearer {secret}\r\nX-Text: {text}\n"
	require.Equal(t, phone.TextSent, p.send(t, nasty).State)
	r := <-p.requests
	require.Equal(t, http.MethodGet, r.Method)
	require.Equal(t, "/send/"+other+"/me & you", r.URL.Path)
	require.Equal(t, url.Values{"text": {nasty}, "from": {own}, "id": {"t1"}}, r.URL.Query())
	require.Equal(t, "Bearer "+secret, r.Header.Get("Authorization"))
	require.Contains(t, r.Header.Get("X-Text"), "👍  X-Evil: 1")
	require.Empty(t, r.Header.Get("X-Evil"))
	require.Empty(t, <-p.bodies)
}

func TestReferenceIsReadFromTheAnswer(t *testing.T) {
	tests := []struct{ answer, path, ref string }{
		{`{"data": {"messages": [{"id": "m-1"}]}}`, "data.messages.0.id", "m-1"},
		{`[{"id": 12345678901234567890}]`, "0.id", "12345678901234567890"},
		{`{"id": "x"}`, "", ""},
		{`{"id": "x"}`, "id.more", ""},
		{`{"list": []}`, "list.0", ""},
		{`{"list": []}`, "list.-1", ""},
		{`{"id": {"a": 1}}`, "id", ""},
		{`OK 17`, "id", ""},
		{``, "id", ""},
	}
	for _, tt := range tests {
		p := newProvider(t, saying(http.StatusOK, tt.answer))
		p.Reference = tt.path
		result := p.send(t, "Hello")
		require.Equal(t, phone.TextSent, result.State, "a reference that is missing is no failure")
		require.Equal(t, tt.ref, result.Ref)
	}
}

// TestGenericRefuses has what a provider says of a failure shown, without markup and secrets.
func TestGenericRefuses(t *testing.T) {
	tests := []struct {
		status   int
		answer   string
		state    phone.TextState
		sentence string
	}{
		{400, "No credit.\nMore of it", phone.TextFailed, "The gateway refuses the text (400): No credit."},
		{403, "", phone.TextFailed, "The gateway refuses the text (403)."},
		{404, "<html><head><title>x</title></head>\n<body><h1>Not\x07 here</h1>", phone.TextFailed, "The gateway refuses the text (404): Not here."},
		{422, `{"error": {"message": "bad number"}}`, phone.TextFailed, "The gateway refuses the text (422): bad number."},
		{422, "{\n  \"status\": 1\n}", phone.TextFailed, "The gateway refuses the text (422)."},
		{400, "key " + secret + " or " + url.QueryEscape(secret) + " unknown", phone.TextFailed, "The gateway refuses the text (400): key ••• or ••• unknown."},
		{400, `{"message": "key s3\"cr&et unknown"}`, phone.TextFailed, "The gateway refuses the text (400): key ••• unknown."},
		{400, strings.Repeat("ä", 300), phone.TextFailed, "The gateway refuses the text (400): " + strings.Repeat("ä", 200) + "…."},
		{500, "oh", phone.TextWaiting, "The gateway has a fault (500)."},
		{429, "oh", phone.TextWaiting, "The gateway wants fewer texts at a time."},
		{401, "oh", phone.TextWaiting, "Wrong password: the server refused the user name or password. Correct them to try again (the user or the secret of the gateway)."},
	}
	for _, tt := range tests {
		p := newProvider(t, saying(tt.status, tt.answer))
		result := p.send(t, "Hello")
		require.Equal(t, tt.state, result.State)
		require.Equal(t, tt.sentence, phone.Sentence(result.Err))
	}
}

// TestRedirectIsNotFollowed has the secret stay with the server that it is for.
func TestRedirectIsNotFollowed(t *testing.T) {
	other := newProvider(t, saying(http.StatusOK, ""))
	p := newProvider(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	})
	p.Headers = "Authorization: Bearer {secret}"
	result := p.send(t, "Hello")
	require.Equal(t, phone.TextWaiting, result.State)
	require.Equal(t, "The gateway's server sends requests elsewhere (307): correct its URL in Settings, Texts.", phone.Sentence(result.Err))
	require.Empty(t, other.requests)
}

// TestLostAnswerOfAGetIsNotAskedAnewByItself has a connection that was used before drop: whether to try again is for the phone.
func TestLostAnswerOfAGetIsNotAskedAnewByItself(t *testing.T) {
	var asked atomic.Int32
	p := newProvider(t, func(http.ResponseWriter, *http.Request) {
		if asked.Add(1) > 1 {
			panic(http.ErrAbortHandler)
		}
	})
	p.Method = http.MethodGet
	r := newRig(t, quick)
	r.Open(p.Gateway, phone.NewSecret(secret))
	require.Equal(t, phone.TextSent, r.send(t, hello(third)).State)
	require.Equal(t, phone.TextWaiting, r.send(t, hello(third)).State)
	require.Equal(t, int32(2), asked.Load())
}

// TestEndlessAnswerIsCut has an answer that does not end be no harm.
func TestEndlessAnswerIsCut(t *testing.T) {
	p := newProvider(t, func(w http.ResponseWriter, _ *http.Request) {
		part := []byte(strings.Repeat(" ", 1<<16))
		for {
			if _, err := w.Write(part); err != nil {
				return
			}
		}
	})
	p.Reference = "id"
	result := p.send(t, "Hello")
	require.Equal(t, phone.TextSent, result.State)
	require.Empty(t, result.Ref)
}
