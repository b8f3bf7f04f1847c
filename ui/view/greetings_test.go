package view

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// newGreetings is a clock, and the greetings of a machine with one of its own for everybody.
func newGreetings(f *fakePhone) (g *Greetings, q *queue, clock *time.Time) {
	now := noon
	q = &queue{}
	m := NewMain(f, q, english{}, spaced{}, func() time.Time { return now })
	f.Spoken = []phone.Greeting{
		{Kind: phone.GreetingAll, Own: true, Sound: phone.Samples{Rate: 8000, Data: make([]int16, 64000)}},
		{Kind: phone.GreetingBlocked, Sound: phone.Samples{Rate: 8000, Data: make([]int16, 64000)}},
	}
	m.Greetings.Read()
	q.run()
	return m.Greetings, q, &now
}

func TestGreetingsAreListed(t *testing.T) {
	g, _, _ := newGreetings(&fakePhone{})
	require.Equal(t, []GreetingRow{
		{Kind: phone.GreetingAll, Own: true, Length: "0:08"}, {Kind: phone.GreetingBlocked, Shared: true, Length: "0:08"},
	}, g.List)
}

func TestAGreetingIsRecorded(t *testing.T) {
	f := &fakePhone{}
	g, q, now := newGreetings(f)
	g.Record(phone.GreetingAway)
	g.Record(phone.GreetingAll) // one at a time
	require.True(t, g.Recording())
	require.Equal(t, phone.GreetingAway, g.Kind)
	*now = now.Add(5 * time.Second)
	g.Beat()
	require.Equal(t, 5*time.Second, g.Elapsed)
	q.run() // it is stopped
	require.Equal(t, GreetingRecorded, g.Step)
	g.Listen()
	g.Keep()
	q.run()
	require.Equal(t, []string{"record", "play greeting draft", "keep away"}, f.Did)
	require.Equal(t, GreetingRests, g.Step)
}

// held is a machine whose recording goes on until it is told to stop.
type held struct {
	*fakePhone
	began chan struct{}
}

func (h held) RecordGreeting(ctx context.Context) error {
	close(h.began)
	<-ctx.Done()
	return h.fakePhone.RecordGreeting(ctx)
}

func TestStopEndsTheRecording(t *testing.T) {
	f := held{&fakePhone{}, make(chan struct{})}
	q := &queue{}
	m := NewMain(f, q, english{}, spaced{}, time.Now)
	g := m.Greetings
	g.Record(phone.GreetingAll)
	done := make(chan struct{})
	go func() {
		defer close(done)
		q.run()
	}()
	<-f.began
	g.stop() // as Stop does, from the test's goroutine
	<-done
	require.Equal(t, GreetingRecorded, g.Step)
}

func TestARecordingThatIsNotWanted(t *testing.T) {
	f := &fakePhone{}
	g, q, _ := newGreetings(f)
	g.Record(phone.GreetingAll)
	g.Cancel()
	require.Equal(t, GreetingRests, g.Step)
	q.run()
	require.Equal(t, GreetingRests, g.Step)
	g.Keep()
	q.run()
	require.Equal(t, []string{"record"}, f.Did)

	f.Fails = &phone.Error{Code: phone.CodeInvalid, Err: errors.New("nothing was heard")}
	g.Record(phone.GreetingAll)
	q.run()
	require.Equal(t, GreetingRests, g.Step)
	require.Equal(t, "Nothing was heard.", g.Notice)
}

func TestAGreetingFromAFile(t *testing.T) {
	f := &fakePhone{}
	g, q, _ := newGreetings(f)
	g.Home = "/home/jo"
	g.BringIn(phone.GreetingBlocked)
	g.Take()
	require.Equal(t, "Say which file.", g.Error)
	f.Fails = &phone.Error{Code: phone.CodeInvalid, Err: errors.New("this is no WAV file")}
	g.Type("hello.wav")
	require.Empty(t, g.Error)
	g.Take()
	q.run()
	require.Equal(t, "This is no WAV file.", g.Error)
	f.Fails = nil
	g.Take()
	q.run()
	require.Equal(t, GreetingRests, g.Step)
	g.Reset(phone.GreetingBlocked)
	q.run()
	require.Equal(t, []string{"greeting blocked /home/jo/hello.wav", "greeting blocked /home/jo/hello.wav", "reset blocked"}, f.Did)
}

func TestTheMachineIsSet(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Machine.Set(func(s *phone.MachineSettings) { s.Talking = true })
	q.run()
	require.False(t, f.Machine.Talking, "it is not known yet how the rest is set")
	f.Machine.MaxLength = time.Minute
	m.Machine.Read()
	q.run()
	m.Machine.Set(func(s *phone.MachineSettings) { s.Keep = 30 * 24 * time.Hour })
	q.run()
	require.Equal(t, phone.MachineSettings{MaxLength: time.Minute, Keep: 720 * time.Hour}, f.Machine)
	require.Equal(t, 30, m.Machine.KeepDays())
	f.Fails = full
	m.Machine.Set(func(s *phone.MachineSettings) { s.Away = true })
	q.run()
	require.NotEmpty(t, m.Machine.Notice)
	require.False(t, m.Machine.Settings.Away, "as it is kept")
}

var full = &phone.Error{Code: phone.CodeStorage}

func TestWhoTakesTheMessagesOfAnAccount(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Show(snapshot())
	m.Accounts.Edit(alice)
	form := m.Accounts.Form
	require.False(t, form.Answers, "it takes no call from a queue")
	require.Equal(t, "25", form.After)
	form.Answers, form.After, form.Provider, form.Busy, form.VoicemailNumber = true, "3", true, false, " *97 "
	m.Accounts.Save()
	require.Contains(t, form.Errors, "voicemail-after")
	form.After = "30"
	m.Accounts.Save()
	q.run()
	require.Equal(t, phone.AccountVoicemail{After: 30 * time.Second, Provider: true, Status: 480, Number: "*97"}, f.saved.Voicemail)
}
