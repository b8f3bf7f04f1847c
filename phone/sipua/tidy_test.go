package sipua

import (
	"strings"
	"testing"
	"time"

	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

func TestTidied(t *testing.T) {
	const head = "INVITE sip:Bob@Example.test;Transport=TCP SIP/2.0\r\n"
	for name, test := range map[string]struct{ in, want string }{
		"nothing to do":      {"Via: SIP/2.0/UDP h:9;branch=z9hG4bKa", "Via: SIP/2.0/UDP h:9;branch=z9hG4bKa"},
		"spaces":             {"v : SIP / 2.0 /UDP\t h : 9 ; Branch = z9hG4bKaB ; RPORT", "v : SIP/2.0/UDP h:9;branch=z9hG4bKaB;rport"},
		"quotes stay":        {`From: "A ; B \" = C" <sip:a@b> ; TAG = xY`, `From: "A ; B \" = C" <sip:a@b>;tag=xY`},
		"brackets stay":      {"To: <sip:a@b ; X = Y>;Tag=1", "To: <sip:a@b ; X = Y>;tag=1"},
		"display name stays": {"From:   The   Name   <sip:a@b>", "From: The Name <sip:a@b>"},
		"folded":             {"Contact:\r\n <sip:a@b>\r\n\t;\r\n Expires=5", "Contact: <sip:a@b>;expires=5"},
		"list":               {"Route: <sip:a;lr> , <sip:b;lr>", "Route: <sip:a;lr>,<sip:b;lr>"},
		"others untouched":   {"Subject: a ; B = c", "Subject: a ; B = c"},
		"CSeq":               {"CSeq:  1 \t INVITE ", "CSeq: 1 INVITE"},
		"no end of quote":    {`From: "abc ; <sip:a`, `From: "abc ; <sip:a`},
		"IPv6":               {"Via: SIP/2.0/UDP [2001:db8::1] : 9", "Via: SIP/2.0/UDP [2001:db8::1]:9"},
	} {
		t.Run(name, func(t *testing.T) {
			got := string(tidied([]byte(head + test.in + "\r\n\r\nv : body ; X")))
			require.Equal(t, head+test.want+"\r\n\r\nv : body ; X", got)
		})
	}
}

func TestTidyingTakesTimeInProportion(t *testing.T) {
	const size = 60000
	for _, pattern := range []string{" ", "\r\n ", "; ", "\"", "<", "\\", ", "} {
		head := "INVITE sip:a SIP/2.0\r\nVia: x" + strings.Repeat(pattern, size/len(pattern)) + "y"
		began := time.Now()
		tidied([]byte(head + "\r\n\r\n"))
		require.Less(t, time.Since(began), time.Second/2, "%q", pattern)
	}
}

func FuzzTidied(f *testing.F) {
	f.Add([]byte("INVITE sip:a SIP/2.0\r\nVia: SIP/2.0/UDP x ; y\r\nFrom: \"a\\\r\nTo: < \r\n\r\nbody"))
	f.Fuzz(func(t *testing.T, message []byte) {
		once := tidied(message)
		require.Equal(t, string(once), string(tidied(once)))
		require.LessOrEqual(t, len(once), len(message)+len(message)/2)
	})
}

func TestTidiedMessagesCanBeRead(t *testing.T) {
	message, err := parser.ParseSIP(tidied([]byte("BYE sip:a@b SIP/2.0\r\nVia: SIP / 2.0 / UDP h : 9 ; Branch = z9hG4bKx ; rport\r\n" +
		"From: \"J \\\"x\\\" R\" <sip:x@y> ; Tag = 1\r\nTo: sip:a@b ; tag = 2\r\nCall-ID: c\r\nCSeq: 1   BYE\r\n\r\n")))
	require.NoError(t, err)
	require.Equal(t, "h", message.Via().Host)
	require.Equal(t, 9, message.Via().Port)
	require.Equal(t, "z9hG4bKx", message.Via().Params.GetOr("branch", ""))
	require.Equal(t, `J \"x\" R`, message.From().DisplayName)
	require.Equal(t, "1", message.From().Params.GetOr("tag", ""))
	require.Equal(t, "2", message.To().Params.GetOr("tag", ""))
	require.Equal(t, sip.BYE, message.CSeq().MethodName)
}
