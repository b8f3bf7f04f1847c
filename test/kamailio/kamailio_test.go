package kamailio

import (
	"crypto/tls"
	"net"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/cert"
)

func TestListens(t *testing.T) {
	authority, err := cert.NewAuthority(t.TempDir(), "Lab Authority")
	require.NoError(t, err)
	pair, err := authority.Server("127.0.0.1")
	require.NoError(t, err)
	s := New(t, Options{TLS: pair, Users: map[string]string{"alice": "secret"}})

	for _, transport := range []string{"udp", "tcp", "tls"} {
		t.Run(transport, func(t *testing.T) {
			dial := net.Dial
			network := transport
			if transport == "tls" {
				network = "tcp"
				dial = func(network, address string) (net.Conn, error) {
					return tls.Dial(network, address, &tls.Config{InsecureSkipVerify: true})
				}
			}
			conn, err := dial(network, s.Address(transport))
			require.NoError(t, err)
			defer conn.Close()
			_, err = conn.Write([]byte("REGISTER sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK" + transport + ";rport\r\n" +
				"From: <sip:alice@127.0.0.1>;tag=1\r\nTo: <sip:alice@127.0.0.1>\r\nCall-ID: " + transport + "\r\nCSeq: 1 REGISTER\r\n" +
				"Contact: <sip:alice@127.0.0.1:9>\r\nContent-Length: 0\r\n\r\n"))
			require.NoError(t, err)
			answer := make([]byte, 2048)
			n, err := conn.Read(answer)
			require.NoError(t, err)
			require.Contains(t, string(answer[:n]), "SIP/2.0 401 ")
			require.Contains(t, string(answer[:n]), "WWW-Authenticate: Digest realm=\"127.0.0.1\"")
		})
	}
	require.Eventually(t, func() bool { return s.Requests("REGISTER") == 3 }, patience, patience/1000)
}
