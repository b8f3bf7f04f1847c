package blacklist

import (
	"hash/maphash"
)

// table has the rules of numbers of up to 15 digits. It is a hash table with open addressing, which
// has an array for each part of a slot, so that none is padded:
//
//	keys     | digits, 4 bits each | ...   0 is free
//	rows     | row                 | ...   0 with a key is a grave
//	expires  | seconds             | ...
//	whats    | kind and mode       | ...
//
// Several rules of one number stand in as many slots.
type table struct {
	seed    maphash.Seed // so that nobody can make a list whose numbers all collide
	keys    []uint64
	rows    []uint32
	expires []uint32
	whats   []uint8
	used    int // slots with a key, graves among them
	live    int
}

const leastSlots = 16

// newTable returns one with room for some slots.
func newTable(size int) *table {
	n := leastSlots
	for n*3 < size*4 {
		n *= 2
	}
	return &table{
		seed: maphash.MakeSeed(),
		keys: make([]uint64, n), rows: make([]uint32, n), expires: make([]uint32, n), whats: make([]uint8, n),
	}
}

// roomFor returns the table itself where some more slots have room in it, else a bigger one, which leaves
// the graves behind.
func (t *table) roomFor(more int) *table {
	if 4*(t.used+more) <= 3*len(t.keys) {
		return t
	}
	bigger := newTable(t.live + t.live/2 + more)
	for i, key := range t.keys {
		if key != 0 && t.rows[i] != 0 {
			bigger.insert(key, t.slot(uint64(i)))
		}
	}
	return bigger
}

// insert adds a slot, for which there must be room.
func (t *table) insert(key uint64, s slot) {
	i := t.home(key)
	for t.keys[i] != 0 {
		i = t.next(i)
	}
	t.keys[i], t.rows[i], t.expires[i], t.whats[i] = key, s.row, s.expires, s.what
	t.used++
	t.live++
}

// best returns the slot that decides of those of a key that hold.
func (t *table) best(key uint64, at uint32) (best slot) {
	for i := t.home(key); t.keys[i] != 0; i = t.next(i) {
		if t.keys[i] == key {
			best = best.or(t.slot(i), at)
		}
	}
	return best
}

// find returns where the slots of some rows, of which none is 0, are. That of one row is the most frequent, and quick.
func (t *table) find(rows map[uint32]bool) (found []uint32) {
	var one uint32
	for one = range rows {
		break
	}
	several := len(rows) > 1
	for i, row := range t.rows {
		if row == one || several && row != 0 && rows[row] {
			found = append(found, uint32(i))
		}
	}
	return found
}

// bury makes graves of slots.
func (t *table) bury(found []uint32) {
	for _, i := range found {
		t.rows[i] = 0
	}
	t.live -= len(found)
}

func (t *table) slot(i uint64) slot { return slot{t.rows[i], t.expires[i], t.whats[i]} }

func (t *table) home(key uint64) uint64 {
	return maphash.Comparable(t.seed, key) & uint64(len(t.keys)-1)
}

func (t *table) next(i uint64) uint64 { return (i + 1) & uint64(len(t.keys)-1) }

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
