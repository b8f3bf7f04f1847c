package page

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view/viewtest"
)

func TestACardControlsItsCall(t *testing.T) {
	f := &viewtest.Phone{Percent: map[phone.DeviceRole]int{phone.Speaker: 150}}
	s := newStage(t, wideWindow, f, viewtest.Snapshot(talking("c1", 252*time.Second)))
	card := s.cards.cards["c1"]
	require.Equal(t, "04:12", card.timer.Text())
	require.Equal(t, "Loss 0.1 %, jitter 12 ms, round trip 40 ms", card.quality.Tip())
	require.False(t, card.state.Visible(), "the timer says that it is connected")
	require.InDelta(t, 0.75, card.sound.speaker.volume.Value(), 0.001)

	test.Tap(card.mute)
	card.sound.speaker.volume.OnChanged(0.502)
	test.Tap(card.keypad)
	s.q.Run()
	require.True(t, card.keys.root.Visible())
	require.False(t, card.sound.root.Visible())
	test.Type(card.keys.pad, "14#+")
	s.q.Run()
	s.shows(viewtest.Snapshot(talking("c1", 253*time.Second)))
	require.Equal(t, "14#", card.keys.sent.Text())
	require.Equal(t, "04:13", card.timer.Text())
	test.Tap(card.hangUp)
	s.q.Run()
	require.Equal(t, []string{"mute c1", "volume speaker 100", "dtmf c1 1", "dtmf c1 4", "dtmf c1 #", "hangup c1"}, f.Log)
}

func TestCallsStack(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot(talking("c1", time.Minute), talking("c2", 0)))
	require.Equal(t, []phone.CallID{"c1", "c2"}, s.cards.order)
	require.False(t, s.panelPad.Visible())
	kept := s.cards.cards["c2"]
	s.main.Happened(over("c1"))
	s.shows(viewtest.Snapshot(talking("c2", time.Second)))
	require.Equal(t, []phone.CallID{"c2", "c1"}, s.cards.order, "what is over comes last")
	require.Same(t, kept, s.cards.cards["c2"])

	s.shows(viewtest.Snapshot())
	require.True(t, s.panelPad.Visible(), "the next number can be dialled")
	gone := s.cards.cards["c1"]
	require.Equal(t, "The line of the other side is busy.", gone.state.Text())
	require.False(t, gone.hangUp.Visible())
	test.Tap(gone.more)
	require.True(t, gone.details.Visible())
	test.Tap(gone.again)
	s.q.Run()
	require.Equal(t, []string{"dial +442079460018 " + viewtest.Alice}, s.phone.Log)
	test.Tap(gone.close)
	require.Empty(t, s.cards.cards)
}

func TestOneSecondMovesTheTimerAlone(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot(talking("c1", time.Minute)))
	card := s.cards.cards["c1"]
	parts := s.cards.root.Objects[0]
	shape := card.shape
	for second := range 5 {
		s.shows(viewtest.Snapshot(talking("c1", time.Minute+time.Duration(second+1)*time.Second)))
	}
	require.Same(t, parts, s.cards.root.Objects[0])
	require.Equal(t, shape, card.shape)
	require.Equal(t, "01:05", card.timer.Text())
	require.Equal(t, "01:05", s.bar.timer.Text())
}

func TestKeysLeaveACallThatIsOver(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot(talking("c1", 0)))
	card := s.cards.cards["c1"]
	s.win.Canvas().Focus(card.hangUp)
	s.main.Happened(over("c1"))
	s.shows(viewtest.Snapshot())
	require.Nil(t, s.win.Canvas().Focused(), "Hang up is not there any more")

	s.win.Canvas().Focus(card.again)
	s.main.Cards.Dismiss("c1", viewtest.Noon)
	require.Nil(t, s.win.Canvas().Focused(), "the card is not there any more")
	s.shows(viewtest.Snapshot(talking("c2", 0)))
	require.Same(t, card, s.cards.cards["c2"])
}

// TestTheDialPadIsBelowTheCards looks after each change: cards come, are opened and go.
func TestTheDialPadIsBelowTheCards(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot())
	requireBelow := func() {
		t.Helper()
		cards, pad := s.cards.root, s.panelPad
		require.True(t, pad.Visible())
		end := float32(0)
		for _, card := range cards.Objects {
			require.Equal(t, card.MinSize().Height, card.Size().Height)
			end = cards.Position().Y + card.Position().Y + card.Size().Height
		}
		require.Equal(t, end+2*theme.Grid, pad.Position().Y)
	}
	for _, id := range []phone.CallID{"c1", "c2"} {
		s.shows(viewtest.Snapshot(talking(id, 0)))
		s.main.Happened(over(id))
		s.shows(viewtest.Snapshot())
		requireBelow()
	}
	test.Tap(s.cards.cards["c1"].more)
	requireBelow()
	s.main.Cards.Dismiss("c1", viewtest.Noon)
	requireBelow()
}
