package blacklist

import (
	"math/bits"

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
	return phone.Match{Row: int64(s.row), Kind: kinds[s.what&15], Mode: modes[s.what>>4], Number: number}
}

// holds tells whether there is a rule that has not expired.
func (s slot) holds(at uint32) bool { return s.row != 0 && (s.expires == 0 || s.expires > at) }

// rules are those of a list. Numbers of up to 15 digits stand in a hash table with open
// addressing, which has an array for each part of a slot, so that none is padded:
//
//	keys     | digits, 4 bits each | ...   0 is free
//	rows     | row                 | ...   0 with a key is a grave
//	expires  | seconds             | ...
//	whats    | kind and mode       | ...
//
// Several rules of one number stand in as many slots.
type rules struct {
	keys    []uint64
	rows    []uint32
	expires []uint32
	whats   []uint8
	used    int // slots with a key, graves among them
	live    int
	highest uint32 // row

	odd      map[string][]slot // addresses, codes, and what is longer
	prefixes map[string]slot
	lengths  uint32 // of prefixes: bit n for n characters
	hidden   slot
	known    slot // lets all contacts through
}

const leastSlots = 16

func newRules(size int) *rules {
	n := leastSlots
	for n*3 < size*4 {
		n *= 2
	}
	return &rules{
		keys: make([]uint64, n), rows: make([]uint32, n), expires: make([]uint32, n), whats: make([]uint8, n),
		odd: map[string][]slot{}, prefixes: map[string]slot{},
	}
}

// put adds a rule, of a row that is not there.
func (t *rules) put(r phone.Rule) {
	s := slotOf(r)
	t.highest = max(t.highest, s.row)
	switch r.Kind {
	case phone.KindHidden:
		t.hidden = s
	case phone.KindContacts:
		t.known = s
	case phone.KindPrefix:
		for _, p := range r.Numbers {
			t.prefixes[p] = s
			t.lengths |= 1 << min(len(p), 31)
		}
	default:
		for _, number := range r.Numbers {
			t.add(number, s)
		}
	}
}

// add adds a slot for a number; an empty one is none.
func (t *rules) add(number string, s slot) {
	if number == "" {
		return
	}
	key, ok := keyOf(number)
	if !ok {
		t.odd[number] = append(t.odd[number], s)
		return
	}
	if 4*(t.used+1) > 3*len(t.keys) {
		t.grow()
	}
	t.insert(key, s)
}

func (t *rules) insert(key uint64, s slot) {
	mask := uint64(len(t.keys) - 1)
	i := hash(key) & mask
	for t.keys[i] != 0 {
		i = (i + 1) & mask
	}
	t.keys[i], t.rows[i], t.expires[i], t.whats[i] = key, s.row, s.expires, s.what
	t.used++
	t.live++
}

// grow makes room, and leaves the graves behind.
func (t *rules) grow() {
	bigger := newRules(t.live + t.live/2 + 1)
	for i, key := range t.keys {
		if key != 0 && t.rows[i] != 0 {
			bigger.insert(key, slot{t.rows[i], t.expires[i], t.whats[i]})
		}
	}
	t.keys, t.rows, t.expires, t.whats, t.used = bigger.keys, bigger.rows, bigger.expires, bigger.whats, bigger.used
}

// exact gives the slots of a number that hold.
func (t *rules) exact(number string, at uint32, each func(slot)) {
	key, ok := keyOf(number)
	if !ok {
		for _, s := range t.odd[number] {
			if s.holds(at) {
				each(s)
			}
		}
		return
	}
	mask := uint64(len(t.keys) - 1)
	for i := hash(key) & mask; t.keys[i] != 0; i = (i + 1) & mask {
		if t.keys[i] == key {
			if s := (slot{t.rows[i], t.expires[i], t.whats[i]}); s.holds(at) {
				each(s)
			}
		}
	}
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

// drop takes the rules of some rows out. A row that is higher than all there were costs nothing.
func (t *rules) drop(gone map[uint32]bool) {
	for row := range gone {
		if row == 0 || row > t.highest { // a row of 0 is a free slot
			delete(gone, row)
		}
	}
	if len(gone) == 0 {
		return
	}
	t.bury(gone)
	for number, slots := range t.odd {
		left := slots[:0]
		for _, s := range slots {
			if !gone[s.row] {
				left = append(left, s)
			}
		}
		if t.odd[number] = left; len(left) == 0 {
			delete(t.odd, number)
		}
	}
	for p, s := range t.prefixes {
		if gone[s.row] {
			delete(t.prefixes, p)
		}
	}
	for _, s := range []*slot{&t.hidden, &t.known} {
		if gone[s.row] {
			*s = slot{}
		}
	}
}

// bury makes graves of the slots of some rows. That of one row is the most frequent, and quick.
func (t *rules) bury(gone map[uint32]bool) {
	var one uint32
	for row := range gone {
		one = row
	}
	for i, row := range t.rows {
		if row == one || len(gone) > 1 && row != 0 && gone[row] {
			t.rows[i] = 0
			t.live--
		}
	}
}

// keyOf packs a number of up to 15 digits, with or without +. The digits are counted from 1 on, so
// that 0 is no key, and leading zeros count.
func keyOf(number string) (key uint64, ok bool) {
	if number != "" && number[0] == '+' {
		key, number = 15, number[1:]
	}
	if number == "" || len(number) > 15 {
		return 0, false
	}
	for i := range len(number) {
		d := number[i] - '0'
		if d > 9 {
			return 0, false
		}
		key = key<<4 | uint64(d+1)
	}
	return key, true
}

// hash spreads keys, which differ in few bits (splitmix64's finalizer).
func hash(key uint64) uint64 {
	key ^= key >> 30
	key *= 0xbf58476d1ce4e5b9
	key ^= key >> 27
	key *= 0x94d049bb133111eb
	return key ^ key>>31
}
