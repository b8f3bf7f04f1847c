package widget

import (
	"strings"
	"unicode"

	"github.com/go-text/typesetting/segmenter"
)

// flow is a text that was broken into lines, by the rules of Unicode (UAX 14), for a width in dp. It never changes.
type flow struct {
	text  string
	style Style
	lines []flowLine
	wide  float32 // of the widest line
}

// flowLine is a line of a flow; from and to are bytes of its text, without what is not drawn at the end.
type flowLine struct {
	from, to int
	wide     float32
	right    bool        // reads from right to left
	pieces   []flowPiece // from left to right, as they are drawn
}

// flowPiece is a part of a line that is drawn as one.
type flowPiece struct {
	from, to int
	x, wide  float32
	right    bool
}

// flower breaks one text.
type flower struct {
	*flow
	room     float32
	at       int     // where the line begins
	x, blank float32 // how wide it is, and the spaces after that
	end      int     // where what is drawn of it ends
	right    bool
}

// newFlow breaks the text for the width. A word that is wider alone is broken between characters, as a reader
// knows them: an emoji of several code points is one.
func newFlow(text string, style Style, room float32) *flow {
	f := &flower{flow: &flow{text: text, style: style}, room: room}
	from := 0
	for {
		n := strings.IndexByte(text[from:], '\n')
		if n < 0 {
			f.paragraph(from, len(text))
			return f.flow
		}
		f.paragraph(from, from+n)
		from += n + 1
	}
}

func (f *flower) paragraph(from, to int) {
	f.at, f.end, f.x, f.blank = from, from, 0, 0
	f.right = readsRight(f.text[from:to])
	runes, at := make([]rune, 0, to-from), make([]int, 0, to-from+1)
	for i, r := range f.text[from:to] {
		runes, at = append(runes, r), append(at, from+i)
	}
	at = append(at, to)
	if len(runes) > 0 {
		var seg segmenter.Segmenter
		seg.Init(runes)
		for lines := seg.LineIterator(); lines.Next(); {
			word := lines.Line()
			f.word(&seg, word.Text, at[word.Offset:word.Offset+len(word.Text)+1])
		}
	}
	f.breakLine(to)
}

// word puts a word, with the spaces after it, on the line, or on the next. At holds where each rune begins.
func (f *flower) word(seg *segmenter.Segmenter, runes []rune, at []int) {
	n := len(runes)
	for n > 0 && unicode.IsSpace(runes[n-1]) {
		n--
	}
	from, to := at[0], at[n]
	wide := f.style.width(f.text[from:to])
	if f.x > 0 && f.x+f.blank+wide > f.room {
		f.breakLine(from)
	}
	if f.x == 0 && f.end == f.at && f.blank+wide > f.room { // spaces that a paragraph begins with
		f.at, f.blank = from, 0
	}
	if f.x == 0 && wide > f.room {
		wide = f.crumble(runes[:n], at)
	}
	f.x, f.end = f.x+f.blank+wide, to
	f.blank = f.style.width(f.text[to:at[len(runes)]])
}

// crumble puts as much of a long word on lines of its own as fills them, and returns how wide the rest is.
func (f *flower) crumble(runes []rune, at []int) float32 {
	var seg segmenter.Segmenter
	seg.Init(runes)
	x := float32(0)
	for parts := seg.GraphemeIterator(); parts.Next(); {
		part := parts.Grapheme()
		from, to := at[part.Offset], at[part.Offset+len(part.Text)]
		wide := f.style.width(f.text[from:to])
		if x > 0 && x+wide > f.room {
			f.x, f.end = x, from
			f.breakLine(from)
			x = 0
		}
		x += wide
	}
	return x
}

// breakLine ends the line; what it ends with in spaces is not drawn. The next one begins at that byte.
func (f *flower) breakLine(next int) {
	line := flowLine{from: f.at, to: f.end, wide: f.x, right: f.right}
	if line.to > line.from {
		line.pieces = pieces(f.text, line.from, line.to, f.right, f.style)
		last := line.pieces[len(line.pieces)-1]
		line.wide = last.x + last.wide
	}
	f.lines = append(f.lines, line)
	f.flow.wide = max(f.flow.wide, line.wide)
	f.x, f.blank = 0, 0
	f.at, f.end = next, next
}

// high is the height of one line.
func (f *flow) high() float32 { return f.style.measure("M").Height }

// x returns where the byte of the line is drawn.
func (f *flow) x(line int, at int) float32 {
	l := f.lines[line]
	for _, p := range l.pieces {
		if at < p.from || at > p.to || at == p.to && at < l.to && !f.ends(l, p, at) {
			continue
		}
		w := min(p.wide, f.style.width(f.text[p.from:at])) // part of a character may be wider than the whole
		if p.right {
			return p.x + p.wide - w
		}
		return p.x + w
	}
	if at > l.from != l.right {
		return l.wide
	}
	return 0
}

// ends tells whether no other piece of the line begins at that byte.
func (f *flow) ends(l flowLine, p flowPiece, at int) bool {
	for _, other := range l.pieces {
		if other.from == at && other != p {
			return false
		}
	}
	return true
}

// offset returns the byte of the line that is nearest to x.
func (f *flow) offset(line int, x float32) int {
	l := f.lines[line]
	if len(l.pieces) == 0 {
		return l.from
	}
	p := l.pieces[len(l.pieces)-1]
	for _, piece := range l.pieces {
		if x < piece.x+piece.wide {
			p = piece
			break
		}
	}
	in := min(max(0, x-p.x), p.wide)
	if p.right {
		in = p.wide - in
	}
	stops := stopsOf(f.text[p.from:p.to])
	low, high := 0, len(stops)-1
	for low < high { // the first stop at or after it
		if m := (low + high) / 2; f.style.width(f.text[p.from:p.from+stops[m]]) < in {
			low = m + 1
		} else {
			high = m
		}
	}
	if low > 0 {
		before, after := f.style.width(f.text[p.from:p.from+stops[low-1]]), f.style.width(f.text[p.from:p.from+stops[low]])
		if in-before < after-in {
			low--
		}
	}
	return p.from + stops[low]
}

// line returns the line of that byte.
func (f *flow) line(at int) int {
	for i := len(f.lines) - 1; i > 0; i-- {
		if f.lines[i].from <= at {
			return i
		}
	}
	return 0
}

// stopsOf returns the bytes between which a cursor can be: those of characters, as a reader knows them.
func stopsOf(text string) []int {
	runes, at := []rune{}, []int{}
	for i, r := range text {
		runes, at = append(runes, r), append(at, i)
	}
	at = append(at, len(text))
	stops := []int{0}
	if len(runes) == 0 {
		return stops
	}
	var seg segmenter.Segmenter
	seg.Init(runes)
	for parts := seg.GraphemeIterator(); parts.Next(); {
		part := parts.Grapheme()
		stops = append(stops, at[part.Offset+len(part.Text)])
	}
	return stops
}

// wordAt returns the word of the text at that byte.
func wordAt(text string, at int) (from, to int) {
	in := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_' }
	from, to = at, at
	for i, r := range text[at:] {
		if !in(r) {
			break
		}
		to = at + i + len(string(r))
	}
	for from > 0 {
		i := strings.LastIndexFunc(text[:from], func(r rune) bool { return true })
		if !in([]rune(text[i:from])[0]) {
			break
		}
		from = i
	}
	if from == to { // on a sign: that alone
		for _, stop := range stopsOf(text[at:min(len(text), at+64)])[1:] {
			return at, at + stop
		}
	}
	return from, to
}
