package lab

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/sipp"
)

// screened is a row of screening --json.
type screened struct {
	Kind, Verdict, Header, Received, Normalised, Number, Text string
}

func screening(t *testing.T, p *callward.Program) []screened {
	t.Helper()
	var rows []screened
	require.NoError(t, json.Unmarshal([]byte(p.Must(t, "screening", "--json")), &rows))
	return rows
}

// TestBlockedCallers has SIPp call and write as somebody who is on the list, in every way to say so.
func TestBlockedCallers(t *testing.T) {
	t.Parallel()
	const from = `From: "SIPp" <sip:sipp@127.0.0.1>;tag=1`
	p, _, contact := registeredAs(t, silence, callward.Options{}, "--country", "GB", "--voicemail-provider") // 486 shows which mode it was
	user, at := split(t, contact)
	p.Must(t, "blacklist", "add", "020 7946 0018", "--mode", "all", "--name", "Jo Lee")
	p.Must(t, "blacklist", "add", "+442079460021")
	p.Must(t, "blacklist", "add", "+1900", "--prefix", "--mode", "all")
	p.Must(t, "blacklist", "add", "mallory@evil.example", "--mode", "all")
	p.Must(t, "blacklist", "add", "--hidden")
	for _, tc := range []struct {
		name     string
		identity []string
		status   int
		header   string
		number   string
	}{
		{"E.164", []string{"From: <sip:+442079460018@127.0.0.1>;tag=1"}, 603, "From", "+442079460018"},
		{"national", []string{"From: <sip:02079460018@127.0.0.1>;tag=1"}, 603, "From", "+442079460018"},
		{"without +", []string{"From: <sip:442079460018@trunk.example>;tag=1"}, 603, "From", "+442079460018"},
		{"separators and escapes", []string{"From: <sip:%2B44-20-7946-0018@127.0.0.1;user=phone>;tag=1"}, 603, "From", "+442079460018"},
		{"compact, with a name that has a comma and quotes", []string{`f: "Lee, \"Jo\" <x>" <sip:+442079460018@127.0.0.1>;tag=1`}, 603, "From", "+442079460018"},
		{"no brackets", []string{"From: sip:+442079460018@127.0.0.1;tag=1"}, 603, "From", "+442079460018"},
		{"tel with parameters", []string{"From: <tel:7946-0018;phone-context=+44-20>;tag=1"}, 603, "From", "+442079460018"},
		{"asserted", []string{from, `P-Asserted-Identity: "Lee, Jo" <sip:+442079460018@127.0.0.1>`}, 603, "P-Asserted-Identity", "+442079460018"},
		{"asserted as the second of two", []string{from, "P-Asserted-Identity: <sip:1003@127.0.0.1>, <tel:+44-20-7946-0018;npdi>"}, 603, "P-Asserted-Identity", "+442079460018"},
		{"remote party", []string{from, `Remote-Party-ID: "Jo" <sip:02079460018@127.0.0.1>;party=calling;screen=yes;privacy=off`}, 603, "Remote-Party-ID", "+442079460018"},
		{"allowed a voice message", []string{"From: <sip:02079460021@127.0.0.1>;tag=1"}, 486, "From", "+442079460021"},
		{"both, the stricter counts", []string{"From: <sip:02079460021@127.0.0.1>;tag=1", "P-Asserted-Identity: <tel:+442079460018>"}, 603, "P-Asserted-Identity", "+442079460018"},
		{"prefix", []string{"From: <sip:0019005550123@127.0.0.1>;tag=1"}, 603, "From", "+19005550123"},
		{"address", []string{"From: <sip:mallory@EVIL.example:5070>;tag=1"}, 603, "From", "mallory@evil.example"},
		{"hidden", []string{`From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=1`}, 486, "From", ""},
		{"hidden by Privacy", []string{from, "Privacy: id", "P-Asserted-Identity: <tel:+442079460099>"}, 486, "Privacy", ""},
		{"hidden, and on the list", []string{"From: <sip:anonymous@anonymous.invalid>;tag=1", "P-Asserted-Identity: <tel:+442079460018>"}, 603, "P-Asserted-Identity", "+442079460018"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			mark := p.Mark()
			before := len(screening(t, p))
			sipp.New(t, sipp.Options{Scenario: "refused", Remote: at, User: user, Identity: tc.identity, Status: tc.status}).Played(t, patience)
			sipp.New(t, sipp.Options{Scenario: "text", Remote: at, User: user, Identity: tc.identity, Status: 603}).Played(t, patience)
			require.Eventually(t, func() bool { return len(screening(t, p)) == before+2 }, patience, 20*time.Millisecond)
			rows := screening(t, p)
			require.Equal(t, []string{"text", "call"}, []string{rows[0].Kind, rows[1].Kind})
			require.Equal(t, []string{tc.header, tc.number}, []string{rows[1].Header, rows[1].Normalised})
			for _, e := range p.Events()[mark:] {
				require.NotContains(t, []string{"call.started", "call.ended", "history", "notice"}, e.Kind, "somebody heard of it")
			}
		})
	}
	require.Empty(t, p.Calls(t), "they are in no history")
	require.Empty(t, p.State(t).Calls)

	t.Run("others ring", func(t *testing.T) {
		for _, identity := range [][]string{
			{"From: <sip:+442079460017@127.0.0.1>;tag=1"},
			{from, "Diversion: <tel:+442079460018>;reason=unconditional"}, // who sent it on does not call
			{"From: <sip:+18005550123@127.0.0.1>;tag=1"},
			{"From: <sip:mallory@good.example>;tag=1"},
		} {
			mark := p.Mark()
			player := sipp.New(t, sipp.Options{Scenario: "refused", Remote: at, User: user, Identity: identity, Status: 486})
			require.Error(t, player.Wait(patience), "SIPp gives up where a 180 comes")
			p.UntilCall(t, mark, patience, "ringing", "ended")
		}
	})
}
