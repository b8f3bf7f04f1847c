package cert

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestServerIsTrustedThroughItsAuthorityOnly(t *testing.T) {
	authority, err := NewAuthority(t.TempDir(), "Lab Authority")
	require.NoError(t, err)
	other, err := NewAuthority(t.TempDir(), "Another Authority")
	require.NoError(t, err)
	pair, err := authority.Server("127.0.0.1", "sip.example.org")
	require.NoError(t, err)
	loaded, err := tls.LoadX509KeyPair(pair.Cert, pair.Key)
	require.NoError(t, err)

	for _, host := range []string{"127.0.0.1", "sip.example.org"} {
		_, err = loaded.Leaf.Verify(x509.VerifyOptions{DNSName: host, Roots: pool(t, authority)})
		require.NoError(t, err, host)
	}
	_, err = loaded.Leaf.Verify(x509.VerifyOptions{DNSName: "example.com", Roots: pool(t, authority)})
	require.Error(t, err)
	_, err = loaded.Leaf.Verify(x509.VerifyOptions{DNSName: "127.0.0.1", Roots: pool(t, other)})
	require.Error(t, err)
}

func pool(t *testing.T, a *Authority) *x509.CertPool {
	pem, err := os.ReadFile(a.File)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	require.True(t, roots.AppendCertsFromPEM(pem))
	return roots
}
