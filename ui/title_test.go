package ui

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/view"
)

func TestTitle(t *testing.T) {
	ringing := &view.Ringing{ID: "1", Party: view.Party{Title: "Ana Cruz"}}
	ended := view.Card{Party: view.Party{Title: "Sam Roy"}, Ended: true}
	up := view.Card{Party: view.Party{Title: "Jo Lee"}}
	none, two := &view.Texts{}, &view.Texts{Unseen: 2}
	for want, m := range map[string]*view.Main{
		"Callward":                      {Ringing: &view.Ringing{}, Cards: &view.Cards{List: []view.Card{ended}}, Texts: none},
		"Callward: Jo Lee":              {Ringing: &view.Ringing{}, Cards: &view.Cards{List: []view.Card{up, ended}}, Texts: two, Missed: 2},
		"Callward: Ana Cruz is calling": {Ringing: ringing, Cards: &view.Cards{List: []view.Card{up}}, Texts: two, Missed: 2},
		"Callward: 2 missed calls":      {Ringing: &view.Ringing{}, Cards: &view.Cards{}, Texts: two, Missed: 2},
		"Callward: 2 new texts":         {Ringing: &view.Ringing{}, Cards: &view.Cards{}, Texts: two},
	} {
		require.Equal(t, want, titleOf(m))
	}
}
