package widget

import "golang.org/x/text/unicode/bidi"

// directions resolves in which direction each character of a line reads, by the Unicode Bidirectional Algorithm
// (UAX 9) without its explicit embeddings and isolates: who sends them must not be able to turn what others wrote.
type directions struct {
	runes []rune
	class []bidi.Class
	base  bidi.Class // L or R
}

// levelsOf returns the level of each character: odd ones read from right to left.
func levelsOf(runes []rune, right bool) []int {
	d := &directions{runes: runes, class: make([]bidi.Class, len(runes)), base: bidi.L}
	if right {
		d.base = bidi.R
	}
	for i, r := range runes {
		p, _ := bidi.LookupRune(r)
		d.class[i] = p.Class()
	}
	d.marks()
	d.signs()
	d.numbers()
	d.brackets()
	d.neutrals()
	levels := make([]int, len(runes))
	for i, c := range d.class { // I1 and I2
		switch {
		case right && c == bidi.R, !right && c == bidi.L:
		case !right && c == bidi.R:
			levels[i] = 1
		default:
			levels[i] = 2
		}
		if right && levels[i] == 0 {
			levels[i] = 1
		}
	}
	return levels
}

// marks is W1 to W3: marks are as what they stand on, and numbers after Arabic letters are Arabic.
func (d *directions) marks() {
	before, strong := d.base, d.base
	for i, c := range d.class {
		if c == bidi.NSM {
			c = before
		}
		before = c
		switch c {
		case bidi.L, bidi.R, bidi.AL:
			strong = c
		case bidi.EN:
			if strong == bidi.AL {
				c = bidi.AN
			}
		}
		d.class[i] = c
	}
	for i, c := range d.class {
		if c == bidi.AL {
			d.class[i] = bidi.R
		}
	}
}

// signs is W4 to W6: a separator within a number, and a sign of currency or per cent at one, are of it.
func (d *directions) signs() {
	for i := 1; i+1 < len(d.class); i++ {
		a, c, b := d.class[i-1], d.class[i], d.class[i+1]
		if a == b && (c == bidi.CS && (a == bidi.EN || a == bidi.AN) || c == bidi.ES && a == bidi.EN) {
			d.class[i] = a
		}
	}
	for i := 0; i < len(d.class); i++ {
		j := i
		for j < len(d.class) && d.class[j] == bidi.ET {
			j++
		}
		if j > i && (i > 0 && d.class[i-1] == bidi.EN || j < len(d.class) && d.class[j] == bidi.EN) {
			for k := i; k < j; k++ {
				d.class[k] = bidi.EN
			}
		}
		i = max(i, j-1)
	}
}

// numbers is W7, and makes all that is left neutral: a number after Latin letters reads as they do.
func (d *directions) numbers() {
	strong := d.base
	for i, c := range d.class {
		switch c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				d.class[i] = bidi.L
			}
		case bidi.AN:
		default:
			d.class[i] = bidi.ON
		}
	}
}

// side returns the direction that a character lends to neutral ones beside it: numbers count as R.
func side(c bidi.Class) (bidi.Class, bool) {
	switch c {
	case bidi.L:
		return bidi.L, true
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R, true
	}
	return 0, false
}

// brackets is N0: a pair reads as what is in it.
func (d *directions) brackets() {
	const deepest = 63 // as the rule has it
	if len(d.runes) > 2048 {
		return
	}
	var open []int
	for i, r := range d.runes {
		p, _ := bidi.LookupRune(r)
		switch {
		case !p.IsBracket():
		case p.IsOpeningBracket():
			if len(open) == deepest {
				return
			}
			open = append(open, i)
		default:
			for n := len(open) - 1; n >= 0; n-- {
				if bidi.ReverseString(string(d.runes[open[n]])) == string(r) {
					d.pair(open[n], i)
					open = open[:n]
					break
				}
			}
		}
	}
}

func (d *directions) pair(from, to int) {
	other := false
	for _, c := range d.class[from+1 : to] {
		s, ok := side(c)
		if ok && s == d.base {
			d.class[from], d.class[to] = s, s
			return
		}
		other = other || ok
	}
	if !other {
		return
	}
	before := d.base
	for i := from - 1; i >= 0; i-- {
		if s, ok := side(d.class[i]); ok {
			before = s
			break
		}
	}
	d.class[from], d.class[to] = before, before
}

// neutrals is N1 and N2: what is neutral reads as what is on both sides of it, or as the line.
func (d *directions) neutrals() {
	before := d.base
	for i := 0; i < len(d.class); i++ {
		if s, ok := side(d.class[i]); ok {
			before = s
			continue
		}
		j := i
		for j < len(d.class) && d.class[j] == bidi.ON {
			j++
		}
		after := d.base
		if j < len(d.class) {
			after, _ = side(d.class[j])
		}
		if after != before {
			after = d.base
		}
		for ; i < j; i++ {
			d.class[i] = after
		}
		i--
	}
}
