package twilio_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/twilio"
)

const (
	own   = "+442079460018"
	other = "+447700900123"
)

// ask makes a request as the account, and returns the status and the JSON of the answer.
func ask(t *testing.T, s *twilio.Server, token, method, path string, form url.Values) (*http.Response, map[string]any) {
	t.Helper()
	pem, err := os.ReadFile(s.CAFile)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(pem))
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DisableKeepAlives: true}}
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	req.SetBasicAuth(twilio.AccountSID, token)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, nil
	}
	defer res.Body.Close()
	var said map[string]any
	require.NoError(t, json.NewDecoder(res.Body).Decode(&said))
	return res, said
}

const messages = twilio.Version + "/Accounts/" + twilio.AccountSID + "/Messages"

// TestMessageGoesItsSteps has a text sent and looked at until it is delivered.
func TestMessageGoesItsSteps(t *testing.T) {
	s := twilio.New(t, own)
	res, m := ask(t, s, twilio.AuthToken, http.MethodPost, messages+".json", url.Values{"To": {other}, "From": {own}, "Body": {"Hi"}})
	require.Equal(t, http.StatusCreated, res.StatusCode)
	require.Equal(t, "queued", m["status"])
	require.Nil(t, m["date_sent"])
	for _, status := range []string{"sending", "sent", "delivered", "delivered"} {
		_, m = ask(t, s, twilio.AuthToken, http.MethodGet, messages+"/"+m["sid"].(string)+".json", nil)
		require.Equal(t, status, m["status"])
	}
	require.Len(t, s.Requests(), 5)
}

// TestFailuresAreNumbered has each failure answered as the API documents it.
func TestFailuresAreNumbered(t *testing.T) {
	s := twilio.New(t, own)
	s.Refuse("+447700900999", 21610)
	tests := []struct {
		token  string
		form   url.Values
		status int
		code   float64
	}{
		{"wrong", url.Values{}, 401, 20003},
		{twilio.AuthToken, url.Values{"From": {own}, "Body": {"Hi"}}, 400, 21604},
		{twilio.AuthToken, url.Values{"To": {"12"}, "From": {own}, "Body": {"Hi"}}, 400, 21211},
		{twilio.AuthToken, url.Values{"To": {other}, "From": {other}, "Body": {"Hi"}}, 400, 21606},
		{twilio.AuthToken, url.Values{"To": {other}, "From": {own}, "Body": {strings.Repeat("x", 1601)}}, 400, 21617},
		{twilio.AuthToken, url.Values{"To": {"+447700900999"}, "From": {own}, "Body": {"Hi"}}, 400, 21610},
	}
	for _, tt := range tests {
		res, said := ask(t, s, tt.token, http.MethodPost, messages+".json", tt.form)
		require.Equal(t, tt.status, res.StatusCode)
		require.Equal(t, tt.code, said["code"])
		require.Equal(t, float64(tt.status), said["status"])
	}
	res, _ := ask(t, s, twilio.AuthToken, http.MethodGet, messages+"/SM1.json", nil)
	require.Equal(t, http.StatusNotFound, res.StatusCode)
	require.Empty(t, s.Messages())
}

// TestPagesGoOn reads three pages, while a message comes.
func TestPagesGoOn(t *testing.T) {
	s := twilio.New(t, own)
	for i := range 5 {
		s.ReceiveAt(time.Now().Add(time.Duration(i-10)*time.Minute), other, own, string(rune('a'+i)), 0)
	}
	path, read := messages+".json?PageSize=2&To="+url.QueryEscape(own), ""
	for path != "" {
		_, page := ask(t, s, twilio.AuthToken, http.MethodGet, path, nil)
		for _, m := range page["messages"].([]any) {
			read += m.(map[string]any)["body"].(string)
		}
		s.Receive(other, own, "x", 0)
		path, _ = page["next_page_uri"].(string)
	}
	require.Equal(t, "edcba", read)
}

// TestFaults has requests go wrong as a test wants them to.
func TestFaults(t *testing.T) {
	s := twilio.New(t, own)
	form := url.Values{"To": {other}, "From": {own}, "Body": {"Hi"}}
	s.Fail(twilio.Fault{Method: http.MethodPost, Drop: true}, twilio.Fault{Method: http.MethodPost, Drop: true, Taken: true}, twilio.Fault{Status: 503, Retry: "7"})
	for range 2 {
		res, _ := ask(t, s, twilio.AuthToken, http.MethodPost, messages+".json", form)
		require.Nil(t, res)
	}
	require.Len(t, s.Messages(), 1)
	res, _ := ask(t, s, twilio.AuthToken, http.MethodPost, messages+".json", form)
	require.Equal(t, "7", res.Header.Get("Retry-After"))

	s.Limit(1, time.Hour)
	for _, status := range []int{http.StatusOK, http.StatusTooManyRequests, http.StatusTooManyRequests} {
		res, _ = ask(t, s, twilio.AuthToken, http.MethodGet, messages+".json", nil)
		require.Equal(t, status, res.StatusCode)
	}
	require.Equal(t, "3600", res.Header.Get("Retry-After"))
}
