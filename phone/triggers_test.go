package phone_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestTriggersAreThereAndOff(t *testing.T) {
	g := texting(t)
	list, err := g.Triggers(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 4)
	for _, trigger := range list {
		require.False(t, trigger.On)
		require.NotEmpty(t, trigger.Template)
		require.Zero(t, trigger.Delay)
		require.Equal(t, phone.Hours{}, trigger.Hours)
	}
	g.misses(jo)
	g.silent()
	g.logged(0)
}

func TestAMissedCallIsFollowedByAText(t *testing.T) {
	g := texting(t)
	g.knows("Jo Lee", jo)
	g.enables(phone.MissedCallTrigger, func(trigger *phone.Trigger) {
		trigger.Template = "Hello {first_name} ({name}), we missed you at {time}. Your {agent} of {account}, {number}"
	})
	g.misses(jo)
	m := g.sent()
	require.Regexp(t, `^Hello Jo \(Jo Lee\), we missed you at \d\d:\d\d\. Your alice of alice, 020 7946 0018$`, m.Body)
	require.True(t, m.Automatic)
	m.tell(phone.TextResult{Status: 200})
	row := g.logged(1)[0]
	require.Equal(t, phone.TriggerSent, row.Outcome)
	require.Equal(t, "Jo Lee", row.Name)
	require.NotEmpty(t, row.Call)
	require.Contains(t, row.Event, "Missed call")
	require.Equal(t, []string{m.Body}, g.bodies(jo))
	g.silent()
}

func TestATriggerNeverTextsABlacklistedNumber(t *testing.T) {
	for _, mode := range []phone.Mode{phone.AllowVoicemails, phone.BlockAll} {
		g := texting(t)
		e := g.blocks(phone.EntryDraft{Number: jo, Mode: mode})
		for _, name := range phone.TriggerNames {
			g.enables(name, nil)
		}
		g.called(from(jo))
		g.gotten(phone.IncomingText{Text: "Hello"}, jo)
		rows := g.logged(2)
		for _, row := range rows {
			require.Equal(t, phone.TriggerWithheld, row.Outcome)
			require.Equal(t, phone.WithheldBlacklisted, row.Why)
			require.Equal(t, jo, row.Number)
		}
		require.Equal(t, phone.MissedCallTrigger, rows[0].Trigger)
		require.Equal(t, phone.FirstTextTrigger, rows[1].Trigger)
		test, err := g.TestTrigger(t.Context(), phone.CallEndedTrigger, jo)
		require.NoError(t, err)
		require.Equal(t, phone.WithheldBlacklisted, test.Why)
		require.NoError(t, g.RemoveEntries(t.Context(), e.ID))
		g.silent()
		g.reopen()
		g.registers()
		g.silent()
		g.logged(3)
		require.Empty(t, g.bodies(jo))
	}
}

func TestABlacklistedNumberIsLookedUpAtTheMomentOfSending(t *testing.T) {
	g := newGuarded(t, "GB") // the account is not registered: the text waits
	g.enables(phone.MissedCallTrigger, nil)
	g.misses(jo)
	require.Eventually(t, func() bool { return len(g.bodies(jo)) == 1 }, 10*time.Second, time.Millisecond)
	e := g.blocks(phone.EntryDraft{Number: jo, Mode: phone.AllowVoicemails})
	g.registers()
	row := g.logged(1)[0]
	require.Equal(t, phone.WithheldBlacklisted, row.Why)
	require.Empty(t, g.bodies(jo), "what is not sent is not in the thread")
	require.NoError(t, g.RemoveEntries(t.Context(), e.ID))
	g.reopen()
	g.registers()
	g.silent()
}

func TestADelayedTextIsLookedUpWhenItIsDue(t *testing.T) {
	g := texting(t)
	g.enables(phone.MissedCallTrigger, func(trigger *phone.Trigger) { trigger.Delay = 300 * time.Millisecond })
	g.misses(jo)
	g.blocks(phone.EntryDraft{Number: jo, Mode: phone.BlockAll})
	require.Equal(t, phone.WithheldBlacklisted, g.logged(1)[0].Why)
	g.misses("+442079460021")
	g.silent()
	g.reopen() // what is due is on the disk
	g.registers()
	m := g.sent()
	require.Contains(t, m.Target.URI, "7946")
	m.tell(phone.TextResult{Status: 200})
	require.Equal(t, phone.TriggerSent, g.logged(2)[1].Outcome)
}

func TestWhoIsNeverTextedByATrigger(t *testing.T) {
	g := texting(t)
	g.enables(phone.MissedCallTrigger, nil)
	for user, why := range map[string]phone.Withheld{
		"anonymous": phone.WithheldHidden,
		"999":       phone.WithheldEmergency,
		"118118":    phone.WithheldShortCode,
		"alice":     phone.WithheldOwn,
	} {
		claim := phone.Claim{Source: "From", User: user, Host: "pbx.example"}
		caller := phone.Caller{Claims: []phone.Claim{claim}, Hidden: user == "anonymous"}
		d := &fakeDialog{}
		d.tell = g.sip.Invited(phone.Incoming{Account: "a1", Dialog: d, Called: "alice", Offer: []byte("their offer"), Caller: caller})
		g.settled()
		d.tell(phone.DialogEnded{Cause: phone.EndCancelled})
		require.Eventually(t, func() bool {
			rows, _, err := g.TriggerLog(t.Context(), phone.TriggerLogQuery{})
			return err == nil && len(rows) > 0 && rows[0].Why == why
		}, 10*time.Second, time.Millisecond, "%s is not withheld as %s", user, why)
	}
	g.silent()
}

func TestStopHoldsUntilStart(t *testing.T) {
	g := texting(t)
	s, err := g.TextSettings(t.Context())
	require.NoError(t, err)
	s.StopWords, s.StartWords = []string{"stopp"}, []string{"weiter"}
	require.NoError(t, g.SetTextSettings(t.Context(), s))
	g.enables(phone.MissedCallTrigger, nil)
	for _, words := range [][2]string{{" stop. ", "START"}, {"Stopp!", "weiter"}} {
		require.Equal(t, 200, g.gotten(phone.IncomingText{Text: words[0]}, jo))
		g.misses(jo)
		require.Eventually(t, func() bool {
			rows, _, err := g.TriggerLog(t.Context(), phone.TriggerLogQuery{})
			return err == nil && len(rows) > 0 && rows[0].Why == phone.WithheldStopped
		}, 10*time.Second, time.Millisecond)
		g.silent()
		require.Equal(t, 200, g.gotten(phone.IncomingText{Text: words[1]}, jo))
		g.misses(jo)
		g.sent().tell(phone.TextResult{Status: 200})
	}
	text := g.sends(jo, "The agent writes all the same")
	g.sent().tell(phone.TextResult{Status: 200})
	g.becomes(text.ID, phone.TextSent)
}

func TestTwoAutomaticTextsInARowAreEnough(t *testing.T) {
	g := texting(t)
	g.enables(phone.MissedCallTrigger, nil)
	for range 2 {
		g.misses(jo)
		g.sent().tell(phone.TextResult{Status: 200})
		require.Equal(t, 200, g.gotten(phone.IncomingText{Text: "I am a machine and answer at once"}, jo))
	}
	g.misses(jo)
	require.Equal(t, phone.WithheldLoop, g.logged(3)[2].Why)
	text := g.sends(jo, "Sorry about that")
	g.sent().tell(phone.TextResult{Status: 200})
	g.becomes(text.ID, phone.TextSent)
	g.misses(jo)
	g.sent().tell(phone.TextResult{Status: 200})
	require.Equal(t, phone.TriggerSent, g.logged(4)[3].Outcome)
}

func TestWhatATriggerIsSetTo(t *testing.T) {
	g := texting(t)
	g.knows("Jo Lee", jo)
	const stranger = "+442079460021"
	g.enables(phone.MissedCallTrigger, func(trigger *phone.Trigger) { trigger.Who = phone.TriggerContacts })
	g.misses(stranger)
	require.Equal(t, phone.WithheldWho, g.logged(1)[0].Why)
	g.enables(phone.MissedCallTrigger, func(trigger *phone.Trigger) { trigger.Who = phone.TriggerUnknown })
	g.misses(jo)
	require.Equal(t, phone.WithheldWho, g.logged(2)[1].Why)
	g.enables(phone.MissedCallTrigger, func(trigger *phone.Trigger) { trigger.Who, trigger.Once = phone.TriggerAll, time.Hour })
	g.misses(jo)
	g.sent().tell(phone.TextResult{Status: 200})
	g.logged(3)
	g.misses(jo)
	require.Equal(t, phone.WithheldOnce, g.logged(4)[3].Why)
	g.enables(phone.MissedCallTrigger, func(trigger *phone.Trigger) {
		trigger.Once = 0
		trigger.Hours.Days[(time.Now().Weekday()+3)%7] = true
	})
	g.misses(jo)
	require.Equal(t, phone.WithheldHours, g.logged(5)[4].Why)
}

func TestOtherEventsThatATriggerFollows(t *testing.T) {
	g := texting(t)
	for _, name := range []phone.TriggerName{phone.CallEndedTrigger, phone.FirstTextTrigger, phone.VoicemailTrigger} {
		g.enables(name, nil)
	}
	require.Equal(t, 200, g.gotten(phone.IncomingText{Text: "Hello"}, jo))
	g.sent().tell(phone.TextResult{Status: 200})
	require.Equal(t, 200, g.gotten(phone.IncomingText{Text: "Hello again"}, jo))
	require.Equal(t, 200, g.gotten(phone.IncomingText{Text: "A machine", Automatic: true}, "+442079460021"))
	rows := g.logged(2)
	require.Equal(t, phone.FirstTextTrigger, rows[0].Trigger)
	require.Equal(t, phone.TriggerSent, rows[0].Outcome)
	require.Equal(t, phone.WithheldAutomatic, rows[1].Why)
	g.misses("+442079460030") // no answer: not followed as it is set
	g.silent()
	d := g.called(from("+442079460030"))
	require.NoError(t, g.Answer(t.Context(), ""))
	m := g.media.sessions[len(g.media.sessions)-1]
	m.tell(phone.MediaAnswer{SDP: []byte("our answer")})
	g.settled()
	d.tell(phone.DialogConfirmed{})
	g.settled()
	d.tell(phone.DialogEnded{Cause: phone.EndRemote})
	g.sent().tell(phone.TextResult{Status: 200})
	require.Equal(t, phone.CallEndedTrigger, g.logged(3)[2].Trigger)
}

func TestATestOfATrigger(t *testing.T) {
	g := texting(t)
	done := make(chan phone.Triggered, 1)
	go func() {
		row, err := g.TestTrigger(t.Context(), phone.MissedCallTrigger, "020 7946 0018")
		if err == nil {
			done <- row
		}
	}()
	g.sent().tell(phone.TextResult{Status: 200})
	row := <-done
	require.Equal(t, phone.TriggerSent, row.Outcome)
	require.True(t, row.Test)
	_, err := g.TestTrigger(t.Context(), phone.MissedCallTrigger, "nobody at all")
	fails(t, phone.CodeInvalid, err)
	_, err = g.TestTrigger(t.Context(), "no-trigger", jo)
	fails(t, phone.CodeNotFound, err)
}

func TestWorkingHours(t *testing.T) {
	monday := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)
	weekdays := [7]bool{false, true, true, true, true, true, false}
	for name, test := range map[string]struct {
		hours phone.Hours
		at    time.Duration // from Monday 00:00
		has   bool
	}{
		"always":                    {phone.Hours{}, 3 * time.Hour, true},
		"before nine":               {phone.Hours{Days: weekdays, From: 9 * time.Hour, To: 17 * time.Hour}, 9*time.Hour - time.Second, false},
		"at nine":                   {phone.Hours{Days: weekdays, From: 9 * time.Hour, To: 17 * time.Hour}, 9 * time.Hour, true},
		"at five":                   {phone.Hours{Days: weekdays, From: 9 * time.Hour, To: 17 * time.Hour}, 17 * time.Hour, false},
		"on Saturday":               {phone.Hours{Days: weekdays, From: 9 * time.Hour, To: 17 * time.Hour}, (5*24 + 12) * time.Hour, false},
		"over midnight, late":       {phone.Hours{Days: weekdays, From: 22 * time.Hour, To: 6 * time.Hour}, (4*24 + 23) * time.Hour, true},
		"over midnight, the day on": {phone.Hours{Days: weekdays, From: 22 * time.Hour, To: 6 * time.Hour}, (5*24 + 5) * time.Hour, true},
		"of no day before":          {phone.Hours{Days: weekdays, From: 22 * time.Hour, To: 6 * time.Hour}, 5 * time.Hour, false},
		"to midnight":               {phone.Hours{From: 18 * time.Hour, To: 24 * time.Hour}, 23 * time.Hour, true},
	} {
		require.Equal(t, test.has, test.hours.Has(monday.Add(test.at)), name)
	}
}

func TestATemplateWithoutAName(t *testing.T) {
	g := texting(t)
	g.enables(phone.MissedCallTrigger, func(trigger *phone.Trigger) {
		trigger.Template = "Sorry, {first_name}, hello {name}. We call you back."
	})
	claim := from(jo)
	claim.Name = "https://bad.example" // a caller can call itself anything
	d := g.called(claim)
	d.tell(phone.DialogEnded{Cause: phone.EndCancelled})
	require.Equal(t, "Sorry, hello. We call you back.", g.sent().Body)
}
