package data_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// triggered is a row of the trigger log about a call some minutes after noon.
func triggered(name, number string, minutes int) phone.Triggered {
	at := noon.Add(time.Duration(minutes) * time.Minute)
	return phone.Triggered{
		Time: at, Trigger: phone.MissedCallTrigger, Event: "Missed call at 10:42", Call: "call", Voicemail: "voicemail", Message: "message",
		Number: number, Name: name, Via: "1001@pbx.example", Outcome: phone.TriggerWaiting, Due: at.Add(time.Hour), Text: "I will call back.",
	}
}

func saveTriggered(t testing.TB, store *data.Store, list ...phone.Triggered) []phone.Triggered {
	t.Helper()
	saved, err := store.SaveTriggered(t.Context(), list)
	require.NoError(t, err)
	return saved
}

func TestTheTriggerLogComesBackNewestFirst(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	rows := saveTriggered(t, store, triggered("Zoë 100%", zoe, 1), triggered("Max", maxim, 1), triggered("", "", 0))
	a, b, c := rows[0], rows[1], rows[2]
	require.True(t, 0 < a.Row && a.Row < b.Row && b.Row < c.Row, "in the order in which they were written")
	a.Outcome, a.Sent, a.Due = phone.TriggerSent, "text", time.Time{}
	b.Outcome, b.Why, b.Reason, b.Test, b.Name = phone.TriggerWithheld, phone.WithheldBlacklisted, "The number is blacklisted.", true, "Bob"
	require.Equal(t, []phone.Triggered{a, b}, saveTriggered(t, store, a, b))
	require.NoError(t, store.Close())
	store = open(t, dir)
	for _, tt := range []struct {
		q     phone.TriggerLogQuery
		want  []phone.Triggered
		total int
	}{
		{phone.TriggerLogQuery{}, []phone.Triggered{c, b, a}, 3},
		{phone.TriggerLogQuery{Offset: 1, Limit: 1}, []phone.Triggered{b}, 3},
		{phone.TriggerLogQuery{Outcome: phone.TriggerWithheld}, []phone.Triggered{b}, 1},
		{phone.TriggerLogQuery{Outcome: phone.TriggerFailed}, nil, 0},
		{phone.TriggerLogQuery{Search: "zoe"}, []phone.Triggered{a}, 1},
		{phone.TriggerLogQuery{Search: "%"}, []phone.Triggered{a}, 1},
		{phone.TriggerLogQuery{Search: "bob"}, []phone.Triggered{b}, 1},
		{phone.TriggerLogQuery{Search: "max"}, nil, 0},
		{phone.TriggerLogQuery{Search: "020 7946 00", Limit: 1}, []phone.Triggered{b}, 2},
		{phone.TriggerLogQuery{Search: "020 7946 00", Outcome: phone.TriggerSent}, []phone.Triggered{a}, 1},
	} {
		part, total, err := store.Triggered(t.Context(), tt.q)
		require.NoError(t, err)
		require.Equal(t, tt.want, part, "%+v", tt.q)
		require.Equal(t, tt.total, total, "%+v", tt.q)
	}
	waiting, err := store.WaitingTriggers(t.Context())
	require.NoError(t, err)
	require.Equal(t, []phone.Triggered{c}, waiting)
	one, err := store.TriggeredText(t.Context(), "text")
	require.NoError(t, err)
	require.Equal(t, a, one)
	for _, id := range []phone.TextID{"none", ""} {
		_, err = store.TriggeredText(t.Context(), id)
		require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
	}
}

func TestARowOfTheTriggerLogIsNotReused(t *testing.T) {
	store := open(t, t.TempDir())
	old := saveTriggered(t, store, triggered("", zoe, 0))[0]
	old.Outcome = phone.TriggerSent
	saveTriggered(t, store, old)
	require.NoError(t, store.DropTriggered(t.Context(), noon.Add(time.Hour)))
	require.Greater(t, saveTriggered(t, store, triggered("", zoe, 1))[0].Row, old.Row)
}

func TestWhatWasTriggeredLatelyIsKnown(t *testing.T) {
	store := open(t, t.TempDir())
	since := func(name phone.TriggerName, number string, minutes int, but int64) bool {
		has, err := store.TriggeredSince(t.Context(), name, number, noon.Add(time.Duration(minutes)*time.Minute), but)
		require.NoError(t, err)
		return has
	}
	r := triggered("Zoë", zoe, 10)
	r.Due = time.Time{}
	r = saveTriggered(t, store, r)[0]
	test := triggered("Max", maxim, 10)
	test.Test = true
	saveTriggered(t, store, test)
	for outcome, has := range map[phone.TriggerOutcome]bool{
		phone.TriggerWaiting: true, phone.TriggerSent: true, phone.TriggerWithheld: false, phone.TriggerFailed: false,
	} {
		r.Outcome = outcome
		saveTriggered(t, store, r)
		require.Equal(t, has, since(phone.MissedCallTrigger, zoe, 10, 0), outcome)
	}
	r.Outcome = phone.TriggerSent
	saveTriggered(t, store, r)
	require.False(t, since(phone.MissedCallTrigger, zoe, 11, 0))
	require.False(t, since(phone.MissedCallTrigger, zoe, 0, r.Row), "all but this")
	require.False(t, since(phone.VoicemailTrigger, zoe, 0, 0))
	require.False(t, since(phone.MissedCallTrigger, maxim, 0, 0), "a test")
	r.Due = r.Time.Add(2 * time.Hour)
	saveTriggered(t, store, r)
	require.True(t, since(phone.MissedCallTrigger, zoe, 130, 0), "it was sent then")
}

func TestAutomaticTextsInARowAreCounted(t *testing.T) {
	trigger := func(minutes int) phone.QueuedText {
		text := written(phone.TextID(fmt.Sprint("trigger ", minutes)), zoe, "", minutes)
		text.Trigger, text.State = phone.MissedCallTrigger, phone.TextSent
		return text
	}
	slow := func(text phone.QueuedText, minutes int) phone.QueuedText {
		text.Settled = text.Time.Add(time.Duration(minutes) * time.Minute)
		return text
	}
	agent := func(minutes int) phone.QueuedText {
		return written(phone.TextID(fmt.Sprint("agent ", minutes)), zoe, "", minutes)
	}
	from := func(minutes int) phone.QueuedText {
		return received(phone.TextID(fmt.Sprint("from ", minutes)), zoe, "", minutes)
	}
	machine := func(minutes int) phone.QueuedText {
		text := from(minutes)
		text.Automatic = true
		return text
	}
	type texts = []phone.QueuedText
	for name, tt := range map[string]struct {
		texts texts
		want  int
	}{
		"none":                                 {texts{}, 0},
		"a person alone":                       {texts{from(1)}, 0},
		"one":                                  {texts{trigger(1)}, 1},
		"two":                                  {texts{from(0), trigger(1), trigger(2)}, 2},
		"the agent writes":                     {texts{trigger(1), agent(2), trigger(3)}, 1},
		"the agent wrote last":                 {texts{trigger(1), trigger(2), agent(3)}, 0},
		"a person answers":                     {texts{trigger(1), from(20), trigger(21)}, 1},
		"a person answered last":               {texts{trigger(1), trigger(2), from(20)}, 0},
		"a machine answers":                    {texts{trigger(1), machine(20), trigger(21), machine(40)}, 2},
		"an answer comes at once":              {texts{trigger(1), from(2), trigger(3), from(4)}, 2},
		"at once, after the last of two":       {texts{trigger(1), trigger(20), from(21)}, 2},
		"a person and a machine":               {texts{trigger(1), from(20), machine(21)}, 0},
		"a person after an answer at once":     {texts{trigger(1), from(2), from(20), trigger(21)}, 1},
		"an answer at once to one sent slowly": {texts{slow(trigger(1), 30), from(32)}, 1},
		"long ago":                             {texts{trigger(-100), trigger(1)}, 1},
		"another number":                       {texts{trigger(1), received("x", maxim, "", 20)}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			store := open(t, t.TempDir())
			addTexts(t, store, tt.texts...)
			got, err := store.AutomaticInRow(t.Context(), zoe, noon.Add(-time.Hour), 5*time.Minute)
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
}

// A flood does not fill the disk; what is to be sent still is.
func TestTheTriggerLogHasABound(t *testing.T) {
	store := open(t, t.TempDir())
	const more = 500
	batch := make([]phone.Triggered, phone.MaxTriggered+more)
	for i := range batch {
		batch[i] = triggered("", zoe, 0)
		batch[i].Outcome = phone.TriggerSent
	}
	batch[0].Outcome = phone.TriggerWaiting
	saved := saveTriggered(t, store, batch...)
	require.NoError(t, store.DropTriggered(t.Context(), noon.Add(-time.Hour)))
	part, total, err := store.Triggered(t.Context(), phone.TriggerLogQuery{Limit: 1, Offset: phone.MaxTriggered - 1})
	require.NoError(t, err)
	require.Equal(t, phone.MaxTriggered+1, total)
	require.Equal(t, saved[more].Row, part[0].Row)
	waiting, err := store.WaitingTriggers(t.Context())
	require.NoError(t, err)
	require.Len(t, waiting, 1)
}
