package portable

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// entryColumns are the columns of a blacklist, in the order that a file without a header has.
var entryColumns = []string{"number", "name", "mode", "kind", "expires"}

// ReadEntries gives the blacklist entries of a CSV file to add, with the line of each, and what cannot be read
// to skip. The header names the columns, in any order and among others: number, name, mode (voicemail or all), kind
// (number, prefix, contact or hidden) and expires (RFC 3339, or a date, which is the last day). All but number
// may be missing, and so may the header where the first line begins with a number.
func ReadEntries(r io.Reader, add func(line int, d phone.EntryDraft) error, skip func(phone.Skipped)) error {
	rows, err := newRows(r)
	if err != nil {
		return err
	}
	columns, err := entryHeader(rows)
	if err != nil {
		return err
	}
	for {
		next, err := rows.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		d, why := columns.draft(next)
		if why != "" {
			skip(phone.Skipped{Line: next.line, What: next.what(), Why: why})
			continue
		}
		if err := add(next.line, d); err != nil {
			return err
		}
	}
}

// columnsOfEntry are where entryColumns are in a file; -1 for one that is not there.
type columnsOfEntry [5]int

// entryHeader reads the first row, and leaves it for the next where it is an entry itself.
func entryHeader(rows *rows) (columns columnsOfEntry, err error) {
	first, err := rows.next()
	if errors.Is(err, io.EOF) {
		return columns, nothingBlocked()
	}
	if err != nil {
		return columns, err
	}
	if first.broken != "" {
		return columns, nothingBlocked()
	}
	for i := range columns {
		columns[i] = slices.IndexFunc(first.cells, func(cell string) bool {
			return strings.EqualFold(oneLine(cell, maxName), entryColumns[i])
		})
	}
	switch {
	case columns[0] >= 0:
		return columns, nil
	case looksLikeNumber(first.cells[0]):
		rows.ahead = []row{first}
		return columnsOfEntry{0, 1, 2, 3, 4}, nil
	}
	// There may be one such as Phone or Telefon.
	columns[0] = slices.IndexFunc(first.cells, func(cell string) bool { return columnOf(cell).Use == UseNumber })
	if columns[0] < 0 {
		return columns, nothingBlocked()
	}
	return columns, nil
}

func nothingBlocked() error {
	return invalid("there is no column named number in this file; its first line should be number,name,mode")
}

// looksLikeNumber tells a telephone number or SIP address from a word.
func looksLikeNumber(cell string) bool {
	text := oneLine(cell, maxNumber)
	return strings.Contains(text, "@") || hasScheme(text, "tel") || strings.ContainsAny(text, "0123456789") && strings.Trim(text, "+0123456789 ()-./*#") == ""
}

func (c columnsOfEntry) cell(cells []string, column int) string {
	if i := c[column]; i >= 0 && i < len(cells) {
		return oneLine(cells[i], maxName+1) // so that one that is too long can be told
	}
	return ""
}

// draft is the entry of a row, or why there is none.
func (c columnsOfEntry) draft(r row) (d phone.EntryDraft, why string) {
	if r.broken != "" {
		return d, r.broken
	}
	d = phone.EntryDraft{Number: c.cell(r.cells, 0), Name: oneLine(c.cell(r.cells, 1), maxName)}
	switch mode := c.cell(r.cells, 2); strings.ToLower(mode) {
	case "", string(phone.AllowVoicemails):
		d.Mode = phone.AllowVoicemails
	case string(phone.BlockAll):
		d.Mode = phone.BlockAll
	default:
		return d, fmt.Sprintf("Its mode is neither voicemail nor all: %s.", mode)
	}
	switch kind := c.cell(r.cells, 3); phone.EntryKind(strings.ToLower(kind)) {
	case "", phone.KindNumber:
		d.Kind = phone.KindNumber
	case phone.KindPrefix:
		d.Kind = phone.KindPrefix
	case phone.KindContact:
		d.Kind = phone.KindContact
	case phone.KindHidden:
		d.Kind, d.Number = phone.KindHidden, ""
	default:
		return d, fmt.Sprintf("Its kind is none of number, prefix, contact and hidden: %s.", kind)
	}
	switch {
	case d.Number == "" && d.Kind != phone.KindHidden:
		return d, "It has no number."
	case len(d.Number) > maxNumber:
		return d, "Its number is too long to be one."
	}
	if expires := c.cell(r.cells, 4); expires != "" {
		var ok bool
		if d.Expires, ok = parseExpires(expires); !ok {
			return d, fmt.Sprintf("When it expires is no date such as 2030-12-31: %s.", expires)
		}
	}
	return d, ""
}

// parseExpires takes RFC 3339, or a date of this place, at the end of which it is.
func parseExpires(text string) (time.Time, bool) {
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, true
	}
	day, err := time.ParseInLocation(time.DateOnly, text, time.Local)
	return day.AddDate(0, 0, 1), err == nil
}
