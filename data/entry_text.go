package data

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/callward/callward/phone"
)

// entryTexts are the numbers and names of all entries in memory, once one was searched for: a
// million are looked through in the time between two keys, for some 40 bytes each. Any goroutine.
type entryTexts struct {
	reading sync.Mutex // guards lists, and is held for as long as a search takes
	lists   map[bool]*entryText

	mu      sync.Mutex         // guards the rest; taken after reading
	changed map[int32]struct{} // what lists do not have as it is on the disk
	stale   bool               // that is too much
}

// mostChanged is how many entries may differ from their texts in memory.
const mostChanged = 1000

// change notes that entries were written: those of some rules, unless these could not be read.
func (t *entryTexts) change(err error, rules ...phone.Rule) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.changed == nil {
		t.changed = map[int32]struct{}{}
	}
	for _, r := range rules {
		t.changed[int32(r.Row)] = struct{}{}
	}
	t.stale = t.stale || err != nil || len(t.changed) > mostChanged
}

// forget has all read again when it is wanted.
func (t *entryTexts) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stale = true
}

// fresh drops texts that are stale, and returns which entries have changed since the others were
// read. reading is held.
func (t *entryTexts) fresh() (changed []int32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.stale || t.lists == nil {
		t.lists, t.changed, t.stale = map[bool]*entryText{}, nil, false
	}
	for row := range t.changed {
		changed = append(changed, row)
	}
	return changed
}

// entryText is what one list has.
type entryText struct{ numbers, names texts }

// texts are many texts, each of a row.
type texts struct {
	all    []byte   // one after the other, a line each
	starts []uint32 // where each begins
	rows   []int32
}

func (t *texts) add(row int32, text string) {
	t.starts = append(t.starts, uint32(len(t.all)))
	t.rows = append(t.rows, row)
	t.all = append(append(t.all, text...), '\n')
}

// find returns the rows whose text has a part, which has no line's end, in order.
func (t *texts) find(part string) (found []int32) {
	wanted := []byte(part)
	for i, at := 0, 0; i < len(t.rows); at = int(t.starts[i]) {
		next := bytes.Index(t.all[at:], wanted)
		if next < 0 {
			return found
		}
		for at += next; i+1 < len(t.rows) && int(t.starts[i+1]) <= at; {
			i++
		}
		found = append(found, t.rows[i])
		if i++; i == len(t.rows) {
			return found
		}
	}
	return found
}

// union merges rows that are in order.
func union(a, b []int32) []int32 {
	if len(a) == 0 || len(b) == 0 {
		return append(a, b...)
	}
	all := make([]int32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			all, a = append(all, a[0]), a[1:]
		case a[0] > b[0]:
			all, b = append(all, b[0]), b[1:]
		default:
			all, a, b = append(all, a[0]), a[1:], b[1:]
		}
	}
	return append(append(all, a...), b...)
}

// textPart is how many entries' texts are read at once, in one row of an answer.
const textPart = 8192

// readTexts reads the numbers and names of a list, in the order of their rows.
func (s *Store) readTexts(ctx context.Context, op string, through bool) (*entryText, error) {
	list, last := &entryText{}, int64(0)
	for {
		var part sql.NullString
		err := s.read.QueryRowContext(ctx, `
			SELECT group_concat(row || ' ' || octet_length(number) || ' ' || octet_length(sort) || ' ' || number || sort, '') FROM (
				SELECT row, number, sort FROM entry INDEXED BY entry_newest
				WHERE through = ? AND row > ? AND deleted IS NULL ORDER BY row LIMIT ?)`, through, last, textPart).Scan(&part)
		if err != nil {
			return nil, s.failed(op, err)
		}
		if !part.Valid {
			return list, nil
		}
		if last, err = list.read(part.String); err != nil {
			return nil, s.failed(op, err)
		}
	}
}

// read takes over a part of the texts, and returns the last row.
func (l *entryText) read(part string) (row int64, err error) {
	for part != "" {
		var fields [3]int64
		for i := range fields {
			field, rest, _ := strings.Cut(part, " ")
			if fields[i], err = strconv.ParseInt(field, 10, 32); err != nil {
				return 0, fmt.Errorf("texts of entries: %w", err)
			}
			part = rest
		}
		number, name := int(fields[1]), int(fields[2])
		if number < 0 || name < 0 || number+name > len(part) {
			return 0, fmt.Errorf("texts of entries: row %d ends early", fields[0])
		}
		row = fields[0]
		l.numbers.add(int32(row), strings.ToLower(part[:number]))
		if name > 0 {
			l.names.add(int32(row), part[number:number+name])
		}
		part = part[number+name:]
	}
	return row, nil
}

// findEntries returns the rows of the entries of a list that have text in name or number, in order.
func (s *Store) findEntries(ctx context.Context, op string, through bool, text string) ([]int32, error) {
	s.texts.reading.Lock()
	defer s.texts.reading.Unlock()
	changed := s.texts.fresh()
	list := s.texts.lists[through]
	if list == nil {
		var err error
		if list, err = s.readTexts(ctx, op, through); err != nil {
			return nil, err
		}
		s.texts.lists[through] = list
	}
	text = strings.Join(strings.Fields(text), " ")
	number := searchedDigits(text)
	if number == "" {
		number = strings.ToLower(text)
	}
	found := union(list.numbers.find(number), list.names.find(folded(text)))
	if len(changed) == 0 {
		return found, nil
	}
	slices.Sort(changed)
	found = slices.DeleteFunc(found, func(row int32) bool {
		_, is := slices.BinarySearch(changed, row)
		return is
	})
	now, err := s.findChanged(ctx, op, through, text, changed)
	return union(found, now), err
}
