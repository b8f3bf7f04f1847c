package sipua

import (
	"bytes"
	"strings"
)

const blanks = " \t"

// tidied returns a message in the form that the library can read: header lines
// unfolded, no blanks around separators and parameter names in lower case, all of
// which RFC 3261 (7.3.1) leaves to the sender. The body stays as it is.
func tidied(message []byte) []byte {
	head, body, ok := bytes.Cut(message, []byte("\r\n\r\n"))
	if !ok {
		return message
	}
	lines := unfolded(head)
	for i, line := range lines[1:] {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "via", "v":
			value = tidy(value, ";=,/:")
		case "from", "f", "to", "t", "contact", "m", "route", "record-route":
			value = tidy(value, ";=,")
		case "cseq":
			value = strings.Join(strings.Fields(value), " ")
		default:
			continue
		}
		lines[i+1] = name + ": " + value
	}
	return append([]byte(strings.Join(lines, "\r\n")+"\r\n\r\n"), body...)
}

// unfolded returns the lines of a message's head, those that go on in the next
// line (RFC 3261, 7.3.1) joined.
func unfolded(head []byte) []string {
	lines := strings.Split(string(head), "\r\n")
	n := 0
	for first := 0; first < len(lines); n++ {
		next := first + 1
		for next < len(lines) && strings.TrimLeft(lines[next], blanks) != lines[next] {
			lines[next] = strings.TrimLeft(lines[next], blanks)
			next++
		}
		lines[n] = strings.Join(lines[first:next], " ")
		first = next
	}
	return lines[:n]
}

// tidy takes the blanks around separators out of a header's value, and lowers
// the names of its parameters; what is in quotes or angle brackets stays.
func tidy(value, separators string) string {
	var out strings.Builder
	isSeparator := func(c byte) bool { return strings.IndexByte(separators, c) >= 0 }
	value = strings.TrimSpace(value)
	for i, last, naming := 0, byte(' '), false; i < len(value); i++ {
		c := value[i]
		switch {
		case c == '"' || c == '<':
			end := enclosed(value[i:])
			out.WriteString(value[i : i+end])
			i += end - 1
			last, naming = c, false
			continue
		case c == ' ' || c == '\t':
			rest := strings.TrimLeft(value[i:], blanks)
			i = len(value) - len(rest) - 1 // the last blank of the run
			if isSeparator(last) || isSeparator(rest[0]) || last == ' ' {
				continue
			}
			c = ' '
		case c == ';':
			naming = true
		case isSeparator(c):
			naming = false
		case naming && 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		out.WriteByte(c)
		last = c
	}
	return out.String()
}

// enclosed returns the length of the quoted string or bracketed URI that text
// begins with; all of it where there is no end.
func enclosed(text string) int {
	for i := 1; i < len(text); i++ {
		switch {
		case text[0] == '<' && text[i] == '>', text[0] == '"' && text[i] == '"':
			return i + 1
		case text[0] == '"' && text[i] == '\\':
			i++
		}
	}
	return len(text)
}
