package widget

import "fyne.io/fyne/v2"

// EmojiWords are the words on what emoji are chosen from, in the agent's language.
type EmojiWords struct {
	Search string // placeholder
	Recent string
	None   string    // nothing is found
	Groups [8]string // in the order of [EmojiGroups]
}

// recentEmoji returns the list with the emoji before all.
func recentEmoji(recent []string, emoji string) []string {
	const kept = 18
	all := []string{emoji}
	for _, e := range recent {
		if e != emoji && len(all) < kept {
			all = append(all, e)
		}
	}
	return all
}

func showEmoji(under fyne.CanvasObject, words EmojiWords, recent []string, picked func(string)) {}
