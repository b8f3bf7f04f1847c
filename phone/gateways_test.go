package phone_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// byGateway is a phone whose first texts go by a gateway.
func byGateway(t *testing.T) (*guarded, phone.Gateway) {
	t.Helper()
	g := texting(t)
	saved, err := g.SaveGateway(t.Context(), twilioGateway(), phone.NewSecret("t0ken"), true)
	require.NoError(t, err)
	s, err := g.TextSettings(t.Context())
	require.NoError(t, err)
	s.Via = saved.Name
	require.NoError(t, g.SetTextSettings(t.Context(), s))
	return g, saved
}

// given is the next text that a gateway was given.
func (g *guarded) given() sentByGateway {
	g.t.Helper()
	select {
	case m := <-g.gateways.sent:
		return m
	case <-time.After(10 * time.Second):
		require.FailNow(g.t, "no gateway was given a text")
	}
	return sentByGateway{}
}

// arrives has texts come by a gateway, and tells whether they were kept.
func (g *guarded) arrives(id phone.AccountID, list ...phone.GatewayMessage) bool {
	g.t.Helper()
	done := make(chan bool, 1)
	g.gateways.GatewayReceived(id, list, func(kept bool) { done <- kept })
	select {
	case kept := <-done:
		return kept
	case <-time.After(10 * time.Second):
		require.FailNow(g.t, "nobody says whether they are kept")
	}
	return false
}

func TestAGatewayIsKeptWithoutItsSecret(t *testing.T) {
	g, saved := byGateway(t)
	setting, err := g.store.Setting(t.Context(), "text.gateways")
	require.NoError(t, err)
	require.Contains(t, setting, saved.User)
	require.NotContains(t, setting, "t0ken")
	shown, err := json.Marshal(g.Snapshot())
	require.NoError(t, err)
	require.NotContains(t, string(shown), "t0ken")
	require.NotContains(t, fmt.Sprintf("%+v", g.until(phone.EventTriggers)), "t0ken")

	_, err = g.SaveGateway(t.Context(), twilioGateway(), phone.Secret{}, false)
	require.Equal(t, phone.CodeExists, phone.CodeOf(err), "the name is taken")
	saved.Name = "Other"
	_, err = g.SaveGateway(t.Context(), saved, phone.Secret{}, false)
	require.NoError(t, err)
	list, err := g.Gateways(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, "Other", list[0].Name)
	require.Equal(t, "t0ken", g.gateways.secret.Reveal(), "it stays as it was")

	g.reopen()
	g.settled()
	require.Len(t, g.gateways.opened, 1)
	require.NoError(t, g.RemoveGateway(t.Context(), saved.ID))
	require.Empty(t, g.Snapshot().Gateways)
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(g.RemoveGateway(t.Context(), saved.ID)))
}

func TestAFirstTextGoesByTheGateway(t *testing.T) {
	g, saved := byGateway(t)
	text := g.sends(jo, "Hello")
	require.Equal(t, saved.Name, text.Via)
	m := g.given()
	require.Equal(t, jo, m.To)
	require.Equal(t, saved.Number, m.From)
	require.Equal(t, "Hello", m.Body)
	require.True(t, m.Tried.IsZero())
	m.tell(phone.TextResult{Status: 201, State: phone.TextSent, Ref: "SM1"})
	g.becomes(text.ID, phone.TextSent)
	require.Equal(t, "SM1", <-g.gateways.refs)
	g.gateways.TextNoted(saved.ID, "SM1", phone.TextOutcome{State: phone.TextDelivered})
	g.becomes(text.ID, phone.TextDelivered)
	g.silent()
}

func TestTextsThatComeByAGateway(t *testing.T) {
	g, saved := byGateway(t)
	came := phone.GatewayMessage{Ref: "SM1", From: jo, To: saved.Number, Body: "Hello", Time: time.Now()}
	require.True(t, g.arrives(saved.ID, came))
	require.True(t, g.arrives(saved.ID, came, phone.GatewayMessage{Ref: "SM2", From: jo, To: saved.Number, Body: "Again", Time: time.Now()}))
	require.Equal(t, []string{"Hello", "Again"}, g.bodies(jo), "what was there is not shown twice")

	g.blocks(phone.EntryDraft{Number: "+442079460021", Mode: phone.BlockAll})
	require.True(t, g.arrives(saved.ID, phone.GatewayMessage{Ref: "SM3", From: "+442079460021", To: saved.Number, Body: "Buy", Time: time.Now()}), "it is not asked for again")
	require.Empty(t, g.bodies("+442079460021"))
	var log []phone.Screened
	require.Eventually(t, func() bool {
		var err error
		log, _, err = g.Screened(t.Context(), phone.ScreenedQuery{Limit: 1})
		return err == nil && len(log) == 1
	}, 10*time.Second, time.Millisecond)
	require.Equal(t, phone.ScreenedText, log[0].Kind)

	require.False(t, g.arrives("none", came), "of a gateway that there is no more")
}

func TestAGatewaysFaultIsShown(t *testing.T) {
	g, saved := byGateway(t)
	g.gateways.GatewayChanged(saved.ID, &phone.Error{Code: phone.CodeAuth, Op: "text"})
	g.settled()
	require.NotEmpty(t, g.Snapshot().Gateways[0].Fault)
	g.gateways.GatewayChanged(saved.ID, nil)
	g.settled()
	require.Empty(t, g.Snapshot().Gateways[0].Fault)
}

// Nobody reads at a short code, and no gateway takes one.
func TestNoTriggerTextsAShortCodeByAGateway(t *testing.T) {
	g, saved := byGateway(t)
	g.enables(phone.FirstTextTrigger, nil)
	require.True(t, g.arrives(saved.ID, phone.GatewayMessage{Ref: "SM1", From: "60777", To: saved.Number, Body: "Your code is 1", Time: time.Now()}))
	rows := g.logged(1)
	require.Equal(t, phone.WithheldShortCode, rows[0].Why)
	require.Empty(t, g.gateways.sent)
}

func twilioGateway() phone.Gateway {
	return phone.Gateway{Name: "Twilio", Kind: phone.TwilioGateway, Number: "+442079460099", Country: "GB", User: "AC" + strings.Repeat("0", 32), Poll: phone.UsualPoll}
}

func TestAGatewayReadsNumbersAsTheAgentDoes(t *testing.T) {
	g := texting(t)
	gateway := twilioGateway()
	gateway.Country = ""
	_, err := g.SaveGateway(t.Context(), gateway, phone.NewSecret("token"), true)
	require.NoError(t, err)
	_, err = g.SendText(t.Context(), phone.TextRequest{Number: "020 7946 0018", Body: "Hello", Via: "Twilio"})
	require.NoError(t, err)
	require.Equal(t, jo, (<-g.gateways.sent).To)
}

func TestWhatAGatewayHasSentIsWatchedAfterAStart(t *testing.T) {
	g := texting(t)
	_, err := g.SaveGateway(t.Context(), twilioGateway(), phone.NewSecret("token"), true)
	require.NoError(t, err)
	text, err := g.SendText(t.Context(), phone.TextRequest{Number: jo, Body: "Hello", Via: "Twilio"})
	require.NoError(t, err)
	sent := <-g.gateways.sent
	sent.tell(phone.TextResult{Status: 201, State: phone.TextSent, Ref: "SM1"})
	require.Equal(t, "SM1", <-g.gateways.refs)
	g.becomes(text.ID, phone.TextSent)
	g.reopen()
	require.Equal(t, "SM1", <-g.gateways.refs)
}
