package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestRinging(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Show(snapshot(caller("c2"), caller("c3")))
	r := m.Ringing
	require.Equal(t, phone.CallID("c2"), r.ID)
	require.Equal(t, "Jo Lee", r.Party.Title)
	require.Equal(t, "sales", r.Called)
	require.Equal(t, alice, r.Account)
	require.Equal(t, 1, r.Others)
	require.False(t, r.Busy)

	r.Decline()
	r.Decline()
	m.Show(snapshot(caller("c2"), caller("c3")))
	require.Equal(t, phone.CallID("c3"), r.ID, "the next one, before the phone has done it")
	r.Answer()
	q.run()
	require.Equal(t, []string{"decline c2", "answer c3"}, f.log)
	m.Show(snapshot())
	require.Empty(t, r.ID)
	r.Answer()
	q.run()
	require.Len(t, f.log, 2)
}

func TestAnAnswerEndsTheCallThatIsUp(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Show(snapshot(talking(time.Minute), caller("c2")))
	require.True(t, m.Ringing.Busy)
	m.Ringing.Answer()
	q.run()
	require.Equal(t, []string{"hangup c1", "answer c2"}, f.log)
}

func TestAnAnswerThatFailsIsTold(t *testing.T) {
	f := &fakePhone{err: &phone.Error{Code: phone.CodeInternal}}
	m, q := newMain(f)
	m.Show(snapshot(caller("c2")))
	m.Ringing.Answer()
	q.run()
	require.Contains(t, m.Ringing.Notice, "Something went wrong")
	f.err = nil
	m.Ringing.Answer()
	q.run()
	require.Equal(t, []string{"answer c2", "answer c2"}, f.log)
}
