package page

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/viewtest"
	"github.com/callward/callward/ui/widget"
)

var (
	narrowWindow = fyne.NewSize(900, 600)
	wideWindow   = fyne.NewSize(1440, 900)
)

// stage is a window of the tests with all that is behind it.
type stage struct {
	*Shell
	phone *viewtest.Phone
	q     *viewtest.Queue
	win   fyne.Window
}

// newStage shows a phone in a window of that size.
func newStage(t *testing.T, size fyne.Size, f *viewtest.Phone, s phone.Snapshot) *stage {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	m, q := viewtest.New(f)
	st := &stage{Shell: NewShell(m, nil), phone: f, q: q}
	st.win = test.NewTempWindow(t, st.Object())
	st.win.SetPadded(false)
	st.win.Resize(size)
	m.Start(s)
	q.Run()
	return st
}

// shows brings what is alive, and does what waits.
func (s *stage) shows(snapshot phone.Snapshot) {
	s.main.Show(snapshot)
	s.q.Run()
}

func (s *stage) key(name fyne.KeyName) {
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	s.q.Run()
}

// talking is a call with its quality.
func talking(id phone.CallID, ago time.Duration) phone.Call {
	call := viewtest.Talking(id, ago)
	call.Quality = phone.Quality{Loss: 0.001, Jitter: 12 * time.Millisecond, RoundTrip: 40 * time.Millisecond}
	return call
}

// over is the end of a call that found the line busy.
func over(id phone.CallID) phone.Event {
	call := viewtest.Talking(id, 0)
	call.Answered = time.Time{}
	call.State, call.Ended, call.Result = phone.Ended, viewtest.Noon, phone.Busy
	call.Reason, call.SIPStatus, call.SIPText = "The line of the other side is busy.", 486, "Busy Here"
	return phone.Event{Kind: phone.EventCallEnded, Call: &call, Time: viewtest.Noon}
}

func TestTheFieldDials(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{Records: history()}, viewtest.Snapshot())
	s.FocusField()
	require.Equal(t, fyne.Focusable(s.header.field), s.win.Canvas().Focused())
	test.Type(s.header.field, "600")
	s.key(fyne.KeyReturn)
	require.Equal(t, []string{"dial 600"}, s.phone.Log)
	require.Empty(t, s.header.field.Text, "it is under way")
}

func TestTheFieldOffersMatches(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{Records: history()}, viewtest.Snapshot())
	s.FocusField()
	test.Type(s.header.field, "ro")
	require.False(t, s.header.offers.root.Visible(), "nothing is found yet")
	s.q.Run()
	require.True(t, s.header.offers.root.Visible())
	require.Len(t, s.main.Dial.Matches, 2, "Sam Roy; Roy, Roy & Sons")
	s.key(fyne.KeyDown)
	s.key(fyne.KeyDown)
	s.key(fyne.KeyUp)
	s.key(fyne.KeyReturn)
	require.Equal(t, []string{"dial +442079460155"}, s.phone.Log)

	test.Type(s.header.field, "ana")
	s.q.Run()
	row := s.header.offers.list.Objects[0].(*matchRow)
	row.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	s.win.Canvas().Unfocus() // as the window does for such a click
	s.q.Run()
	require.Equal(t, "dial +442079460021", s.phone.Log[1])
	require.False(t, s.header.offers.root.Visible())
}

func TestTheCursorLeavesTheFieldOnceItHasCalled(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot())
	s.FocusField()
	test.Type(s.header.field, "600")
	s.key(fyne.KeyReturn)
	require.Nil(t, s.win.Canvas().Focused(), "what is typed next is for the call")

	s.FocusField()
	test.Type(s.header.field, "6")
	s.key(fyne.KeyEscape)
	require.Equal(t, s.header.field, s.win.Canvas().Focused())
	require.Empty(t, s.header.field.Text)
	s.key(fyne.KeyEscape)
	require.Nil(t, s.win.Canvas().Focused())
}

func TestTheCallThatIsUpEndsForTheNextOnlyWhereThatIsMeant(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot(talking("c1", time.Minute)))
	s.FocusField()
	test.Type(s.header.field, "601")
	s.key(fyne.KeyReturn)
	require.NotNil(t, s.win.Canvas().Overlays().Top())
	s.key(fyne.KeyReturn) // a second Enter in haste ends nothing
	require.Nil(t, s.win.Canvas().Overlays().Top())
	require.Empty(t, s.phone.Log)
	require.Equal(t, "601", s.header.field.Text)

	s.key(fyne.KeyReturn)
	s.win.Canvas().FocusNext()
	s.key(fyne.KeyReturn)
	require.Nil(t, s.win.Canvas().Overlays().Top())
	require.Equal(t, []string{"hangup c1", "dial 601"}, s.phone.Log)
}

func TestRunesWithoutAFocus(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot())
	s.TypedRune('6')
	require.Equal(t, "6", s.header.field.Text)
	test.Type(s.header.field, "0")
	require.Equal(t, "60", s.main.Dial.Text, "the cursor is behind what was typed")
	s.TypedRune('x')
	require.Equal(t, "60", s.main.Dial.Text)
	s.win.Canvas().Unfocus()
	s.TypedRune('?')
	require.NotNil(t, s.win.Canvas().Overlays().Top())
	s.key(fyne.KeyEscape)
	require.Nil(t, s.win.Canvas().Overlays().Top())

	s.shows(viewtest.Snapshot(talking("c1", time.Minute)))
	s.TypedRune('5')
	s.q.Run()
	require.Equal(t, []string{"dtmf c1 5"}, s.phone.Log, "a digit is for the call that is up")
	require.True(t, s.cards.cards["c1"].keypad.On())
}

func TestRunesGoToTheWindowFromWhatHasNoUseForThem(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot())
	s.win.Canvas().SetOnTypedRune(s.TypedRune)
	s.main.Go(view.PageCalls)
	seen := map[fyne.Focusable]bool{}
	s.win.Canvas().Unfocus()
	for s.win.Canvas().FocusNext(); !seen[s.win.Canvas().Focused()]; s.win.Canvas().FocusNext() {
		on := s.win.Canvas().Focused()
		seen[on] = true
		if _, writes := on.(*widget.Entry); writes {
			continue
		}
		on.TypedRune('?')
		require.NotNil(t, s.win.Canvas().Overlays().Top(), "%T", on)
		s.key(fyne.KeyEscape)
		require.Nil(t, s.win.Canvas().Overlays().Top())
		require.Equal(t, on, s.win.Canvas().Focused(), "the focus is back")
	}
	require.Greater(t, len(seen), 5)
}

func TestPages(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot())
	require.True(t, s.home.root.Visible())
	s.main.Go(view.PageSettings)
	require.False(t, s.home.root.Visible())
	for _, key := range s.Shortcuts() {
		if key.Keys == "Ctrl+1" {
			key.Do()
		}
	}
	require.True(t, s.home.root.Visible())
}

func TestShortcutsActOnTheCall(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot())
	do := func(keys string) {
		for _, key := range s.Shortcuts() {
			if key.Keys == keys {
				key.Do()
				s.q.Run()
				return
			}
		}
		t.Fatalf("there is no shortcut %s", keys)
	}
	do("Ctrl+M")
	do("Ctrl+D")
	require.Empty(t, s.phone.Log, "no call is up")
	s.shows(viewtest.Snapshot(talking("c1", time.Minute)))
	do("Ctrl+M")
	do("Ctrl+D")
	s.shows(viewtest.Snapshot(talking("c1", time.Minute), viewtest.Caller("c2")))
	do("Ctrl+D")
	s.shows(viewtest.Snapshot(viewtest.Caller("c3")))
	do("Ctrl+Enter")
	require.Equal(t, []string{"mute c1", "hangup c1", "decline c2", "answer c3"}, s.phone.Log)
}

func TestThePanelIsOpenForItsCallsAlone(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot())
	s.shows(viewtest.Snapshot(talking("c1", time.Minute)))
	s.TypedRune('5')
	s.main.Happened(over("c1"))
	s.shows(viewtest.Snapshot())
	s.main.Cards.Dismiss("c1", viewtest.Noon)
	s.win.Resize(narrowWindow)
	require.False(t, s.panel.Visible())
}

func TestANarrowWindowHasABarForTheCall(t *testing.T) {
	s := newStage(t, narrowWindow, &viewtest.Phone{}, viewtest.Snapshot())
	require.False(t, s.panel.Visible())
	require.True(t, s.home.pad.Visible(), "Home has the dial pad instead")
	require.False(t, s.bar.root.Visible())

	s.shows(viewtest.Snapshot(talking("c1", time.Minute)))
	require.True(t, s.bar.root.Visible())
	test.Tap(s.bar.mute)
	test.Tap(s.bar.more)
	require.True(t, s.panel.Visible())
	require.False(t, s.home.pad.Visible())
	test.Tap(s.bar.more)
	require.False(t, s.panel.Visible())
	test.Tap(s.bar.more)
	s.main.Go(view.PageCalls)
	require.False(t, s.panel.Visible(), "the next page needs the room")
	test.Tap(s.bar.hangUp)
	s.q.Run()
	require.Equal(t, []string{"mute c1", "see", "hangup c1"}, s.phone.Log)

	s.main.Happened(over("c1"))
	s.shows(viewtest.Snapshot())
	require.Equal(t, "The line of the other side is busy.", s.bar.state.Text())
	test.Tap(s.bar.details)
	require.True(t, s.cards.cards["c1"].details.Visible())
	require.Equal(t, "SIP 486 Busy Here", s.cards.cards["c1"].details.Text())

	s.win.Resize(wideWindow)
	require.True(t, s.panel.Visible())
	require.False(t, s.bar.root.Visible())
}

func TestNotices(t *testing.T) {
	f := &viewtest.Phone{}
	s := newStage(t, wideWindow, f, viewtest.Snapshot())
	require.False(t, s.notices.Visible())
	s.main.Happened(phone.Event{Kind: phone.EventNotice, Text: "The disk is full."})
	f.Err = &phone.Error{Code: phone.CodeNoAccount}
	s.main.CallNumber("600", "")
	s.q.Run()
	require.True(t, s.notices.Visible())
	for _, banner := range s.notices.Objects {
		require.True(t, banner.Visible())
		banner.(*widget.Banner).OnClose()
	}
	require.False(t, s.notices.Visible())
}

func TestShellLook(t *testing.T) {
	states := map[string]func(s *stage){
		"home": func(*stage) {},
		"call": func(s *stage) { s.shows(viewtest.Snapshot(talking("c1", 252*time.Second))); s.SetLevels(-20, -12) },
		"keys": func(s *stage) {
			s.shows(viewtest.Snapshot(talking("c1", 252*time.Second)))
			s.TypedRune('1')
			s.TypedRune('4')
			s.q.Run()
			s.shows(viewtest.Snapshot(talking("c1", 253*time.Second)))
		},
		"ended": func(s *stage) { s.main.Happened(over("c1")) },
		"stacked": func(s *stage) {
			muted, held, called := talking("c1", 252*time.Second), talking("c2", 20*time.Second), talking("c3", 0)
			muted.Muted, held.State, called.State, called.Answered = true, phone.Held, phone.Calling, time.Time{}
			held.Name, called.Name, called.Number = "Ana Ruiz", "", "+442079460155"
			s.shows(viewtest.Snapshot(muted, held, called))
		},
		"details": func(s *stage) {
			s.main.Happened(over("c1"))
			s.cards.cards["c1"].toggleDetails()
			s.open(true)
		},
		"failed": func(s *stage) {
			line := viewtest.Snapshot()
			line.Accounts[0].State, line.Accounts[0].Reason = phone.Failed, "The server does not answer. It is tried again by itself."
			s.shows(line)
		},
		"nothing": func(s *stage) {
			s.phone.Records = nil
			s.main.Happened(phone.Event{Kind: phone.EventHistory})
		},
		"shortcuts": func(s *stage) { s.ShowShortcuts() },
		"first":     func(s *stage) { s.shows(phone.Snapshot{}) },
		"practice": func(s *stage) {
			s.phone.Records = nil
			s.main.Happened(phone.Event{Kind: phone.EventHistory})
			s.shows(viewtest.Practising())
		},
		"matches": func(s *stage) {
			s.FocusField()
			test.Type(s.header.field, "o")
			s.q.Run()
			s.key(fyne.KeyDown)
		},
	}
	for name, act := range states {
		for where, size := range map[string]fyne.Size{"narrow": narrowWindow, "wide": wideWindow} {
			if where == "wide" && (name == "keys" || name == "practice" || name == "matches" || name == "nothing" || name == "shortcuts") {
				continue // the same, with more room
			}
			golden(t, name+"-"+where, size, func(w fyne.Window) fyne.CanvasObject {
				f := &viewtest.Phone{Records: history(), Missed: 2}
				m, q := viewtest.New(f)
				s := &stage{Shell: NewShell(m, nil), phone: f, q: q, win: w}
				w.SetContent(container.NewStack(s.Object()))
				w.Resize(size)
				m.Start(viewtest.Snapshot())
				q.Run()
				act(s)
				w.Resize(size.AddWidthHeight(8, 8)) // what wraps has its height after this
				q.Run()
				return s.Object()
			})
		}
	}
}
