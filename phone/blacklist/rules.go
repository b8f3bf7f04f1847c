package blacklist

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/callward/callward/phone"
)

// slot is a rule as it stands for one number.
type slot struct {
	row     uint32 // 0 is an empty slot
	expires uint32 // in seconds since 1970; 0 is never
	what    uint8  // places in kinds and modes
}

var (
	kinds = []phone.EntryKind{phone.KindNumber, phone.KindContact, phone.KindPrefix, phone.KindHidden, phone.KindContacts}
	modes = []phone.Mode{phone.AllowVoicemails, phone.BlockAll, phone.LetThrough}
)

func slotOf(r phone.Rule) slot {
	s := slot{row: uint32(r.Row), expires: seconds(r.Expires)}
	for i, k := range kinds {
		if k == r.Kind {
			s.what |= uint8(i)
		}
	}
	for i, m := range modes {
		if m == r.Mode {
			s.what |= uint8(i) << 4
		}
	}
	return s
}

func (s slot) match(number string) phone.Match {
	return phone.Match{Row: int64(s.row), Kind: s.kind(), Mode: s.mode(), Number: number}
}

func (s slot) kind() phone.EntryKind { return kinds[s.what&15] }
func (s slot) mode() phone.Mode      { return modes[s.what>>4] }

// holds tells whether there is a rule that has not expired.
func (s slot) holds(at uint32) bool { return s.row != 0 && (s.expires == 0 || s.expires > at) }

// or returns which of two rules of a number itself decides, where the other holds.
func (s slot) or(other slot, at uint32) slot {
	if other.holds(at) && other.rank() > s.rank() {
		return other
	}
	return s
}

func (s slot) rank() int {
	own, all := s.kind() == phone.KindNumber, s.mode() == phone.BlockAll
	switch {
	case s.row == 0:
		return 0
	case s.mode() == phone.LetThrough:
		return 1
	case !own && !all:
		return 2
	case !own:
		return 3
	case !all:
		return 4
	}
	return 5
}

// rules are those of a list.
type rules struct {
	table    *table
	odd      map[string][]slot // addresses, codes, and what is longer
	prefixes map[string]slot
	lengths  uint32 // of prefixes: bit n for n characters
	hidden   slot
	known    slot // lets all contacts through

	// These are for changes alone: the rows that there are, bit n%64 for row n, and the keys
	// of a row in odd and prefixes.
	there map[uint32]uint64
	texts map[uint32][]string
}

func newRules() *rules {
	return &rules{
		table: newTable(0), odd: map[string][]slot{}, prefixes: map[string]slot{},
		there: map[uint32]uint64{}, texts: map[uint32][]string{},
	}
}

// put adds a rule, of a row that is not there. The table must have room.
func (t *rules) put(r phone.Rule) {
	s := slotOf(r)
	t.there[s.row/64] |= 1 << (s.row % 64)
	switch r.Kind {
	case phone.KindHidden:
		t.hidden = s
	case phone.KindContacts:
		t.known = s
	case phone.KindPrefix:
		for _, p := range r.Numbers {
			t.prefixes[t.text(p, s)] = s
			t.lengths |= 1 << min(len(p), 31)
		}
	default:
		for _, number := range r.Numbers {
			if key, ok := keyOf(number); ok {
				t.table.insert(key, s)
			} else if number != "" {
				number = t.text(number, s)
				t.odd[number] = append(t.odd[number], s)
			}
		}
	}
}

// text notes a key of a row, and returns it by itself: it may be a piece of something long.
func (t *rules) text(key string, s slot) string {
	key = strings.Clone(key)
	t.texts[s.row] = append(t.texts[s.row], key)
	return key
}

// exact returns the slot that decides of those of a number itself that hold.
func (t *rules) exact(number string, at uint32) (best slot) {
	if key, ok := keyOf(number); ok {
		return t.table.best(key, at)
	}
	for _, s := range t.odd[number] {
		best = best.or(s, at)
	}
	return best
}

// prefix returns the rule of the longest prefix of a number that holds, and its length; 0 for none.
func (t *rules) prefix(number string, at uint32) (slot, int) {
	for n := min(len(number), 31-bits.LeadingZeros32(t.lengths)); n > 0; n-- {
		if t.lengths&(1<<n) != 0 {
			if s := t.prefixes[number[:n]]; s.holds(at) {
				return s, n
			}
		}
	}
	return slot{}, 0
}

// grave is what is to be taken out.
type grave struct {
	rows  map[uint32]bool
	slots []uint32 // of the table
}

// dig finds the rules of some rows, and changes nothing. Rows that are not there cost nothing.
func (t *rules) dig(rows ...int64) grave {
	g := grave{rows: map[uint32]bool{}}
	for _, row := range rows {
		if n := uint32(row); n != 0 && int64(n) == row && t.there[n/64]&(1<<(n%64)) != 0 {
			g.rows[n] = true
		}
	}
	if len(g.rows) > 0 {
		g.slots = t.table.find(g.rows)
	}
	return g
}

// bury takes out what was found; nothing may have changed since.
func (t *rules) bury(g grave) {
	t.table.bury(g.slots)
	for row := range g.rows {
		t.there[row/64] &^= 1 << (row % 64)
		for _, key := range t.texts[row] {
			t.odd[key] = slices.DeleteFunc(t.odd[key], func(s slot) bool { return s.row == row })
			if len(t.odd[key]) == 0 {
				delete(t.odd, key)
			}
			if t.prefixes[key].row == row {
				delete(t.prefixes, key)
			}
		}
		delete(t.texts, row)
	}
	for _, s := range []*slot{&t.hidden, &t.known} {
		if g.rows[s.row] {
			*s = slot{}
		}
	}
}
