package view

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// Parts is a list of any length, of which parts are read as they are looked at.
type Parts[S, T any] struct {
	// Notice says what went wrong; "" where nothing did.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	worker Worker
	words  Words
	// read returns what reads a part, beside the goroutine of the screen, and says how long the whole is; row is how
	// what was read is shown.
	read func(offset, limit int) func(ctx context.Context) ([]S, int, error)
	row  func(S) T

	total int
	rows  map[int]T
	// asked are the parts that are being read; turn counts the lists, so that an old answer is told
	// from the newest.
	asked   map[int]bool
	turn    int
	loading bool
	again   bool // it is to be read once more after that
}

func newParts[S, T any](worker Worker, words Words, read func(offset, limit int) func(context.Context) ([]S, int, error), row func(S) T) *Parts[S, T] {
	return &Parts[S, T]{Changed: func() {}, worker: worker, words: words, read: read, row: row, rows: map[int]T{}, asked: map[int]bool{}}
}

// Read reads the list anew. What is shown stays until it is there.
func (p *Parts[S, T]) Read() {
	p.turn++
	p.loading = true
	clear(p.asked)
	p.fetch(0, true)
}

// Reread reads the list anew or, where that is under way, once more after it: many changes cost no more than a few.
func (p *Parts[S, T]) Reread() {
	if p.loading {
		p.again = true
		return
	}
	p.Read()
}

// Len is how many rows there are.
func (p *Parts[S, T]) Len() int { return p.total }

// Empty tells whether there is nothing to show, and nothing is on its way.
func (p *Parts[S, T]) Empty() bool { return p.total == 0 && !p.loading }

// Row returns a row. One that is not read yet is asked for, and Changed is called once it is there.
func (p *Parts[S, T]) Row(i int) (row T, ready bool) {
	if i < 0 || i >= p.total {
		return row, false
	}
	row, ready = p.rows[i]
	if !ready && !p.asked[i/page] {
		p.fetch(i/page, false)
	}
	return row, ready
}

// Place returns where the first row is that fits, of those that are read; -1 for none.
func (p *Parts[S, T]) Place(fits func(T) bool) int {
	for i, row := range p.rows {
		if fits(row) {
			return i
		}
	}
	return -1
}

// fetch reads a part. The first of a list that is read anew takes the place of all there is.
func (p *Parts[S, T]) fetch(part int, anew bool) {
	p.asked[part] = true
	turn := p.turn
	var (
		found []S
		total int
	)
	read := p.read(part*page, page)
	p.worker.Do(func(ctx context.Context) (err error) {
		found, total, err = read(ctx)
		return err
	}, func(err error) {
		if turn != p.turn {
			return
		}
		p.loading = false
		if p.again {
			p.again = false
			defer p.Read()
		}
		if err != nil {
			p.Notice = p.words.L(phone.Sentence(err))
			p.Changed()
			return // it stays asked for: Read tries again
		}
		if anew {
			p.Notice = ""
			clear(p.rows)
		}
		if len(p.rows) > kept {
			clear(p.rows)
		}
		for i, one := range found {
			p.rows[part*page+i] = p.row(one)
		}
		p.total = total
		delete(p.asked, part)
		p.Changed()
	})
}

// drop takes rows off until they are read anew.
func (p *Parts[S, T]) drop(which func(T) bool) {
	var left []T
	for i := range p.total {
		row, ready := p.rows[i]
		if !ready {
			break
		}
		left = append(left, row)
	}
	shown := slices.DeleteFunc(left, which)
	p.total -= len(left) - len(shown)
	clear(p.rows)
	for i, row := range shown {
		p.rows[i] = row
	}
	p.Changed()
}
