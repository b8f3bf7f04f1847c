package view

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view/booktest"
)

// sending is all screens of a phone with two triggers, which are read.
func sending(t *testing.T) (*fakePhone, *Main, *queue) {
	t.Helper()
	f := &fakePhone{Automat: booktest.Automat{Sends: []phone.Trigger{
		{Name: phone.MissedCallTrigger, Template: "Hello {name}", Who: phone.TriggerAll, Once: 2 * time.Hour},
		{Name: phone.CallEndedTrigger, Template: "Bye", Who: phone.TriggerAll},
	}}}
	m, q := newMain(f)
	m.Go(PageSettings)
	m.Triggers.Watched = true
	m.Triggers.Read()
	q.run()
	return f, m, q
}

func TestEachReasonNotToSendHasItsWords(t *testing.T) {
	require.Equal(t, "Not sent: this number is blacklisted", triggerOutcome(english{}, phone.Triggered{Outcome: phone.TriggerWithheld, Why: phone.WithheldBlacklisted}))
	said := map[string]bool{}
	for _, why := range []phone.Withheld{
		phone.WithheldBlacklisted, phone.WithheldHidden, phone.WithheldShortCode, phone.WithheldEmergency, phone.WithheldOwn, phone.WithheldStopped,
		phone.WithheldLoop, phone.WithheldHours, phone.WithheldWho, phone.WithheldOnce, phone.WithheldOff, phone.WithheldLate, phone.WithheldAddress, phone.WithheldAutomatic,
	} {
		text := triggerOutcome(english{}, phone.Triggered{Outcome: phone.TriggerWithheld, Why: why})
		require.Regexp(t, `^Not sent: .*[^.]$`, text, why)
		require.False(t, said[text], text)
		said[text] = true
	}
	require.Equal(t, "Failed: The server refused it.", triggerOutcome(english{}, phone.Triggered{Outcome: phone.TriggerFailed, Reason: "The server refused it."}))
	for _, name := range phone.TriggerNames {
		require.NotEmpty(t, triggerWords[name])
		require.NotEmpty(t, triggerShort[name])
		require.NotEmpty(t, triggerAbout[name])
	}
}

func TestATriggerThatIsBeingSwitchedIsNotShownAsItWas(t *testing.T) {
	f, m, q := sending(t)
	m.Happened(phone.Event{Kind: phone.EventTriggers}) // reads how they are set
	m.Triggers.Switch(phone.MissedCallTrigger, true)   // before that is there
	reads := q.todo[0]
	q.todo = q.todo[1:]
	reads()
	require.True(t, m.Triggers.List[0].Trigger.On)
	q.run()
	require.True(t, m.Triggers.List[0].Trigger.On)
	require.True(t, f.Sends[0].On)

	f.Broken = full
	m.Triggers.Switch(phone.MissedCallTrigger, false)
	require.False(t, m.Triggers.List[0].Trigger.On)
	q.run()
	require.True(t, m.Triggers.List[0].Trigger.On, "as it is kept")
	require.Contains(t, m.Triggers.Notice, "cannot be written")
}

func TestThePreviewFollowsWhatIsTyped(t *testing.T) {
	f, m, q := sending(t)
	m.Triggers.Open(phone.MissedCallTrigger)
	form := m.Triggers.Form
	for _, text := range []string{"a", "ab", "abc {name}"} {
		form.Type(text)
	}
	q.run()
	require.Equal(t, "abc Jo Lee", form.Preview)
	require.Equal(t, []string{"preview", "preview"}, f.Asked, "not for each letter")
	require.Equal(t, "Hello {name}", f.Sends[0].Template)
	m.Triggers.Close()
	q.run()
	require.Equal(t, "abc {name}", f.Sends[0].Template)
}

func TestATriggerThatIsSetElsewhereLeavesWhatIsTyped(t *testing.T) {
	f, m, q := sending(t)
	m.Triggers.Open(phone.MissedCallTrigger)
	form := m.Triggers.Form
	form.Type("mine")
	q.run()
	f.Sends[0].Who, f.Sends[0].Template = phone.TriggerContacts, "theirs"
	m.Happened(phone.Event{Kind: phone.EventTriggers})
	q.run()
	require.Equal(t, "mine", form.Template)
	require.Equal(t, phone.TriggerContacts, form.Trigger.Who)
	form.KeepTemplate()
	q.run()
	require.Equal(t, phone.TriggerContacts, f.Sends[0].Who)
	require.Equal(t, "mine", f.Sends[0].Template)
}

func TestWorkingHoursAreSet(t *testing.T) {
	f, m, q := sending(t)
	m.Triggers.Open(phone.MissedCallTrigger)
	form := m.Triggers.Form
	require.False(t, form.InHours())
	form.LimitHours(true)
	q.run()
	require.Equal(t, usualHours, f.Sends[0].Hours)
	for _, day := range []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday} {
		form.ToggleDay(day)
	}
	form.ToggleDay(time.Friday)
	require.True(t, form.OnDay(time.Friday), "the last one stays")
	for text, want := range map[string]time.Duration{"9": 9 * time.Hour, " 8.30 ": 8*time.Hour + 30*time.Minute, "24:00": 24 * time.Hour} {
		form.From = text
		form.KeepHours()
		require.Equal(t, want, form.Trigger.Hours.From, text)
	}
	for _, text := range []string{"", "24:01", "9:60", "nine", "-1"} {
		form.From = text
		form.KeepHours()
		require.Contains(t, form.Errors["hours"], "Times are such as", text)
	}
	form.From = "17:00"
	form.KeepHours()
	require.Contains(t, form.Errors["hours"], "The end should not be")
	form.LimitHours(false)
	q.run()
	require.Zero(t, f.Sends[0].Hours)
	require.Equal(t, []string{"No limit", "1 hours", "4 hours", "24 hours", "7 days", "2 hours"}, form.OnceWords(), "its own as well")
}

func TestATestIsOneOfTheTextThatIsTyped(t *testing.T) {
	f, m, q := sending(t)
	m.Triggers.Open(phone.MissedCallTrigger)
	form := m.Triggers.Form
	form.Type("new")
	form.Number = "+442079460018"
	f.Trial = phone.Triggered{Row: 1, Outcome: phone.TriggerSent}
	form.Test()
	form.Test() // a double click
	q.run()
	require.Equal(t, "new", f.Sends[0].Template)
	require.Equal(t, "Sent.", form.Said)
	require.False(t, form.Fails)
	require.Len(t, f.Asked, 3, "two previews and a test")
	f.Broken = &phone.Error{Code: phone.CodeInvalid, Err: errors.New("this is no number")}
	form.Test()
	q.run()
	require.Equal(t, "This is no number.", form.Errors["number"])
}

func TestHowLongATextIs(t *testing.T) {
	count, wide := sizeWords(english{}, phone.SizeOf("Hello"))
	require.Equal(t, "5/160, 1 texts", count)
	require.Empty(t, wide)
	_, wide = sizeWords(english{}, phone.SizeOf("x → 👩‍🚀"))
	require.Equal(t, "Only 70 characters fit into a text because of → 👩 🚀", wide, "no joiners, which nobody sees")
}
