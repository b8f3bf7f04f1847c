package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"github.com/callward/callward/phone/control"
)

// jsonFlag is the flag of the commands that list something.
type jsonFlag struct {
	JSON bool `name:"json" help:"Print JSON; docs/control.md describes it."`
}

// printJSON prints v on a line of its own.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// printTable prints rows in columns under a head.
func printTable(w io.Writer, head []string, rows [][]string) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{head}, rows...) {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = printable(cell)
		}
		fmt.Fprintln(table, strings.Join(cells, "\t")) // Flush tells of an error
	}
	return table.Flush()
}

// printable replaces what is not text. Names come from the network: what a
// caller puts there must not work the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}

// clock returns a moment as the user's clock shows it; "" for one that has not come.
func clock(t *control.Time) string {
	if t == nil {
		return ""
	}
	return t.Local().Format(time.DateTime)
}

// party returns who is at the other end.
func party(number string) string {
	if number == "" {
		return "hidden"
	}
	return number
}
