package gateway_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/test/twilio"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestCertificateIsChecked has a server that is not trusted get nothing of a request.
func TestCertificateIsChecked(t *testing.T) {
	s, another := twilio.New(t, own), twilio.New(t, own)
	for name, ca := range map[string]string{"unknown": "", "another's": another.CAFile} {
		t.Run(name, func(t *testing.T) {
			g := account(s)
			g.CAFile = ca
			r := opened(t, g)
			result := r.send(t, hello(other))
			require.Equal(t, phone.TextWaiting, result.State)
			require.Equal(t, phone.CodeCertificate, phone.CodeOf(result.Err))
			r.until(t, func() bool { return len(r.changes) == 1 && phone.CodeOf(r.changes[0]) == phone.CodeCertificate })
		})
	}
	require.Empty(t, s.Requests())
}

// TestPlainHTTPIsRefused has the secret go nowhere without TLS, but to this machine.
func TestPlainHTTPIsRefused(t *testing.T) {
	g := phone.Gateway{ID: "g1", Name: "Mine", Kind: phone.TwilioGateway, Number: own, URL: "http://sms.example"}
	r := opened(t, g)
	result := r.send(t, hello(other))
	require.Equal(t, phone.TextWaiting, result.State)
	require.Equal(t, phone.CodeInvalid, phone.CodeOf(result.Err))
	r.until(t, func() bool { return len(r.changes) == 1 })
}

// TestCAFileThatCannotBeRead has the gateway say so, and its texts wait.
func TestCAFileThatCannotBeRead(t *testing.T) {
	s := twilio.New(t, own)
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, []byte("nothing"), 0o600))
	g := polled(s)
	g.CAFile = file
	r := opened(t, g)
	r.until(t, func() bool { return len(r.changes) == 1 && phone.CodeOf(r.changes[0]) == phone.CodeCertificate })
	require.Equal(t, phone.CodeCertificate, phone.CodeOf(r.send(t, hello(other)).Err))
	require.NoError(t, r.Close())
	changes, _, _ := r.told()
	require.Len(t, changes, 1)
}

// TestFourTextsAtATime has no more requests under way, and a close cut off what is.
func TestFourTextsAtATime(t *testing.T) {
	s := twilio.New(t, own)
	r := opened(t, account(s))
	hold := twilio.NewHold()
	for range 10 {
		s.Fail(twilio.Fault{Method: http.MethodPost, Held: hold})
	}
	results := make(chan phone.TextResult, 10)
	for range 10 {
		r.Send("g1", hello(other), func(result phone.TextResult) { results <- result })
	}
	s.Until(t, func() bool { return len(s.Posts()) >= 4 })
	another := polled(s)
	another.ID = "g2"
	r.Open(another, phone.NewSecret(twilio.AuthToken))
	r.gets(t, s, 20) // meanwhile others would have come
	require.Len(t, s.Posts(), 4)
	r.CloseGateway("g1")
	for range 10 {
		result := <-results
		require.Equal(t, phone.TextWaiting, result.State)
		require.Equal(t, phone.CodeCancelled, phone.CodeOf(result.Err))
	}
	require.Len(t, s.Posts(), 4)
	require.NotContains(t, r.log.String(), "does not work", "it is closed by us, and has no fault")

	require.Equal(t, phone.CodeState, phone.CodeOf(r.send(t, hello(other)).Err), "one that is not open says so")
	hold.Release()
}

// TestCloseWaits has the end of the program cut off all that is under way, and nothing told after it.
func TestCloseWaits(t *testing.T) {
	s := twilio.New(t, own)
	r := opened(t, polled(s))
	hold := twilio.NewHold()
	for range 4 {
		s.Fail(twilio.Fault{Method: http.MethodPost, Held: hold})
	}
	results := make(chan phone.TextResult, 20)
	for range 20 {
		r.Send("g1", hello(other), func(result phone.TextResult) { results <- result })
	}
	s.Until(t, func() bool { return len(s.Posts()) == 4 })
	require.NoError(t, r.Close())
	require.Len(t, results, 20, "each has its result by then")
	changes, _, lists := r.told()
	r.Open(polled(s), phone.NewSecret(twilio.AuthToken))
	require.Equal(t, phone.CodeState, phone.CodeOf(r.send(t, hello(other)).Err))
	after, _, listsAfter := r.told()
	require.Equal(t, []int{len(changes), lists}, []int{len(after), listsAfter})
	hold.Release()
}
