package view

// Scroller shows the lines of a thread; *widget.Transcript satisfies it. It is told what becomes of them after each change.
type Scroller interface {
	// Reset tells that the lines were replaced, and brings one into sight, at the upper edge or in the middle; -1 is the end.
	Reset(at int, toTop bool)
	// Prepended and Appended tell of more lines, Trimmed of lines that were let go.
	Prepended(n int)
	Appended(n int)
	Trimmed(fromTop, fromBottom int)
	// RowChanged tells that a line is another.
	RowChanged(i int)
	// AtEnd tells whether the end is in sight, and First which line is the uppermost; -1 for none.
	AtEnd() bool
	First() int
}

// still is a Scroller of nothing, which stands at the end.
type still struct{}

func (still) Reset(int, bool)  {}
func (still) Prepended(int)    {}
func (still) Appended(int)     {}
func (still) Trimmed(int, int) {}
func (still) RowChanged(int)   {}
func (still) AtEnd() bool      { return true }
func (still) First() int       { return -1 }
