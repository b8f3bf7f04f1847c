package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestACardShowsACall(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	call := talking(4*time.Minute + 12*time.Second)
	call.Quality = phone.Quality{Loss: 0.02, Jitter: 12 * time.Millisecond, RoundTrip: 40 * time.Millisecond}
	m.Show(snapshot(call))
	require.Len(t, m.Cards.List, 1)
	card := m.Cards.List[0]
	require.Equal(t, Party{Title: "Jo Lee", Number: "+44 20 7946 0018", Name: "Jo Lee"}, card.Party)
	require.Equal(t, "Connected", card.State)
	require.Equal(t, "04:12", card.Timer)
	require.Equal(t, 2, card.Quality)
	require.Equal(t, "Loss 2.0 %, jitter 12 ms, round trip 40 ms", card.Figures)
	require.True(t, card.Talks)

	m.Cards.Mute("c1", true)
	m.Cards.Send("c1", "5")
	m.Cards.Send("c1", "#")
	m.Cards.Hangup("c1")
	q.run()
	require.Equal(t, []string{"mute c1", "dtmf c1 5", "dtmf c1 #", "hangup c1"}, f.log)
	m.Show(snapshot(call))
	require.Equal(t, "5#", m.Cards.List[0].Digits)
}

func TestACardOfACallThatIsOverStaysForAWhile(t *testing.T) {
	m, _ := newMain(&fakePhone{})
	call := talking(time.Minute)
	m.Show(snapshot(call))
	over := call
	over.State, over.Ended, over.Result, over.Reason, over.SIPStatus, over.SIPText = phone.Ended, noon, phone.Answered, "The other side ended the call.", 200, "OK"
	m.Happened(phone.Event{Kind: phone.EventCallEnded, Call: &over, Time: noon})
	m.Show(snapshot())
	require.Len(t, m.Cards.List, 1)
	card := m.Cards.List[0]
	require.True(t, card.Ended)
	require.False(t, card.Talks)
	require.Equal(t, "The other side ended the call.", card.State)
	require.Equal(t, "01:00", card.Timer)
	require.Equal(t, "SIP 200 OK", card.Details)
	require.Equal(t, "+442079460018", card.Again)
	m.Cards.Tick(snapshot(), noon.Add(endedFor-time.Second))
	require.True(t, m.Cards.Busy())
	m.Cards.Tick(snapshot(), noon.Add(endedFor))
	require.False(t, m.Cards.Busy())
}

func TestOnlyTheLastCallsThatAreOverHaveCards(t *testing.T) {
	m, _ := newMain(&fakePhone{})
	for _, id := range []phone.CallID{"c1", "c2", "c3", "c4", "c5"} {
		over := talking(0)
		over.ID, over.State, over.Ended, over.Result = id, phone.Ended, noon, phone.Answered
		m.Happened(phone.Event{Kind: phone.EventCallEnded, Call: &over, Time: noon})
	}
	require.Len(t, m.Cards.List, endedMost)
	require.Equal(t, phone.CallID("c3"), m.Cards.List[0].ID)
}

func TestACallThatIsNotTakenHasNoCard(t *testing.T) {
	m, _ := newMain(&fakePhone{})
	m.Show(snapshot(caller("c2")))
	require.Empty(t, m.Cards.List)
	over := caller("c2")
	over.State, over.Result = phone.Ended, phone.Missed
	m.Happened(phone.Event{Kind: phone.EventCallEnded, Call: &over, Time: noon})
	require.Empty(t, m.Cards.List)
}

func TestDialling(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Dial.Type(" 020 7946 0018 ")
	m.Call()
	require.Equal(t, " 020 7946 0018 ", m.Dial.Text, "until the call is under way")
	q.run()
	require.Contains(t, f.log, "dial 020 7946 0018 ")
	require.Empty(t, m.Dial.Text)
	call := talking(0)
	call.ID = "call 020 7946 0018"
	m.Show(snapshot(call))
	require.Equal(t, "020 7946 0018", m.Cards.List[0].Again, "as it was typed")
	m.Show(snapshot())
	require.Empty(t, m.Cards.dialled, "nothing is kept of a call that is gone")

	m.Dial.Type("601")
	m.Call()
	m.Dial.Type("6016")
	q.run()
	require.Equal(t, "6", m.Dial.Text, "what is typed while the call is placed belongs to the next")
	m.Dial.Type("")

	f.err = &phone.Error{Code: phone.CodeNoAccount}
	m.Dial.Type("600")
	m.Call()
	q.run()
	require.Equal(t, "600", m.Dial.Text)
	require.Contains(t, m.Cards.Notice, "There is no account")
}

func TestTheSameCallIsNotDialledTwice(t *testing.T) {
	f, q, now := &fakePhone{}, &queue{}, noon
	m := NewMain(f, q, english{}, spaced{}, func() time.Time { return now })
	m.CallNumber("600", "")
	m.CallNumber("600", "") // a double click
	now = now.Add(5 * time.Second)
	m.CallNumber("600", "") // while the disk is slow
	q.run()
	m.CallNumber("600", "")
	m.CallNumber("601", "")
	q.run()
	require.Equal(t, []string{"dial 600 ", "dial 601 "}, f.log)
	now = now.Add(2 * time.Second)
	m.CallNumber("601", "")
	q.run()
	require.Len(t, f.log, 3)
}

func TestNothingIsDrawnAnewWhereNothingHasChanged(t *testing.T) {
	m, _ := newMain(&fakePhone{})
	changes := 0
	m.Cards.Changed = func() { changes++ }
	m.Show(snapshot(talking(0)))
	m.Show(snapshot(talking(0)))
	require.Equal(t, 1, changes)
}
