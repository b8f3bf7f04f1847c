package view

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestTheFieldOffersWhoWasCalled(t *testing.T) {
	out := record(3, noon, phone.Busy)
	out.Direction, out.Number, out.Dialled, out.Name = phone.Out, "+441632960456", "01632 960456", "Jo Out"
	f := &fakePhone{records: []phone.CallRecord{out, record(2, noon.Add(-time.Hour), phone.Answered), record(1, noon.Add(-2*time.Hour), phone.Answered)}}
	m, q := newMain(f)
	m.Dial.Type("J")
	m.Dial.Type("Jo")
	q.run()
	require.Equal(t, []Match{
		{Party{Title: "Jo Out", Number: "+441632960456", Name: "Jo Out"}, "01632 960456"},
		{Party{Title: "Jo 2", Number: "+44 20 7946 0018", Name: "Jo 2"}, "+442079460018"},
	}, m.Dial.Matches, "each number once, dialled as it was dialled then")
	require.Equal(t, "Jo", m.Dial.Number())
	m.Dial.Move(1)
	require.Equal(t, "01632 960456", m.Dial.Number())
	m.Dial.Move(1)
	m.Dial.Move(1)
	require.Equal(t, "+442079460018", m.Dial.Number(), "there are no more")
	m.Dial.Move(-1)
	m.Dial.Move(-1)
	m.Dial.Move(-1)
	require.Equal(t, "Jo", m.Dial.Number())
	m.Dial.Clear()
	require.Empty(t, m.Dial.Matches)
	require.Empty(t, m.Dial.Number())
	q.run()
	m.Call()
	q.run()
	require.NotContains(t, f.log, "dial  ")
}

func TestOffersThatComeTooLateAreNotShown(t *testing.T) {
	f := &fakePhone{records: []phone.CallRecord{record(2, noon, phone.Answered)}}
	m, q := newMain(f)
	m.Dial.Type("Jo")
	m.Dial.Type("")
	q.run()
	require.Empty(t, m.Dial.Matches)
	f.err = &phone.Error{Code: phone.CodeStorage}
	m.Dial.Type("Jo")
	q.run()
	require.Empty(t, m.Dial.Matches)
	require.Equal(t, "Jo", m.Dial.Number())
}

func TestMoreThanANumberIsCut(t *testing.T) {
	m, _ := newMain(&fakePhone{})
	m.Dial.Type(strings.Repeat("ü", 500_000))
	require.Len(t, m.Dial.Text, typedMost)
}
