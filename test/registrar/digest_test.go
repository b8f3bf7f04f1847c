package registrar

import (
	"testing"

	"github.com/icholy/digest"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/wire"
)

func TestAuthenticate(t *testing.T) {
	const uri = "sip:127.0.0.1"
	for _, tc := range []struct {
		algorithm, qop, password string
		want                     int
	}{
		{"MD5", "", "secret", 200},
		{"MD5", "auth", "secret", 200},
		{"SHA-256", "auth", "secret", 200},
		{"SHA-256", "auth,auth-int", "secret", 200},
		{"SHA-256", "auth", "wrong", 403},
		{"MD5", "", "wrong", 403},
	} {
		phone := peer(t)
		s := New(t, Options{Policy: Authenticate("alice", "secret", tc.algorithm, tc.qop)})
		call := wire.NewCall(phone.Addr(), "alice", uri)
		require.NoError(t, phone.Send(s.Addr(), call.Request("REGISTER", "")))
		challenged, err := phone.Receive(patience, wire.Response("REGISTER", 401, 401))
		require.NoError(t, err)

		challenge, err := digest.ParseChallenge(challenged.Get("WWW-Authenticate"))
		require.NoError(t, err)
		credentials, err := digest.Digest(challenge, digest.Options{Method: "REGISTER", URI: uri, Count: 1, Username: "alice", Password: tc.password})
		require.NoError(t, err)
		call.Next()
		require.NoError(t, phone.Send(s.Addr(), call.Request("REGISTER", "", "Authorization: "+credentials.String())))
		answer, err := phone.Receive(patience, wire.Response("REGISTER", 200, 499))
		require.NoError(t, err)
		require.Equal(t, tc.want, answer.Status(), "%+v", tc)
	}
}
