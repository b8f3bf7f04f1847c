package view

import "slices"

// Key names the call of a line for as long as it is in history; 0 for a day's title,
// and where there is no such line.
func (c *Calls) Key(i int) int64 {
	if i < 0 || i >= len(c.lines) {
		return 0
	}
	return c.lines[i].row
}

// Place is the line of a call by its key; -1 where it is not shown.
func (c *Calls) Place(key int64) int {
	return slices.IndexFunc(c.lines, func(l line) bool { return l.row == key && key != 0 })
}
