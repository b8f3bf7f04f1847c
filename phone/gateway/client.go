package gateway

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/callward/callward/phone"
)

const (
	// maxAnswer is how much of an answer is read, in bytes.
	maxAnswer = 1 << 20
	// maxCA is how long a file of certificates may be, in bytes.
	maxCA = 1 << 20
)

// client makes the requests for one gateway. Its methods may be called from any goroutine.
type client struct {
	gateway phone.Gateway
	secret  phone.Secret
	http    *http.Client
	// skew is what the provider's clock is before ours, in nanoseconds, as its last answer had it.
	skew atomic.Int64
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
		pem, err := readCA(g.CAFile)
		if err != nil || !pool.AppendCertsFromPEM(pem) {
			return nil, &phone.Error{Code: phone.CodeCertificate, Op: "gateway", Err: fmt.Errorf("the file %s has no certificate that can be read", g.CAFile)}
		}
		config.RootCAs = pool
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = config
	// A GET whose connection had been used before is sent twice by the library where the answer is lost.
	transport.DisableKeepAlives = g.Method == http.MethodGet
	return &client{gateway: g, secret: secret, http: &http.Client{
		Transport: transport, Timeout: patience,
		// The request has the secret in it: it goes to nobody else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

func readCA(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxCA {
		return nil, os.ErrInvalid
	}
	return os.ReadFile(path)
}

// do makes a request. It fails where there is no answer, with CodeNoAnswer, CodeUnreachable, CodeNoServer, CodeCertificate or
// CodeCancelled, and with CodeInvalid for a URL that would show the secret; no secret is in its error.
func (c *client) do(ctx context.Context, method, address string, header http.Header, body string, sign func(*http.Request)) (answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil || req.URL.Host == "" {
		return answer{}, invalidURL("the gateway's URL cannot be used: correct it in Settings, Texts")
	}
	if req.URL.Scheme != "https" && (req.URL.Scheme != "http" || !isHere(req.URL.Hostname())) {
		return answer{}, invalidURL("the gateway's URL should begin with https://, since it carries the secret: correct it in Settings, Texts")
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
		return answer{}, failed(ctx, err, req.URL.Host)
	}
	defer res.Body.Close() // what was not read of it does not matter
	if at, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		c.skew.Store(int64(time.Until(at)))
	}
	read, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return answer{}, failed(ctx, err, req.URL.Host)
	}
	return answer{res.StatusCode, res.Header, read}, nil
}

func invalidURL(text string) error {
	return &phone.Error{Code: phone.CodeInvalid, Op: "text", Field: "url", Err: errors.New(text)}
}

// isHere tells whether a host is this machine.
func isHere(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// failed classifies why there is no answer. What the library says has the whole URL in it, and with that perhaps the secret.
func failed(ctx context.Context, err error, host string) error {
	code := phone.CodeNoAnswer
	var (
		certificate *tls.CertificateVerificationError
		name        *net.DNSError
		network     *net.OpError
		timeout     *url.Error
	)
	switch {
	case ctx.Err() != nil:
		return closedError()
	case errors.As(err, &certificate):
		code = phone.CodeCertificate
	case errors.As(err, &name) && name.IsNotFound:
		code = phone.CodeNoServer
	case errors.As(err, &timeout) && timeout.Timeout():
	case errors.As(err, &name), errors.As(err, &network) && network.Op == "dial":
		code = phone.CodeUnreachable
	}
	return &phone.Error{Code: code, Op: "text", Err: fmt.Errorf("the gateway's server %s", host)}
}
