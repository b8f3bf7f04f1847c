package widget

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// readsRight tells whether a paragraph reads from right to left: its first letter does (UAX 9, P2).
func readsRight(text string) bool {
	for _, r := range text {
		if r < 0x590 && unicode.IsLetter(r) {
			return false
		}
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// hasRight tells whether anything in the text reads from right to left.
func hasRight(text string) bool {
	for _, r := range text {
		if r >= 0x590 && (r < 0x900 || r >= 0x200F && r < 0x2070 || r >= 0xFB1D && r < 0xFF00 || r >= 0x10800) {
			p, _ := bidi.LookupRune(r)
			switch p.Class() {
			case bidi.R, bidi.AL, bidi.AN, bidi.RLE, bidi.RLO, bidi.RLI:
				return true
			}
		}
	}
	return false
}

// pieces returns the parts of a line as they are drawn, from left to right. Fyne draws the parts of a text that read
// in different directions one after the other as they are stored, so that each of them must be a text of its own.
func pieces(text string, from, to int, right bool, style Style) []flowPiece {
	if !right && !hasRight(text[from:to]) {
		return []flowPiece{{from: from, to: to, wide: style.width(text[from:to])}}
	}
	ordered := runs(text[from:to], right)
	var all []flowPiece
	x := float32(0)
	for _, run := range ordered {
		run.from, run.to = run.from+from, run.to+from
		parts := []flowPiece{run}
		if run.right {
			parts = atoms(text, run)
			slices.Reverse(parts)
		}
		for _, p := range parts {
			p.x, p.wide = x, style.width(text[p.from:p.to])
			x += p.wide
			all = append(all, p)
		}
	}
	return all
}

// runs returns the parts of one direction in the order in which they stand from left to right (UAX 9, L2).
func runs(line string, right bool) []flowPiece {
	runes, at := make([]rune, 0, len(line)), make([]int, 0, len(line)+1)
	for i, r := range line {
		runes, at = append(runes, r), append(at, i)
	}
	at = append(at, len(line))
	levels := levelsOf(runes, right)
	var all []flowPiece
	var deep []int
	highest := 0
	for i, level := range levels {
		if i > 0 && level == levels[i-1] {
			all[len(all)-1].to = at[i+1]
			continue
		}
		all = append(all, flowPiece{from: at[i], to: at[i+1], right: level%2 == 1})
		deep = append(deep, level)
		highest = max(highest, level)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(all); i++ {
			j := i
			for j < len(all) && deep[j] >= level {
				j++
			}
			if j > i {
				slices.Reverse(all[i:j])
				slices.Reverse(deep[i:j])
				i = j
			}
		}
	}
	return all
}

// atoms splits a part that reads from the right into words and what is between them, since Fyne may take the signs
// from another font and draws them then on the wrong side.
func atoms(text string, run flowPiece) []flowPiece {
	in := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || r == 0x200C || r == 0x200D }
	var all []flowPiece
	begin, word := run.from, false
	for i := run.from; i < run.to; {
		r, n := utf8.DecodeRuneInString(text[i:run.to])
		if i > run.from && (in(r) != word || !word) {
			all = append(all, flowPiece{from: begin, to: i, right: true})
			begin = i
		}
		word = in(r)
		i += n
	}
	return append(all, flowPiece{from: begin, to: run.to, right: true})
}

// mirrored returns a part as it is drawn: brackets that read from the right are the other ones.
func mirrored(text string, right bool) string {
	if r, n := utf8.DecodeRuneInString(text); right && n == len(text) {
		if p, _ := bidi.LookupRune(r); p.IsBracket() {
			return bidi.ReverseString(text)
		}
	}
	return text
}
