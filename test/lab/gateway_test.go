package lab

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/twilio"
)

const gatewayNumber = "+442079460018"

// sms is a phone whose texts go by a gateway of a server.
func sms(t *testing.T, s *twilio.Server, o callward.Options) *callward.Program {
	t.Helper()
	p := callward.New(t, o)
	_, err := p.Do(twilio.AuthToken+"\n", "gateway", "add-twilio", "Mine", "--number", gatewayNumber, "--country", "GB",
		"--user", twilio.AccountSID, "--url", s.URL, "--ca", s.CAFile, "--poll", "2s", "--secret-stdin")
	require.NoError(t, err)
	return p
}

// sent are the bodies of what a server has taken, in order.
func sent(s *twilio.Server) (list []string) {
	for _, m := range s.Messages() {
		if !m.Inbound {
			list = append(list, m.Body)
		}
	}
	return list
}

// TestTextsByAGateway has texts go both ways by Twilio's API, with answers lost and a server that wants fewer of them.
func TestTextsByAGateway(t *testing.T) {
	s := twilio.New(t, gatewayNumber)
	p := sms(t, s, callward.Options{})
	p.Must(t, "text", "send", otherCaller, "first", "--account", "Mine")
	untilStates(t, p, otherCaller, patience, "delivered")

	s.Fail(twilio.Fault{Method: http.MethodPost, Drop: true, Taken: true})
	for _, body := range odd {
		p.Must(t, "text", "send", otherCaller, body, "--account", "Mine")
	}
	want := append([]string{"first"}, odd...)
	eventually(t, 2*patience, func() bool { return len(sent(s)) >= len(want) }, "texts at the server")
	require.Equal(t, want, sent(s), "in order, each once")

	s.Receive(otherCaller, gatewayNumber, "an answer", 0)
	s.Refuse(anyCaller, 21610)
	untilTexts(t, p, otherCaller, patience, "an answer")
	p.Must(t, "text", "send", anyCaller, "no", "--account", "Mine")
	untilStates(t, p, anyCaller, patience, "failed")
	require.Equal(t, "This number has told the provider STOP.", texts(t, p, anyCaller)[0].Reason)
	require.NotContains(t, p.Log(), twilio.AuthToken)
}

// TestGatewayAfterAKill has a program that was killed and was off go on where it stood: nothing lost, nothing twice.
func TestGatewayAfterAKill(t *testing.T) {
	s := twilio.New(t, gatewayNumber)
	p := sms(t, s, callward.Options{})
	s.Receive(otherCaller, gatewayNumber, "before", 0)
	untilTexts(t, p, otherCaller, patience, "before")
	hold := twilio.NewHold()
	s.Fail(twilio.Fault{Method: http.MethodPost, Held: hold})
	p.Must(t, "text", "send", otherCaller, "under way", "--account", "Mine")
	s.Until(t, func() bool { return len(s.Posts()) == 1 })
	p.KillHard()
	hold.Release()
	s.Receive(otherCaller, gatewayNumber, "meanwhile", 0)

	p = callward.New(t, callward.Options{Profile: p.Profile})
	untilTexts(t, p, otherCaller, patience, "before", "meanwhile")
	untilStates(t, p, otherCaller, 2*patience, "delivered")
	require.Equal(t, []string{"under way"}, sent(s))
	asked := len(s.Requests())
	eventually(t, patience, func() bool { return len(s.Requests()) > asked+1 }, "two polls more, each of %s", 2*time.Second)
	require.Equal(t, []string{"before", "meanwhile"}, bodies(t, p, otherCaller, "in"))
}
