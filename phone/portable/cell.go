package portable

import "strings"

// quote is where the end of a line stands.
type quote int

const (
	closed quote = iota // outside of quotes
	open                // within a quoted cell
	wrong               // nowhere, since text stands behind the end of a quoted cell
)

// quoteState follows a line that begins in a state to its end.
func quoteState(line string, separator byte, state quote) quote {
	for {
		if state == closed {
			line = fromQuote(line)
			if !strings.HasPrefix(line, `"`) {
				i := strings.IndexByte(line, separator)
				if i < 0 {
					return closed
				}
				line = line[i+1:]
				continue
			}
			line = line[1:]
		}
		_, rest, found := cutQuoted(line)
		if !found {
			return open
		}
		rest = strings.TrimLeft(rest, " ")
		if rest == "" {
			return closed
		}
		if rest[0] != separator {
			return wrong
		}
		line, state = rest[1:], closed
	}
}

// splitCells appends the cells of a row that quoteState found closed.
func splitCells(text string, separator byte, cells []string) []string {
	for {
		text = fromQuote(text)
		cell, quoted := text, strings.HasPrefix(text, `"`)
		if quoted {
			cell, text, _ = cutQuoted(text[1:])
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		i := strings.IndexByte(text, separator)
		if i < 0 {
			return append(cells, cell)
		}
		if !quoted {
			cell = text[:i]
		}
		cells = append(cells, cell)
		text = text[i+1:]
	}
}

// fromQuote drops the blanks before a quote.
func fromQuote(text string) string {
	if inner := strings.TrimLeft(text, " "); strings.HasPrefix(inner, `"`) {
		return inner
	}
	return text
}

// cutQuoted splits what follows a quote at the one that ends it; two in a row are text.
func cutQuoted(text string) (cell, rest string, found bool) {
	for i := 0; ; {
		n := strings.IndexByte(text[i:], '"')
		if n < 0 {
			return text, "", false
		}
		i += n + 1
		if i == len(text) || text[i] != '"' {
			return text[:i-1], text[i:], true
		}
		i++
	}
}
