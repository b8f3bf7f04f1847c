package view

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestTextsAreFound(t *testing.T) {
	m, f, q, s := newTalk(t)
	for i := range 120 {
		f.Talk = append(f.Talk, seen(received(phone.TextID(fmt.Sprint("x", i)), jo, fmt.Sprint("the late order ", i), 3000*time.Hour-time.Duration(i)*time.Hour)))
	}
	p := m.Texts
	p.Find("order")
	q.run()
	require.Zero(t, p.Len(), "of no thread")
	require.Len(t, p.Found, foundAtOnce)
	require.Equal(t, [2]string{"Jo Lee", "Where is my order? It is late."}, [2]string{p.Found[0].Title, p.Found[0].Snippet})
	require.Equal(t, "order", p.Found[0].Snippet[p.Found[0].Marks[0][0]:p.Found[0].Marks[0][1]])
	for range 3 {
		p.FindMore()
		q.run()
	}
	require.Len(t, p.Found, 121)

	p.PickFound(p.Found[100])
	q.run()
	o := p.Open
	require.Equal(t, "false", strings.Fields(s.at)[1], "in the middle")
	line := o.Lines[s.first]
	require.Equal(t, p.Found[100].Snippet, line.Text.Body)
	require.Equal(t, [][2]int{{9, 14}}, line.Text.Marks)
	require.Empty(t, o.Lines[s.first+1].Text.Marks)
	o.End()
	q.run()
	require.Equal(t, "Voicemail 0:34", o.Lines[len(o.Lines)-1].Event.Text)
	s.shows()

	p.Find("max")
	q.run()
	require.Equal(t, 1, p.Len())
	p.Find("")
	q.run()
	require.Empty(t, p.Found)
	require.Equal(t, 2, p.Len())
}

func TestWhatWasFoundIsSeenInItsRow(t *testing.T) {
	m, f, q, _ := newTalk(t)
	f.Talk = append(f.Talk, received("x", jo, "Good morning to all of you,\nthe blue parcel has come", time.Minute))
	m.Texts.Find("parcel")
	q.run()
	found := m.Texts.Found[0]
	require.Equal(t, "… you, the blue parcel has come", found.Snippet)
	require.Equal(t, "parcel", found.Snippet[found.Marks[0][0]:found.Marks[0][1]])
}

func TestATextThatComesIsTold(t *testing.T) {
	m, _, q, _ := newTalk(t)
	told := func(item phone.ThreadItem) bool {
		return m.Told(phone.Event{Kind: phone.EventText, Message: item.Text})
	}
	hello := received("t9", jo, "Hello\nthere", 0)
	require.True(t, told(hello))
	require.False(t, told(sent("t9", jo, "Hello", 0, phone.TextDelivered)))
	require.False(t, told(seen(received("t9", jo, "Hello", 0))))
	m.Texts.Pick(jo)
	q.run()
	require.False(t, told(hello), "it is looked at")
	require.True(t, told(received("m9", orr, "Hello", 0)))
	m.Look(false)
	require.True(t, told(hello))
	s := snapshot()
	s.Presence = phone.DoNotDisturb
	m.Show(s)
	require.False(t, told(hello))
	who, line := m.Texts.Said(*hello.Text)
	require.Equal(t, [2]string{"+44 20 7946 0018", "Hello"}, [2]string{who, line})
}

func TestANewText(t *testing.T) {
	m, f, q, _ := newTalk(t)
	f.People = []phone.Contact{{ID: "p2", Name: "Ana Cruz", Numbers: []phone.ContactNumber{{Text: "+442079460021", Number: "+442079460021"}}}}
	focused := 0
	m.Texts.Focus = func() { focused++ }
	p := m.Texts
	p.Begin()
	p.New.Type("ana")
	q.run()
	require.Equal(t, "Ana Cruz", p.New.To.Matches[0].Party.Title)
	p.New.Go()
	q.run()
	require.NotEmpty(t, p.New.Failed, "a name is no number")
	p.New.Choose(0)
	q.run()
	require.Nil(t, p.New)
	require.Equal(t, "+442079460021", p.Open.Number)
	require.True(t, p.Open.Empty)
	require.Equal(t, 1, focused)

	p.Begin()
	require.Nil(t, p.Open)
	p.New.Type("+44 20 7946 0199")
	q.run()
	require.Equal(t, "Max Orr is blacklisted since 3 May, Allow voicemails.", p.New.Blocked.Text)
	p.New.Go()
	q.run()
	require.Equal(t, orr, p.Open.Number)
}
