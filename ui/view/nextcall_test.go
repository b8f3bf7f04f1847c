package view

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestACallWaitsForTheOneThatIsUp(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	up := talking(time.Minute)
	m.Show(snapshot(up))
	m.Dial.Type("601")
	q.run()
	f.log = nil
	m.Call()
	m.CallNumber("602", "") // asked once is enough
	q.run()
	require.Empty(t, f.log, "the two would hear the same microphone")
	require.Equal(t, "601", m.Next.Number)

	m.Stay()
	require.Nil(t, m.Next)
	require.Equal(t, "601", m.Dial.Text, "it can be called later")
	m.EndAndCall() // of nothing
	q.run()
	require.Empty(t, f.log)

	m.Call()
	q.run()
	m.Show(snapshot())
	require.Nil(t, m.Next, "there is nothing left to ask")
	require.Equal(t, "601", m.Dial.Text)

	m.Show(snapshot(up))
	m.Call()
	q.run()
	m.EndAndCall()
	q.run()
	require.Equal(t, []string{"hangup " + string(up.ID), "dial 601 "}, f.log)
	require.Nil(t, m.Next)
	require.Empty(t, m.Dial.Text)

	f.err = &phone.Error{Code: phone.CodeStorage, Err: errors.New("the disk is full")}
	m.CallNumber("603", "")
	q.run()
	m.EndAndCall()
	q.run()
	require.NotContains(t, f.log, "dial 603 ", "the other one is still up")
	require.Contains(t, m.Cards.Notice, "disk")
}
