package portable

import (
	"strings"
	"unicode"
)

const (
	// maxName is the longest name, company or cell, and maxLabel the longest label, in runes. More is cut off.
	maxName, maxLabel = 256, 64
	// maxNumber is the longest number or address, in bytes. A longer one is none.
	maxNumber = 256
)

// oneLine returns text as it can be shown in one line: without control characters and marks that turn
// the direction of writing, each run of blanks as one. It has limit runes at most.
func oneLine(text string, limit int) string {
	if !isClean(text, limit) {
		text = strings.Join(strings.Fields(strings.Map(shown, strings.ToValidUTF8(text, "\uFFFD"))), " ")
		if runes := []rune(text); len(runes) > limit {
			text = strings.TrimSpace(string(runes[:limit]))
		}
	}
	return text
}

// isClean tells at little cost that oneLine would change nothing.
func isClean(text string, limit int) bool {
	if len(text) > limit {
		return false
	}
	blank := true
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c > '~' || c == ' ' && blank {
			return false
		}
		blank = c == ' '
	}
	return !blank || text == ""
}

// severalLines is the same for a text that may have several lines.
func severalLines(text string) string {
	text = lineEnds.Replace(strings.ToValidUTF8(text, "\uFFFD"))
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return r
		}
		return shown(r)
	}, text))
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// shown makes a blank of all that is one, and drops what must not be shown.
func shown(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\uFEFF':
		return -1
	}
	return r
}
