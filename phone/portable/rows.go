package portable

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
)

const (
	// sampled is how many lines are looked at to find the separator.
	sampled = 20
	// maxRow is the longest row, in bytes.
	maxRow  = maxLine
	tooLong = "It is longer than 1 MB."
)

// rows reads a CSV (RFC 4180) row by row. The separator is a comma, a semicolon or a tab. A quote within a cell
// that does not begin with one is text; a quote that has no end costs only the line where it stands.
type rows struct {
	lines     *lines
	separator byte
	cells     []string
	// ahead are rows that were read already, and are next.
	ahead []row
}

// row is a line of a table, or several where a cell has several.
type row struct {
	line int
	// cells are valid until the next row is read.
	cells []string
	// broken says why it cannot be read; "" where it can.
	broken string
}

func newRows(r io.Reader) (*rows, error) {
	rows := &rows{lines: newLines(r)}
	var sample [][]byte
	for len(sample) < sampled {
		line, _, err := rows.lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		sample = append(sample, bytes.Clone(line))
	}
	for _, line := range sample {
		if bytes.IndexByte(line, 0) >= 0 {
			return nil, invalid("this file is no text; save the table as CSV and choose that file")
		}
	}
	if len(sample) > 0 && slices.Contains([]string{"sep=,", "sep=;", "sep=\t"}, string(sample[0])) { // as Excel is told
		rows.separator = sample[0][len("sep=")]
		rows.lines.giveBack(sample[1:])
		return rows, nil
	}
	rows.separator = separatorOf(sample)
	rows.lines.giveBack(sample)
	return rows, nil
}

// separatorOf is what separates the cells: that which stands as often in most lines as in the first; of
// several, that which stands there more often.
func separatorOf(sample [][]byte) byte {
	best, most, often := byte(','), 0, 0
	for _, separator := range []byte(",;\t") {
		first, alike := 0, 0
		for i, line := range sample {
			n := len(splitCells(string(line[:min(len(line), piece)]), separator, nil)) - 1
			if i == 0 {
				first = n
			}
			if n == first {
				alike++
			}
		}
		if first > 0 && (alike > most || alike == most && first > often) {
			best, most, often = separator, alike, first
		}
	}
	return best
}

// next returns the next row that has a cell that is not empty, or io.EOF.
func (r *rows) next() (row, error) {
	if len(r.ahead) == 0 {
		return r.read()
	}
	first := r.ahead[0]
	r.ahead = r.ahead[1:]
	return first, nil
}

func (r *rows) read() (row, error) {
	for {
		line, cut, err := r.lines.next()
		if err != nil {
			return row{}, err
		}
		at := r.lines.number
		if cut {
			return row{line: at, broken: tooLong}, nil
		}
		text := toText(line)
		if strings.IndexByte(text, '"') >= 0 {
			whole, broken, err := r.whole(text)
			if err != nil || broken != "" {
				return row{line: at, cells: r.splitPlain(text), broken: broken}, err
			}
			r.cells = splitCells(whole, r.separator, r.cells[:0])
		} else {
			r.splitPlain(text)
		}
		for _, cell := range r.cells {
			if strings.TrimSpace(cell) != "" {
				return row{line: at, cells: r.cells}, nil
			}
		}
	}
}

func (r *rows) splitPlain(text string) []string {
	r.cells = r.cells[:0]
	for {
		i := strings.IndexByte(text, r.separator)
		if i < 0 {
			r.cells = append(r.cells, text)
			return r.cells
		}
		r.cells = append(r.cells, text[:i])
		text = text[i+1:]
	}
}

// whole adds to the first line of a row those that a quoted cell goes on in. Where its end is not
// found, or more stands behind it, they are read as rows of their own.
func (r *rows) whole(first string) (text, broken string, err error) {
	state := quoteState(first, r.separator, closed)
	if state == closed {
		return first, "", nil
	}
	var more [][]byte
	var whole strings.Builder
	whole.WriteString(first)
	for state == open && whole.Len() < maxRow {
		line, _, err := r.lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", "", err
		}
		more = append(more, bytes.Clone(line))
		text := toText(line)
		whole.WriteByte('\n')
		whole.WriteString(text)
		state = quoteState(text, r.separator, open)
	}
	switch {
	case state == closed && whole.Len() > maxRow:
		return "", tooLong, nil
	case state == closed:
		return whole.String(), "", nil
	case state == wrong && len(more) == 0:
		return "", "Text stands behind the end of a quoted cell in it.", nil
	}
	r.lines.giveBack(more)
	return "", "A quoted cell in it does not end.", nil
}
