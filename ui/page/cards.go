package page

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
)

// cardStack has the cards of the calls, those that are up first. A card that is not needed any more serves the next
// call: what Fyne keeps of each widget it lets go late, or never while the window rests.
type cardStack struct {
	main  *view.Main
	root  *fyne.Container
	cards map[phone.CallID]*callCard
	spare []*callCard
	order []phone.CallID
	heard bool // the volumes were asked for
	// grown is called when they need more room than before, or less: Fyne sees that not always where more than one
	// thing has changed.
	grown func()
}

func newCardStack(m *view.Main) *cardStack {
	s := &cardStack{main: m, root: flow(1.5 * theme.Grid), cards: map[phone.CallID]*callCard{}, grown: func() {}}
	onChange(&m.Cards.Changed, s.draw)
	onChange(&m.Audio.Changed, s.drawSound)
	s.root.Hide()
	s.draw()
	return s
}

func (s *cardStack) draw() {
	list := slices.Clone(s.main.Cards.List)
	slices.SortStableFunc(list, func(a, b view.Card) int { return rank(a) - rank(b) })
	order := make([]phone.CallID, len(list))
	for i, card := range list {
		order[i] = card.ID
		if known := s.cards[card.ID]; known != nil {
			known.show(card)
			continue
		}
		s.cards[card.ID] = s.take(card)
	}
	if !s.heard && len(list) > 0 {
		s.heard = true
		s.main.Audio.Read()
	}
	if slices.Equal(order, s.order) {
		return
	}
	s.order = order
	s.root.Objects = s.root.Objects[:0]
	for _, id := range order {
		s.root.Objects = append(s.root.Objects, s.cards[id].root)
	}
	for id, card := range s.cards {
		if !slices.Contains(order, id) {
			card.unfocus(true)
			s.spare = append(s.spare, card)
			delete(s.cards, id)
		}
	}
	show(s.root, len(order) > 0)
	s.relay()
}

// relay sets the cards anew, and what is below them.
func (s *cardStack) relay() {
	s.root.Refresh()
	s.grown()
}

// take returns a card for a call.
func (s *cardStack) take(card view.Card) *callCard {
	last := len(s.spare) - 1
	if last < 0 {
		return newCallCard(s.main, card, s.relay)
	}
	spare := s.spare[last]
	s.spare = s.spare[:last]
	spare.begin(card)
	return spare
}

func (s *cardStack) drawSound() {
	for _, card := range s.cards {
		card.sound.show(s.main.Audio)
	}
}

// setLevels moves the meters: from 0 to 1.
func (s *cardStack) setLevels(microphone, speaker float32) {
	for _, card := range s.cards {
		if !card.card.Talks {
			continue
		}
		if card.card.Muted {
			card.sound.microphone.meter.SetLevel(0)
		} else {
			card.sound.microphone.meter.SetLevel(microphone)
		}
		card.sound.speaker.meter.SetLevel(speaker)
	}
}

// rank has calls that are over follow those that are up.
func rank(card view.Card) int {
	if card.Ended {
		return 1
	}
	return 0
}
