package view

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestATextIsSent(t *testing.T) {
	m, f, q, s := newTalk(t)
	m.Texts.Pick(jo)
	q.run()
	o := m.Texts.Open
	o.Type(" See you at four \n")
	f.Said = nil
	o.Send()
	require.Empty(t, o.Written, "at once")
	q.run()
	require.Contains(t, f.Said, "send "+jo+" See you at four "+alice)
	require.Equal(t, "> See you at four 12:00 waiting", script(o)[6])
	require.Empty(t, f.Letters[jo].Draft)
	s.shows()

	o.Type("One")
	f.Lost = &phone.Error{Code: phone.CodeStorage, Op: "text", Err: errors.New("the disk is full: make room on it")}
	o.Send()
	o.Type("Two")
	q.run()
	require.Equal(t, "One\nTwo", o.Written, "it comes back")
	require.Equal(t, "The disk is full: make room on it.", o.Failed)
	o.Type("  ")
	asked := len(f.Said)
	o.Send()
	q.run()
	require.NotContains(t, strings.Join(f.Said[asked:], "\n"), "send", "nothing is no text")
}

func TestADraftIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, f, q, _ := newTalk(t)
		m.Texts.Wait = wait
		m.Texts.Pick(jo)
		q.run()
		m.Texts.Open.Type("Tom")
		m.Texts.Open.Type("Tomorrow")
		began := time.Now()
		q.todo[len(q.todo)-1]()
		require.Equal(t, notePause, time.Since(began))
		q.run()
		require.Equal(t, 1, strings.Count(strings.Join(f.Said, "\n"), "draft"), "once")
		require.Equal(t, "Tomorrow", f.Letters[jo].Draft)

		m.Texts.Open.Type("Tomorrow at four")
		m.Texts.Pick(orr) // it is kept on leaving
		require.Empty(t, m.Texts.typed)
		q.run()
		require.Equal(t, "Tomorrow at four", f.Letters[jo].Draft)
		require.Empty(t, m.Texts.Open.Written)
		m.Texts.Pick(jo)
		q.run()
		require.Equal(t, "Tomorrow at four", m.Texts.Open.Written)
		m.Texts.Open.Type("")
		m.Go(PageHome)
		require.Empty(t, m.Texts.typed, "nor another page")
		q.run()
		require.Empty(t, f.Letters[jo].Draft)
	})
}

func TestTheOtherSideIsToldOfTyping(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakePhone{Chat: talks()}
		q := &queue{}
		var tells []string
		m := NewMain(f, q, english{}, spaced{}, time.Now)
		m.Start(snapshot())
		m.Go(PageTexts)
		m.Texts.Pick(jo)
		q.run()
		o := m.Texts.Open
		told := func() []string {
			tells = nil
			for _, said := range f.Said {
				if strings.HasPrefix(said, "compose") {
					tells = append(tells, strings.TrimPrefix(said, "compose "+jo+" "))
				}
			}
			return tells
		}
		began := time.Now()
		text := ""
		for range 13 { // 65 s, a letter every 5
			text += "x"
			o.Type(text)
			time.Sleep(5 * time.Second)
		}
		o.Type(text + "y")
		require.Equal(t, []string{"true", "true"}, told(), "once a minute")
		q.run()
		require.Equal(t, []string{"true", "true", "false"}, told())
		require.InDelta(t, (65*time.Second + idleAfter).Seconds(), time.Since(began).Seconds(), 1.1, "15 s after the last letter")

		f.Said = nil
		o.Type("z")
		o.Type("")
		require.Equal(t, []string{"true", "false"}, told(), "nothing is left to send")
		o.Type("z")
		o.Send()
		require.Equal(t, []string{"true", "false", "true", "false"}, told(), "sent")
	})
}

func TestTheCounterOfAText(t *testing.T) {
	m, _, q, _ := newTalk(t)
	m.Texts.Pick(jo)
	q.run()
	o := m.Texts.Open
	require.Equal(t, "0/160, 1 texts", o.Count)
	o.Type("Hello ‘you’")
	require.Equal(t, "11/70, 1 texts  ·  Only 70 characters fit into a text because of ‘ ’", o.Count)
	o.Type(strings.Repeat("x", 161))
	require.Equal(t, "8/153, 2 texts", o.Count)
	require.False(t, o.Warn)
	o.Type(strings.Repeat("x", 1600))
	require.True(t, o.Warn)
}

func TestTemplatesAreOffered(t *testing.T) {
	m, f, q, _ := newTalk(t)
	f.Texting.Templates = []phone.TextTemplate{{Name: "Order", Text: "Hello {first_name}, your order is on its way to {number}. {agent}"}, {Name: "Open", Text: "We are open."}, {Name: "Closed", Text: "We open at nine."}}
	m.Texts.Pick(jo)
	q.run()
	o := m.Texts.Open
	o.Type("/op")
	o.Slash("op")
	q.run()
	require.Equal(t, []string{"Open", "Closed"}, []string{o.Choices[0].Name, o.Choices[1].Name})
	o.Type("/")
	o.Slash("")
	q.run()
	require.Len(t, o.Choices, 3)
	o.Choose(0)
	require.Equal(t, "Hello Jo, your order is on its way to +44 20 7946 0018. {agent}", o.Written)
	require.Empty(t, o.Choices)

	m.Texts.Pick("+442079460777")
	q.run()
	o = m.Texts.Open
	require.Empty(t, o.Party.Name)
	o.Type("/order")
	o.Slash("order")
	q.run()
	require.Equal(t, "Hello, your order is on its way to +442079460777. {agent}", o.Choices[0].Text, "nobody's name is left out")
	f.Texting.Templates = []phone.TextTemplate{{Name: "Thanks", Text: "Thank you, {first_name}."}}
	o.Type("/")
	o.Slash("")
	q.run()
	require.Equal(t, "Thank you.", o.Choices[0].Text, "with its comma")
}

func TestABlockedNumberSaysSo(t *testing.T) {
	m, f, q, _ := newTalk(t)
	m.Texts.Pick(orr)
	q.run()
	o := m.Texts.Open
	require.Equal(t, "Max Orr is blacklisted since 3 May, Allow voicemails.", o.Blocked.Text)
	o.Type("Still, hello")
	o.Send()
	q.run()
	require.Contains(t, f.Said, "send "+orr+" Still, hello "+alice, "sending is not restricted")

	f.List = []phone.Entry{o.Blocked.Entry}
	o.Unblock()
	one := f.Letters[orr]
	was := one.Entry
	one.Entry = phone.Entry{}
	f.Letters[orr] = one
	q.run()
	require.Nil(t, o.Blocked)
	require.Empty(t, f.List)
	require.Equal(t, "Unblocked: Max Orr.", m.Texts.Done)
	m.Texts.Undo()
	q.run()
	require.Len(t, f.List, 1)

	one.Entry = was
	one.Entry.Mode = phone.BlockAll
	f.Letters[orr] = one
	m.Happened(phone.Event{Kind: phone.EventBlacklist})
	q.run()
	require.Equal(t, "Max Orr is blacklisted since 3 May, Block all.", o.Blocked.Text)
	m.Manage(o.Blocked.Entry)
	q.run()
	require.Equal(t, [3]any{PageSettings, SettingBlacklist, phone.EntryID("e1")}, [3]any{m.Page, m.Setting, m.Blacklist.Open})
}
