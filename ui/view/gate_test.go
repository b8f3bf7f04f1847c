package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view/booktest"
)

// blocked is a phone with one number on its list.
func blocked() *fakePhone {
	return &fakePhone{Book: booktest.Book{
		People: []phone.Contact{{ID: "c1", Name: "Jo Lee", Numbers: []phone.ContactNumber{{Number: "+442079460018"}}}},
		List:   []phone.Entry{{ID: "e1", Kind: phone.KindNumber, Number: "+442079460018", Name: "Jo (spam)", Mode: phone.BlockAll, Since: noon.AddDate(0, -1, 0)}},
	}}
}

func TestABlockedNumberAsksFirst(t *testing.T) {
	f := blocked()
	m, q := newMain(f)
	m.Dial.Type("+44 20 7946 0018")
	q.run()
	f.log = nil
	m.Call()
	q.run()
	require.Empty(t, f.log, "nobody is called before there is an answer")
	require.Equal(t, "Jo (spam)", m.Blocked.Party.Title)
	require.Equal(t, "Jo Lee", m.Blocked.Name, "whose number it is")
	require.Equal(t, "+44 20 7946 0018", m.Blocked.Party.Number)
	require.Equal(t, "Block all communications", m.Blocked.Mode)
	require.Equal(t, "On the list since "+dateTitle(english{}, noon.AddDate(0, -1, 0), noon)+".", m.Blocked.Since)

	m.CallNumber("+442079460018", "") // while it asks
	q.run()
	m.Abort()
	require.Nil(t, m.Blocked)
	require.Empty(t, f.log)
	require.Equal(t, "+44 20 7946 0018", m.Dial.Text, "it can be corrected")
	m.Proceed() // of nothing
	q.run()
	require.Empty(t, f.log)

	m.Call()
	q.run()
	m.Proceed()
	q.run()
	require.Nil(t, m.Blocked)
	require.Equal(t, []string{"dial +44 20 7946 0018  anyway"}, f.log)
	require.Empty(t, m.Dial.Text)
}

func TestTheGateAsksBeforeACallEnds(t *testing.T) {
	f := blocked()
	m, q := newMain(f)
	up := talking(time.Minute)
	m.Show(snapshot(up))
	m.CallNumber("+442079460018", "")
	q.run()
	require.NotNil(t, m.Blocked)
	require.Nil(t, m.Next, "one question at a time")
	m.Proceed()
	q.run()
	require.Equal(t, "+442079460018", m.Next.Number)
	require.Empty(t, f.log)
	m.EndAndCall()
	q.run()
	require.Equal(t, []string{"hangup " + string(up.ID), "dial +442079460018  anyway"}, f.log)
}

func TestAnEmergencyCallWaitsForNoAnswer(t *testing.T) {
	f := blocked()
	f.List = append(f.List, phone.Entry{Kind: phone.KindNumber, Number: "112", Mode: phone.BlockAll})
	m, q := newMain(f)
	up := talking(time.Minute)
	m.Show(snapshot(up))
	m.CallNumber("112", "")
	q.run()
	require.Nil(t, m.Blocked)
	require.Nil(t, m.Next)
	require.Equal(t, []string{"hangup " + string(up.ID), "dial 112 "}, f.log)
}

func TestANumberBlockedMeanwhileAsks(t *testing.T) {
	f := blocked()
	list := f.List
	f.List = nil
	m, q := newMain(f)
	m.Show(snapshot(talking(time.Minute)))
	m.CallNumber("+442079460018", "")
	q.run()
	require.NotNil(t, m.Next)
	f.List = list // in another window
	m.EndAndCall()
	q.run()
	require.NotContains(t, f.log, "dial +442079460018 ")
	require.NotNil(t, m.Blocked, "the phone itself holds it up")
}
