package page

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/viewtest"
	"github.com/callward/callward/ui/widget"
)

// guarded is a phone with a blocked number.
func guarded() *viewtest.Phone {
	f := &viewtest.Phone{Records: history()}
	f.List = []phone.Entry{{
		ID: "e1", Kind: phone.KindNumber, Number: "+442079460018", Name: "Jo Lee", Mode: phone.BlockAll, Since: viewtest.Noon.AddDate(0, -2, -3),
	}}
	return f
}

// asked is a window that asks whether to call a blocked number.
func asked(t *testing.T, size fyne.Size, s phone.Snapshot) *stage {
	st := newStage(t, size, guarded(), s)
	st.FocusField()
	test.Type(st.header.field, "+44 20 7946 0018")
	st.q.Run()
	st.key(fyne.KeyReturn)
	require.True(t, st.gate.veil.Visible())
	return st
}

func TestTheGateIsAnsweredByKeysAndMouse(t *testing.T) {
	s := asked(t, wideWindow, viewtest.Snapshot())
	on := s.win.Canvas()
	require.Equal(t, fyne.Focusable(s.gate.abort), on.Focused(), "Enter aborts")
	require.Equal(t, "Jo Lee", s.gate.who.Text())
	s.key(fyne.KeyReturn)
	require.False(t, s.gate.veil.Visible())
	require.Empty(t, s.phone.Log)
	require.Equal(t, fyne.Focusable(s.header.field), on.Focused(), "where it was")

	s.key(fyne.KeyReturn)
	s.key(fyne.KeyEscape)
	require.False(t, s.gate.veil.Visible())
	require.Empty(t, s.phone.Log)

	s.key(fyne.KeyReturn)
	on.Unfocus()
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	require.False(t, s.gate.veil.Visible(), "wherever the focus is")

	s.FocusField()
	s.key(fyne.KeyReturn)
	s.answer() // Ctrl+Enter
	s.q.Run()
	require.Equal(t, []string{"dial +44 20 7946 0018  anyway"}, s.phone.Log)
	require.False(t, s.gate.veil.Visible())

	s.phone.Log = nil
	s.FocusField()
	s.main.Dial.Type("+442079460018")
	s.key(fyne.KeyReturn)
	test.Tap(s.gate.proceed)
	s.q.Run()
	require.Equal(t, []string{"dial +442079460018  anyway"}, s.phone.Log)
}

// While it asks, the call that is up can be muted and ended, and one that rings taken.
func TestTheGateCoversNoCall(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": wideWindow, "narrow": narrowWindow} {
		t.Run(name, func(t *testing.T) {
			s := asked(t, size, viewtest.Snapshot(talking("c1", time.Minute)))
			at, veil := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.gate.veil), s.gate.veil.Size()
			shown := s.panel
			if name == "narrow" {
				shown = s.bar.root
			}
			require.True(t, shown.Visible())
			card := fyne.CurrentApp().Driver().AbsolutePositionForObject(shown)
			apart := card.X >= at.X+veil.Width || card.Y+shown.Size().Height <= at.Y
			require.True(t, apart, "%v %v over %v", at, veil, card)
			require.Nil(t, s.win.Canvas().Overlays().Top(), "nothing takes the clicks")
		})
	}
	s := asked(t, wideWindow, viewtest.Snapshot())
	ringing := viewtest.Talking("c2", 0)
	ringing.Direction, ringing.State, ringing.Answered = phone.In, phone.Ringing, time.Time{}
	s.shows(viewtest.Snapshot(ringing))
	s.answer()
	s.q.Run()
	require.Equal(t, []string{"answer c2"}, s.phone.Log, "Ctrl+Enter is for who rings")
	require.True(t, s.gate.veil.Visible())
}

func TestTheLookOfTheGate(t *testing.T) {
	for name, size := range map[string]fyne.Size{"wide": wideWindow, "narrow": narrowWindow} {
		golden(t, "gate-"+name, size, func(w fyne.Window) fyne.CanvasObject {
			m, q := viewtest.New(guarded())
			shell := NewShell(m, nil)
			m.Start(viewtest.Snapshot(talking("c1", 4*time.Minute)))
			m.CallNumber("+442079460018", "")
			q.Run()
			return shell.Object()
		})
	}
}

// Whatever calls a blocked number, it is asked first.
func TestEveryWayToCallPassesTheGate(t *testing.T) {
	f := guarded()
	f.People = []phone.Contact{{ID: "c1", Name: "Jo Lee", Numbers: []phone.ContactNumber{{Text: "020 7946 0018", Number: "+442079460018"}}}}
	f.Rows = []phone.Screened{{Row: 1, Kind: phone.ScreenedCall, Number: "+442079460018", Account: viewtest.Alice, Time: viewtest.Noon}}
	f.Records = []phone.CallRecord{{
		ID: "r1", Direction: phone.In, Number: "+442079460018", Account: viewtest.Alice, Started: viewtest.Noon.Add(-time.Hour), Result: phone.Missed,
	}}
	r := newRig(f, viewtest.Snapshot())
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	calls, contacts := NewCalls(r.main), NewContacts(r.main)
	s := &stage{Shell: NewShell(r.main, map[view.Page]fyne.CanvasObject{view.PageCalls: calls, view.PageContacts: contacts, view.PageSettings: r.Settings}), phone: f, q: r.queue}
	s.win = test.NewTempWindow(t, s.Object())
	s.win.Resize(wideWindow)
	over := over("c9")
	over.Call.Number, over.Call.Direction = "+442079460018", phone.Out
	for name, way := range map[string]func(){
		"the field": func() {
			s.FocusField()
			s.main.Dial.Type("+442079460018")
			s.q.Run()
			s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		},
		"the dial pad": func() {
			s.main.Dial.Type("+442079460018")
			tapButton(t, s.panelPad, "Call")
		},
		"what the field offers": func() {
			s.main.Dial.Type("jo")
			s.q.Run()
			s.header.offers.take(0)
		},
		"today":         func() { s.home.call(0) },
		"the history":   func() { calls.call(s.main.Calls.Row(1)) },
		"a call's menu": func() { calls.callMenu(s.main.Calls.Row(1))[0].Tapped() },
		"a call's row":  func() { calls.callActions(s.main.Calls.Row(1))[0].Tapped() },
		"a call's card": func() { s.main.Happened(over); s.q.Run(); test.Tap(s.cards.cards["c9"].again) },
		"a contact":     func() { test.Tap(contacts.card.lines.Objects[0].(*widget.LoneRow)) },
		"the log":       func() { row, _ := s.main.BlockedLog.Row(0); blockedItems(s.main, row)[0].Tapped() },
		"the list":      func() { row, _ := s.main.Blacklist.Row(0); newBlacklistSection(s.main).items(row)[1].Tapped() },
		"a link":        func() { s.main.Dial.Type("tel:+442079460018"); s.main.Dial.Type("+442079460018"); s.main.Call() },
	} {
		t.Run(name, func(t *testing.T) {
			s.main.Calls.Read()
			s.main.Contacts.Read()
			s.main.Contacts.Choose("c1")
			s.main.Blacklist.Read()
			s.main.BlockedLog.Read()
			s.q.Run()
			way()
			s.q.Run()
			require.NotNil(t, s.main.Blocked)
			require.True(t, s.gate.veil.Visible())
			require.Empty(t, f.Log, "nobody is called")
			s.main.Abort()
			s.main.Dial.Type("")
			s.q.Run()
		})
	}
}
