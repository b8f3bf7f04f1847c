package sipua

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

func TestTraceHasNoCredentials(t *testing.T) {
	for _, transport := range []phone.Transport{phone.UDP, phone.TCP} {
		t.Run(string(transport), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "sip.log")
			trace := NewTrace(path)
			t.Cleanup(func() { trace.Close() })
			server := newRegistrar(t, "127.0.0.1:0", asking(401, "WWW-Authenticate", "Authorization", "n1", `Digest realm="r", nonce="n1", qop="auth"`))
			line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) {
				cfg.Trace, cfg.Account.Transport = trace, transport
			})
			line.await(t, phone.Registered)
			require.NoFileExists(t, path, "it is off")
			trace.Switch(true)
			_, err := line.e.Do(t.Context(), line.e.NewRequest(sip.MESSAGE, bob))
			require.NoError(t, err)
			trace.Switch(false)
			_, err = line.e.Do(t.Context(), line.e.NewRequest(sip.OPTIONS, bob))
			require.NoError(t, err)
			require.NoError(t, trace.Close())

			written, err := os.ReadFile(path)
			require.NoError(t, err)
			text := string(written)
			require.Contains(t, text, " sent by ")
			require.Contains(t, text, " received by ")
			require.Contains(t, text, "MESSAGE sip:bob@example.test SIP/2.0\r\n")
			require.Contains(t, text, "SIP/2.0 401 ")
			require.Contains(t, text, "SIP/2.0 200 OK")
			require.Contains(t, text, "Authorization: (blanked)\r\n")
			require.NotContains(t, text, "response=")
			require.NotContains(t, text, "OPTIONS sip:")
			info, err := os.Stat(path)
			require.NoError(t, err)
			require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		})
	}
}

func TestBlanked(t *testing.T) {
	in := "INVITE sip:a SIP/2.0\r\nauthorization : Digest username=\"a\",\r\n\tresponse=\"secret\"\r\n response2=secret\r\n" +
		"Proxy-Authorization:secret\r\nAuthentication-Info: rspauth=\"secret\"\r\nSubject: Authorization: shown\r\n\r\n" +
		"v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:secret\r\nk=base64:secret\r\nk=secret\r\na=rtpmap:0 PCMU/8000\r\n"
	out := string(blanked([]byte(in)))
	require.NotContains(t, out, "secret")
	require.Contains(t, out, "Subject: Authorization: shown\r\n")
	require.Contains(t, out, "a=rtpmap:0 PCMU/8000\r\n")
	require.Contains(t, out, "Proxy-Authorization: (blanked)\r\n")
	const harmless = "OPTIONS sip:a SIP/2.0\r\nWWW-Authenticate: Digest nonce=\"x\"\r\n\r\nno = colon\n\nlast"
	require.Equal(t, harmless, string(blanked([]byte(harmless))))
}

func TestBlankedWhereLinesEndByLineFeedsAlone(t *testing.T) {
	for _, name := range []string{"Authorization:", "Authorization: ", "Proxy-Authorization :"} {
		out := string(blanked([]byte("REGISTER sip:a SIP/2.0\n" + name + "\n Digest secret\n\tsecret\nTo: b\n\n")))
		require.NotContains(t, out, "secret", name)
		require.Contains(t, out, "To: b\n")
	}
}

func FuzzBlanked(f *testing.F) {
	f.Add("INVITE sip:a SIP/2.0\r\nAuthorization: x\r\n y\r\n\r\nk=z")
	f.Fuzz(func(t *testing.T, text string) { blanked([]byte(text)) })
}
