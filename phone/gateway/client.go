package gateway

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// maxAnswer is how much of an answer is read, in bytes.
const maxAnswer = 1 << 20

// client makes the requests for one gateway.
type client struct {
	gateway phone.Gateway
	secret  phone.Secret
	http    *http.Client
}

// newClient returns a client that trusts the system's certificates and those of the gateway's CAFile. It fails with
// CodeCertificate where that cannot be read.
func newClient(g phone.Gateway, secret phone.Secret, patience time.Duration) (*client, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if g.CAFile != "" {
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		pem, err := os.ReadFile(g.CAFile)
		if err != nil || !pool.AppendCertsFromPEM(pem) {
			return nil, &phone.Error{Code: phone.CodeCertificate, Op: "gateway", Err: fmt.Errorf("the file %s has no certificate that can be read", g.CAFile)}
		}
		config.RootCAs = pool
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = config
	return &client{gateway: g, secret: secret, http: &http.Client{
		Transport: transport, Timeout: patience,
		// The request has the secret in it: it goes to nobody else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// busyError tells that the provider wants to be asked later.
type busyError struct {
	after time.Duration
	err   error
}

func (e *busyError) Error() string { return e.err.Error() }
func (e *busyError) Unwrap() error { return e.err }

// do makes a request. It fails where there is no answer, with CodeNoAnswer, CodeUnreachable or CodeCertificate; no secret is in
// its error.
func (c *client) do(ctx context.Context, method, address string, header http.Header, body string, sign func(*http.Request)) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return answer{}, &phone.Error{Code: phone.CodeInvalid, Op: "text", Field: "url", Err: errors.New("the gateway's URL cannot be used: correct it in Settings, Texts")}
	}
	for name, values := range header {
		req.Header[name] = values
	}
	if req.Header.Get("User-Agent") == "" {
		req.Header.Set("User-Agent", "Callward")
	}
	if sign != nil {
		sign(req)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return answer{}, c.failed(err, req.URL.Host)
	}
	defer res.Body.Close() // what was not read of it does not matter
	read, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return answer{}, c.failed(err, req.URL.Host)
	}
	return answer{res.StatusCode, res.Header, read}, nil
}

// failed classifies why there is no answer. What the library says has the whole URL in it, and with that perhaps the secret.
func (c *client) failed(err error, host string) error {
	code, text := phone.CodeUnreachable, "cannot be reached"
	var inner *url.Error
	var unknown x509.UnknownAuthorityError
	var wrongName x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &unknown), errors.As(err, &wrongName), errors.As(err, &invalid):
		code, text = phone.CodeCertificate, "has a certificate that is not trusted"
	case errors.As(err, &inner) && inner.Timeout(), errors.Is(err, context.DeadlineExceeded), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		code, text = phone.CodeNoAnswer, "does not answer"
	}
	return &phone.Error{Code: code, Op: "text", Err: fmt.Errorf("the gateway's server %s %s", host, text)}
}

// later tells whether a status is one to try again after, and when.
func (a answer) later() (after time.Duration, is bool) {
	if a.status != http.StatusTooManyRequests && a.status < 500 {
		return 0, false
	}
	text := a.header.Get("Retry-After")
	if n, err := strconv.Atoi(text); err == nil && n > 0 {
		return min(time.Duration(n)*time.Second, time.Hour), true
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(time.Until(at), 0), time.Hour), true
	}
	if a.status == http.StatusTooManyRequests {
		return time.Second, true
	}
	return 0, true
}

// busy is the error for a status to try again after.
func (a answer) busy() error {
	after, _ := a.later()
	text := fmt.Errorf("the gateway has a fault (%d)", a.status)
	if a.status == http.StatusTooManyRequests {
		text = errors.New("the gateway wants fewer texts at a time")
	}
	return &busyError{after, &phone.Error{Code: phone.CodeNoAnswer, Op: "text", Err: text}}
}
