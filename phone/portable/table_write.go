package portable

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/callward/callward/phone"
)

// WriteTable writes the contacts that each gives as CSV, in UTF-8: Name,Company,Note, then Number 1 - Label,Number 1
// and so on for as many numbers as told; of a contact that has more, the rest is left out. A Table makes
// the same contacts of it, but for pictures. An error of each is returned as it is.
//
// Cells are as they are: a spreadsheet takes a number that begins with + for a sum of one, which
// a mark before it would prevent, and spoil for all other programs.
func WriteTable(w io.Writer, numbers int, each func(yield func(phone.Contact) error) error) error {
	header := []string{"Name", "Company", "Note"}
	for i := range numbers {
		header = append(header, fmt.Sprintf("Number %d - Label", i+1), fmt.Sprintf("Number %d", i+1))
	}
	return writeRows(w, header, func(write func(cells []string) error) error {
		var cells []string
		return each(func(c phone.Contact) error {
			cells = append(cells[:0], oneLine(c.Name, maxName), oneLine(c.Company, maxName), severalLines(c.Note))
			for i := range numbers {
				var n phone.ContactNumber
				if i < len(c.Numbers) {
					n = c.Numbers[i]
				}
				cells = append(cells, labelOf(n.Label), oneLine(n.Text, maxNumber))
			}
			return write(cells)
		})
	})
}

// writeRows writes a header and the rows that each gives. An error of each is returned as it is.
func writeRows(w io.Writer, header []string, each func(write func(cells []string) error) error) error {
	out := csv.NewWriter(w)
	write := func(cells []string) error {
		if err := out.Write(cells); err != nil {
			return unwritable(err)
		}
		return nil
	}
	if err := write(header); err != nil {
		return err
	}
	if err := each(write); err != nil {
		return err
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return unwritable(err)
	}
	return nil
}
