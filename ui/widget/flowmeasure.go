package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// widths holds how wide words are, in two halves of which the older goes when the younger is full: fonts are
// slow to ask. For Fyne's goroutine.
var widths struct{ young, old map[widthKey]float32 }

type widthKey struct {
	text  string
	style Style
}

const (
	widthsKept  = 8192
	widthsBytes = 64 // a longer text is hardly met twice
)

// width returns how wide the text is as it is drawn.
func (s Style) width(text string) float32 {
	if text == "" {
		return 0
	}
	if len(text) > widthsBytes {
		return s.measure(drawn(text)).Width
	}
	key := widthKey{text, s}
	if w, ok := widths.young[key]; ok {
		return w
	}
	w, ok := widths.old[key]
	if !ok {
		w = s.measure(drawn(text)).Width
	}
	if len(widths.young) >= widthsKept || widths.young == nil {
		widths.young, widths.old = make(map[widthKey]float32, widthsKept), widths.young
	}
	key.text = strings.Clone(text) // it must not hold the whole
	widths.young[key] = w
	return w
}

// drawn returns the text without what has no picture: a tab is a space, and control characters and marks of
// direction, which are heeded by [pieces], are nothing. Fyne draws all of a text as high as the font of its first
// character wants it, so that this is one of its own font.
func drawn(text string) string {
	plain := true
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == 0x7F || c >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r), r >= 0x200E && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		case r == '\u2028', r == '\u2029':
			return -1
		}
		return r
	}, text)
	if r, _ := utf8.DecodeRuneInString(text); r >= 0x590 {
		const nothing = "\u200B" // of Fyne's own font
		return nothing + text
	}
	return text
}
