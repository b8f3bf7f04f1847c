package view

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func record(n int, started time.Time, result phone.Result) phone.CallRecord {
	return phone.CallRecord{
		ID: phone.CallID(fmt.Sprintf("c%d", n)), Direction: phone.In, Number: "+442079460018", Name: fmt.Sprintf("Jo %d", n),
		Account: alice, Started: started, Answered: started, Ended: started.Add(time.Minute), Result: result,
	}
}

// shown reads all lines, and what they ask for.
func shown(c *Calls, q *queue) (lines []string) {
	for range 2 {
		lines = nil
		for i := range c.Len() {
			if row := c.Row(i); row.Day != "" {
				lines = append(lines, "— "+row.Day)
			} else {
				lines = append(lines, fmt.Sprintf("%s %s %s", row.Time, row.Party.Title, row.Result))
			}
		}
		q.run()
	}
	return lines
}

func TestHistoryIsByDay(t *testing.T) {
	f := &fakePhone{records: []phone.CallRecord{
		record(4, noon, phone.Answered), record(3, noon.Add(-time.Hour), phone.Missed),
		record(2, noon.Add(-13*time.Hour), phone.Busy), record(1, noon.Add(-20*24*time.Hour), phone.Answered),
	}}
	m, q := newMain(f)
	m.Show(snapshot())
	m.Go(PageCalls)
	require.False(t, m.Calls.Empty(), "it is on its way")
	q.run()
	require.Equal(t, []string{
		"— Today", "12:00 Jo 4 1:00", "11:00 Jo 3 missed", "— Yesterday", "23:00 Jo 2 busy", "— 4 November", "12:00 Jo 1 1:00",
	}, shown(m.Calls, q))

	m.Calls.Filter(true)
	q.run()
	require.Equal(t, []string{"— Today", "11:00 Jo 3 missed"}, shown(m.Calls, q))
	m.Calls.Filter(false)
	m.Calls.Find("Jo 1")
	q.run()
	require.Equal(t, []string{"— 4 November", "12:00 Jo 1 1:00"}, shown(m.Calls, q))
	m.Calls.Find("Nobody")
	q.run()
	require.True(t, m.Calls.Empty())
	m.Calls.Find("")
	q.run()
	require.Equal(t, 7, m.Calls.Len())

	shown(m.Calls, q)
	m.Calls.Delete("c2")
	require.Equal(t, 5, m.Calls.Len(), "the day has none left")
	q.run()
	require.Equal(t, 5, m.Calls.Len())
}

func TestACallThatWasSentToVoicemailSaysSo(t *testing.T) {
	sent, declined := record(2, noon, phone.Declined), record(1, noon.Add(-time.Hour), phone.Declined)
	sent.Voicemail = "v1"
	m, q := newMain(&fakePhone{records: []phone.CallRecord{sent, declined}})
	m.Show(snapshot())
	m.Go(PageCalls)
	q.run()
	require.Equal(t, []string{"— Today", "12:00 Jo 2 to voicemail", "11:00 Jo 1 declined"}, shown(m.Calls, q))
}

func TestAnOldAnswerDoesNotReplaceANewOne(t *testing.T) {
	f := &fakePhone{records: []phone.CallRecord{record(2, noon, phone.Answered), record(1, noon, phone.Answered)}}
	m, q := newMain(f)
	m.Calls.Find("Jo 1")
	m.Calls.Find("Jo 2")
	q.todo[0], q.todo[1] = q.todo[1], q.todo[0]
	q.run()
	require.Equal(t, []string{"— Today", "12:00 Jo 2 1:00"}, shown(m.Calls, q))
}

func TestALongHistoryIsReadAsItIsLookedAt(t *testing.T) {
	f := &fakePhone{}
	for n := range 100_000 {
		f.records = append(f.records, record(n, noon.Add(-time.Duration(n)*time.Minute), phone.Answered))
	}
	m, q := newMain(f)
	m.Calls.Read()
	q.run()
	require.Equal(t, 100_000+70, m.Calls.Len())
	require.Empty(t, f.log)
	for i := range 20 {
		m.Calls.Row(50_000 + i)
	}
	q.run()
	require.Equal(t, []string{"rows"}, f.log)
	require.True(t, m.Calls.Row(50_010).Ready)
	for i := 0; i < m.Calls.Len(); i += page {
		m.Calls.Row(i)
		q.run()
	}
	require.LessOrEqual(t, len(m.Calls.rows), kept+2*page)
}

func TestMissedCallsAreNotSeenWhileNobodyLooks(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Start(snapshot())
	m.Go(PageCalls)
	q.run()
	m.Look(false) // in the tray
	f.missed = 1
	m.Happened(phone.Event{Kind: phone.EventHistory})
	q.run()
	require.Equal(t, 1, m.Missed)
	m.Look(true)
	q.run()
	require.Zero(t, m.Missed)
}

func TestADayThatBeginsIsShown(t *testing.T) {
	f, q, now := &fakePhone{}, &queue{}, noon
	m := NewMain(f, q, english{}, spaced{}, func() time.Time { return now })
	m.Start(snapshot())
	m.Go(PageCalls)
	q.run()
	f.log = nil
	m.Turn()
	require.Empty(t, q.todo)
	now = now.Add(24 * time.Hour)
	m.Turn()
	require.Len(t, q.todo, 3, "Today, the newest messages, and the days of the list")
}

func TestMissedCallsAreCountedUntilTheyAreSeen(t *testing.T) {
	f := &fakePhone{missed: 2}
	m, q := newMain(f)
	m.Start(snapshot())
	q.run()
	require.Equal(t, 2, m.Missed)
	m.Go(PageCalls)
	q.run()
	require.Zero(t, m.Missed)
	m.Go(PageHome)
	f.missed = 1
	m.Happened(phone.Event{Kind: phone.EventHistory})
	q.run()
	require.Equal(t, 1, m.Missed)
}

// stuck is a history from which nothing can be deleted.
type stuck struct{ *fakePhone }

func (stuck) DeleteCall(context.Context, phone.CallID) error {
	return &phone.Error{Code: phone.CodeStorage, Err: errors.New("the disk is full")}
}

func TestACallThatCannotBeDeletedComesBack(t *testing.T) {
	f, q := &fakePhone{records: []phone.CallRecord{record(1, noon, phone.Answered)}}, &queue{}
	c := NewCalls(stuck{f}, q, english{}, spaced{}, func(string) string { return "" }, func() time.Time { return noon })
	c.Read()
	q.run()
	c.Row(1)
	q.run()
	c.Delete(c.Row(1).ID)
	q.run()
	require.Equal(t, 2, c.Len())
	require.Contains(t, c.Notice, "disk is full")
	c.Read()
	q.run()
	require.Empty(t, c.Notice)
}
