package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// leaving is a snapshot in which Jo Lee leaves a message, beside some calls.
func leaving(calls ...phone.Call) phone.Snapshot {
	s := snapshot(calls...)
	call := caller("c7")
	call.State = phone.Messaging
	s.Messages = []phone.LiveMessage{{Call: call, Phase: phone.MachineRecords, Length: 12 * time.Second, Level: -20}}
	return s
}

func TestAMessageThatIsBeingLeft(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Show(leaving())
	live := m.Messages.Live[0]
	require.Equal(t, "Jo Lee", live.Party.Title)
	require.Equal(t, "is leaving a message 0:12", live.State)
	require.True(t, m.Moves())
	changed, heard := 0, 0
	m.Messages.Changed, m.Messages.Heard = func() { changed++ }, func() { heard++ }
	louder := leaving()
	louder.Messages[0].Level = -10
	m.Beat(louder)
	require.Equal(t, [2]int{0, 1}, [2]int{changed, heard}, "its level alone")

	m.Messages.ListenIn(live.ID, true)
	m.PickUp(live)
	q.run()
	require.Equal(t, []string{"listen c7 true", "pick up c7"}, f.Did)
	m.Show(snapshot())
	require.Empty(t, m.Messages.Live)
	require.False(t, m.Moves())
}

func TestPickingUpAsksForTheCallThatIsUp(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Show(leaving(talking(time.Minute)))
	m.PickUp(m.Messages.Live[0])
	q.run()
	require.Empty(t, f.Did)
	require.Equal(t, "Jo Lee", m.Next.Name)
	m.EndAndCall()
	q.run()
	require.Equal(t, []string{"hangup c1"}, f.log)
	require.Equal(t, []string{"pick up c7"}, f.Did)

	m.PickUp(m.Messages.Live[0])
	m.Show(snapshot(talking(time.Minute)))
	require.Nil(t, m.Next, "the caller has hung up")
}

func TestMessagesAtTheProvider(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	s := snapshot()
	s.NoRoom = true
	s.Accounts[0].Waiting = phone.MessagesWaiting{Waiting: true, New: 3}
	m.Show(s)
	require.True(t, m.Messages.NoRoom)
	require.Equal(t, "3 new messages at the provider", m.Messages.Waiting[0].Text)
	m.CallVoicemail(m.Messages.Waiting[0])
	require.Equal(t, alice, m.Accounts.Form.Address, "where its number is set")
	require.Equal(t, PageSettings, m.Page)

	s.Accounts[0].Account.Voicemail.Number, s.Accounts[0].Waiting.New = "*97", 0
	m.Show(s)
	require.Equal(t, "New messages at the provider", m.Messages.Waiting[0].Text)
	m.CallVoicemail(m.Messages.Waiting[0])
	q.run()
	require.Equal(t, []string{"dial *97 " + alice}, f.log)
}

func TestARingingCallIsSentToVoicemail(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Show(snapshot(caller("c2")))
	m.Ringing.ToVoicemail()
	m.Ringing.ToVoicemail()
	q.run()
	require.Equal(t, []string{"to voicemail c2"}, f.Did)
}

func TestThePresenceIsInTheLine(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	s := snapshot()
	s.Presence = phone.DoNotDisturb
	m.Show(s)
	require.Equal(t, phone.DoNotDisturb, m.Line.Presence)
	m.SetPresence(phone.Available)
	q.run()
	require.Equal(t, []string{"presence available"}, f.Did)
}
