package data

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is a word of a text as it is found: in lower case and without accents.
type word struct {
	text string
	// from is where it begins in the text, and ends where each of its runes ends, in bytes.
	from int
	ends []int
}

// words cuts a text into words. Scripts that write no spaces, and Hangul, whose words have endings, are cut into their
// characters: so any part of such a text is found as some words in a row.
func words(text string) []word {
	var (
		all  []word
		open bool // the last word goes on
		it   norm.Iter
	)
	for it.InitString(norm.NFC, text); !it.Done(); {
		from := it.Pos()
		segment := it.Next()
		to := it.Pos()
		for len(segment) > 0 {
			r, size := utf8.DecodeRune(segment)
			segment = segment[size:]
			switch {
			case unicode.Is(unicode.Mn, r): // an accent
				continue
			case !unicode.IsLetter(r) && !unicode.IsNumber(r):
				open = false
				continue
			case !open || apart(r):
				all = append(all, word{from: from})
			}
			last := &all[len(all)-1]
			last.text += string(plain(r))
			last.ends = append(last.ends, to)
			open = !apart(r)
		}
	}
	return all
}

// apart tells whether a rune is a word.
func apart(r rune) bool {
	return r >= 0xe00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// plain returns a letter in lower case and without its accents.
func plain(r rune) rune {
	if r < utf8.RuneSelf {
		return unicode.ToLower(r)
	}
	if apart(r) {
		return r
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(unicode.ToLower(r))))
	return base
}

// indexed is what the index of texts gets of a text: its words, with a space between two.
func indexed(text string) string {
	var out strings.Builder
	for i, w := range words(text) {
		if i > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(w.text)
	}
	return out.String()
}
