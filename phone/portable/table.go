package portable

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/callward/callward/phone"
)

// previewRows is how many rows a Table shows before it is read, and maxColumns how many columns it has at most.
const previewRows, maxColumns = 10, 1000

// Table is a CSV file of contacts: first a look at it, which tells what its columns are for, then the
// contacts. One goroutine may use it, and it can be read once.
type Table struct {
	// Header is the first row and Preview are the next ones, as they can be shown; a row may have fewer
	// or more cells than the header.
	Header  []string
	Preview [][]string
	// Columns are what the columns are for, as many as Header has: first a guess by the header, to be
	// changed before Contacts.
	Columns []Column

	rows *rows
}

// OpenTable looks at the beginning of a CSV file: separated by comma, semicolon or tab, in UTF-8, UTF-16 with
// a mark, or windows-1252. The first row is taken for the header.
func OpenTable(r io.Reader) (*Table, error) {
	rows, err := newRows(r)
	if err != nil {
		return nil, err
	}
	t := &Table{rows: rows}
	header, err := rows.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, invalid("there is nothing in this file; choose one that has the names of its columns in the first line")
	case err != nil:
		return nil, err
	case header.broken != "":
		return nil, invalid("the first line cannot be read; it should have the names of the columns, such as Name,Company,Phone")
	}
	t.Header = preview(header.cells)
	for _, name := range t.Header {
		t.Columns = append(t.Columns, columnOf(name))
	}
	if err := t.look(); err != nil {
		return nil, err
	}
	return t, nil
}

// look reads ahead for the preview.
func (t *Table) look() error {
	for len(t.Preview) < previewRows && len(t.rows.ahead) < sampled {
		next, err := t.rows.read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		next.cells = slices.Clone(next.cells[:min(len(next.cells), maxColumns)])
		t.rows.ahead = append(t.rows.ahead, next)
		if next.broken == "" {
			t.Preview = append(t.Preview, preview(next.cells))
		}
	}
	return nil
}

// preview returns cells as they can be shown.
func preview(cells []string) []string {
	var shown []string
	for _, cell := range cells[:min(len(cells), maxColumns)] {
		shown = append(shown, oneLine(cell, maxName))
	}
	return shown
}

// Contacts gives the contacts of the rows after the header to add, with the line on which each begins, and what
// cannot be read to skip. The contacts have no ID and no picture, and their numbers no normal form.
func (t *Table) Contacts(add func(line int, c phone.Contact) error, skip func(phone.Skipped)) error {
	for {
		next, err := t.rows.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case next.broken != "":
			skip(phone.Skipped{Line: next.line, What: next.what(), Why: next.broken})
			continue
		}
		c := t.contact(next.cells)
		if c.Name == "" && c.Company == "" && len(c.Numbers) == 0 {
			skip(phone.Skipped{Line: next.line, What: next.what(), Why: "It has neither a name nor a number."})
			continue
		}
		if err := add(next.line, c); err != nil {
			return err
		}
	}
}

// what is a row that is left out: its first cell that is not empty.
func (r row) what() string {
	for _, cell := range r.cells {
		if text := oneLine(cell, maxName); text != "" {
			return text
		}
	}
	return ""
}

// contact is whom a row is about.
func (t *Table) contact(cells []string) (c phone.Contact) {
	var first, last, label string
	for i, column := range t.Columns[:min(len(t.Columns), len(cells))] {
		cell := cells[i]
		switch column.Use {
		case UseName:
			c.Name = firstOf(c.Name, oneLine(cell, maxName))
		case UseFirstName:
			first = firstOf(first, oneLine(cell, maxName))
		case UseLastName:
			last = firstOf(last, oneLine(cell, maxName))
		case UseCompany:
			c.Company = firstOf(c.Company, oneLine(cell, maxName))
		case UseNote:
			c.Note = joined([]string{c.Note, severalLines(cell)}, "\n")
		case UseLabel:
			label = labelOf(cell)
		case UseNumber:
			c.Numbers = appendNumbers(c.Numbers, firstOf(label, column.Label), cell)
			label = ""
		}
	}
	c.Name = firstOf(c.Name, oneLine(first+" "+last, maxName))
	return c
}

// appendNumbers takes the numbers of a cell: one, or several as Google writes them.
func appendNumbers(numbers []phone.ContactNumber, label, cell string) []phone.ContactNumber {
	for part := range strings.SplitSeq(cell, ":::") {
		if text := oneLine(part, maxNumber+1); text != "" && len(text) <= maxNumber {
			numbers = append(numbers, phone.ContactNumber{Label: label, Text: text})
		}
	}
	return numbers
}

// firstOf returns the first text that is not empty.
func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
