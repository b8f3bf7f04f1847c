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

// runs returns the parts of one direction in the order in which they stand from left to right.
func runs(line string, right bool) []flowPiece {
	base := bidi.LeftToRight
	if right {
		base = bidi.RightToLeft
	}
	whole := []flowPiece{{to: len(line), right: right}}
	var p bidi.Paragraph
	if n, err := p.SetString(line, bidi.DefaultDirection(base)); err != nil || n != len(line) {
		return whole
	}
	order, err := p.Order()
	if err != nil || order.NumRuns() == 0 {
		return whole
	}
	var all []flowPiece
	at := 0
	for i := range order.NumRuns() {
		run := order.Run(i)
		n := len(run.String())
		all = append(all, flowPiece{from: at, to: at + n, right: run.Direction() == bidi.RightToLeft})
		at += n
	}
	if at != len(line) { // it was not valid
		return whole
	}
	if right {
		slices.Reverse(all)
		return all
	}
	// A number after letters that read from the right belongs to them (UAX 9, I1): together they are reversed.
	for i := 0; i < len(all); i++ {
		if !all[i].right {
			continue
		}
		j := i + 1
		for j < len(all) && (all[j].right || !hasLeft(line[all[j].from:all[j].to])) {
			j++
		}
		slices.Reverse(all[i:j])
		i = j - 1
	}
	return all
}

// hasLeft tells whether there is a letter that reads from left to right.
func hasLeft(text string) bool {
	for _, r := range text {
		if p, _ := bidi.LookupRune(r); p.Class() == bidi.L {
			return true
		}
	}
	return false
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
