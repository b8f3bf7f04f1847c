package page

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/viewtest"
	"github.com/callward/callward/ui/widget"
)

// tapButton clicks the button of that text, wherever it is in an object.
func tapButton(t *testing.T, in fyne.CanvasObject, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(in) {
		if b, ok := o.(*widget.Button); ok && b.Text() == text {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("there is no button %q", text)
}

func TestFirstStart(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, phone.Snapshot{})
	tapButton(t, s.home.root, "Practise now")
	s.q.Run()
	require.Equal(t, []string{"practice on"}, s.phone.Log)

	tapButton(t, s.home.root, "Add an account")
	require.Equal(t, view.PageSettings, s.main.Page)
	require.NotNil(t, s.main.Accounts.Form)
}

func TestPractising(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Practising())
	tapButton(t, s.home.root, "A hidden caller")
	for _, o := range test.LaidOutObjects(s.home.root) {
		if row, ok := o.(*widget.LoneRow); ok && row.Content().Title == "602" {
			test.Tap(row)
		}
	}
	s.q.Run()
	tapButton(t, s.home.root, "Stop practising")
	s.q.Run()
	require.Equal(t, []string{"ring hidden", "dial 602 1001@" + phone.PracticeDomain, "practice off"}, s.phone.Log)
}

func TestToday(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{Records: history()}, viewtest.Snapshot())
	require.Equal(t, 6, s.home.rows(), "the others are of days before")
	require.False(t, s.home.empty.Visible())
	s.home.call(1)
	s.q.Run()
	require.Equal(t, []string{"dial +442079460021 " + viewtest.Alice}, s.phone.Log)
	tapButton(t, s.home.root, "All calls →")
	require.Equal(t, view.PageCalls, s.main.Page)
}

func TestTodayIsEmpty(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot())
	tapButton(t, s.home.root, "Dial a number")
	require.Equal(t, fyne.Focusable(s.header.field), s.win.Canvas().Focused())
}

func TestALineThatIsNotGoodSaysWhatToDo(t *testing.T) {
	bad := viewtest.Snapshot()
	bad.Accounts[0].State, bad.Accounts[0].Reason = phone.Failed, "The server pbx.example does not answer."
	s := newStage(t, wideWindow, &viewtest.Phone{}, bad)
	require.Equal(t, "1001  Not available", s.header.state.Text())
	tapButton(t, s.home.root, "Try now")
	s.q.Run()
	require.Equal(t, []string{"retry " + viewtest.Alice}, s.phone.Log)
	s.shows(viewtest.Snapshot())
	require.Equal(t, "1001  Available", s.header.state.Text())
}

func TestTheDialPadTypesTheNumberOfTheField(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot())
	var keys *widget.Keypad
	for _, o := range test.LaidOutObjects(s.panelPad) {
		if pad, ok := o.(*widget.Keypad); ok {
			keys = pad
		}
	}
	require.NotNil(t, keys)
	test.Type(keys, "6005")
	require.Equal(t, "6005", s.header.field.Text)
	require.Equal(t, "600", withoutLast(s.main.Dial.Text))
	tapButton(t, s.panelPad, "Call")
	s.q.Run()
	require.Equal(t, []string{"dial 6005"}, s.phone.Log)
}

func TestTodayKeepsItsRoomBesideAllElse(t *testing.T) {
	s := newStage(t, narrowWindow, &viewtest.Phone{Records: history()}, viewtest.Practising(talking("c1", 0)))
	s.main.Happened(phone.Event{Kind: phone.EventNotice, Text: "The disk is full."})
	s.q.Run()
	driver := fyne.CurrentApp().Driver()
	below := driver.AbsolutePositionForObject(s.home.list).Y + s.home.list.Size().Height
	require.LessOrEqual(t, below, narrowWindow.Height)
	require.GreaterOrEqual(t, s.home.list.Size().Height, theme.CallRow)
}

func TestTodayFollowsACardThatComes(t *testing.T) {
	top := func(s *stage) float32 {
		return fyne.CurrentApp().Driver().AbsolutePositionForObject(s.home.title).Y
	}
	below := top(newStage(t, wideWindow, &viewtest.Phone{Records: history()}, viewtest.Practising()))

	s := newStage(t, wideWindow, &viewtest.Phone{Records: history()}, viewtest.Snapshot())
	require.Less(t, top(s), below)
	s.shows(viewtest.Practising())
	require.Equal(t, below, top(s))
}
