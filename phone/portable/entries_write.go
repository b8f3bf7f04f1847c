package portable

import (
	"io"
	"time"

	"github.com/callward/callward/phone"
)

// WriteEntries writes the blacklist entries that each gives as CSV: number (as it was typed), name, mode, kind
// and expires. ReadEntries makes drafts of the same entries of it. Those that are always let through are left
// out. An error of each is returned as it is.
func WriteEntries(w io.Writer, each func(yield func(phone.Entry) error) error) error {
	return writeRows(w, entryColumns, func(write func(cells []string) error) error {
		cells := make([]string, len(entryColumns))
		return each(func(e phone.Entry) error {
			if !e.Mode.Blocks() {
				return nil
			}
			expires := ""
			if !e.Expires.IsZero() {
				expires = e.Expires.Format(time.RFC3339Nano)
			}
			cells = append(cells[:0], oneLine(firstOf(e.Text, e.Number), maxNumber), oneLine(e.Name, maxName), string(e.Mode), string(e.Kind), expires)
			return write(cells)
		})
	})
}
