package sipua

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
)

// authority issues certificates for tests.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string // its own certificate, as PEM
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Office CA"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	return &authority{cert, key, file}
}

func (a *authority) issue(t *testing.T, change func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "pbx.example.test"}, DNSNames: []string{"pbx.example.test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	if change != nil {
		change(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	require.NoError(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// serveTLS makes a registrar listen for TLS besides.
func serveTLS(t *testing.T, r *registrar, cfg *tls.Config) netip.AddrPort {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", cfg)
	require.NoError(t, err)
	done := make(chan struct{})
	go func() { _ = r.ua.TransportLayer().ServeTLS(newAcceptor(listener, r.Endpoint, "TLS")); close(done) }()
	t.Cleanup(func() { listener.Close(); <-done })
	return listener.Addr().(*net.TCPAddr).AddrPort()
}

func TestTLS(t *testing.T) {
	ca := newAuthority(t)
	for name, test := range map[string]struct {
		cert   func(*x509.Certificate)
		noCA   bool
		server string
		words  []string
	}{
		"trusted":         {},
		"unknown issuer":  {noCA: true, words: []string{`"pbx.example.test"`, `issued by "CN=Office CA"`, "not trusted"}},
		"another name":    {cert: func(c *x509.Certificate) { c.DNSNames = []string{"other.test"} }, words: []string{"other.test", "Office CA"}},
		"another address": {server: "127.0.0.1", words: []string{`"pbx.example.test"`, "127.0.0.1"}},
		"expired":         {cert: func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }, words: []string{"Office CA", "expired"}},
	} {
		t.Run(name, func(t *testing.T) {
			server := newRegistrar(t, "127.0.0.1:0", nil)
			addr := serveTLS(t, server, &tls.Config{Certificates: []tls.Certificate{ca.issue(t, test.cert)}})
			line := newTestLine(t, addr, func(cfg *EndpointConfig) {
				cfg.Account.Transport, cfg.Account.Server = phone.TLS, "pbx.example.test"
				cfg.Resolver = newDNS(t, "pbx.example.test. A 127.0.0.1")
				if test.server != "" {
					cfg.Account.Server = test.server
				}
				if !test.noCA {
					cfg.Account.CAFile = ca.file
				}
			})
			if test.words != nil {
				line.failed(t, phone.CodeCertificate, test.words...)
				return
			}
			line.await(t, phone.Registered)
			req := server.next(t)
			require.Equal(t, "TLS", req.Via().Transport)
			require.Equal(t, req.Source(), contactOf(req))
			require.Equal(t, "tls", req.Contact().Address.UriParams.GetOr("transport", ""))
		})
	}
}

func TestTLSIsNotOlderThan12(t *testing.T) {
	ca := newAuthority(t)
	server := newRegistrar(t, "127.0.0.1:0", nil)
	addr := serveTLS(t, server, &tls.Config{
		Certificates: []tls.Certificate{ca.issue(t, nil)}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11,
	})
	line := newTestLine(t, addr, func(cfg *EndpointConfig) {
		cfg.Account.Transport, cfg.Account.CAFile = phone.TLS, ca.file
	})
	line.failed(t, phone.CodeUnreachable, "protocol version")
}

func TestCAFileThatCannotBeRead(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(empty, []byte("no certificate"), 0o600))
	for _, file := range []string{empty, empty + "-missing"} {
		_, err := NewEndpoint(EndpointConfig{Account: phone.Account{Address: "alice@example.test", CAFile: file}})
		require.Equal(t, phone.CodeCertificate, phone.CodeOf(err))
	}
}
