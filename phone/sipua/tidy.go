package sipua

import (
	"bytes"
	"strings"
)

// tidied returns a message in the form that the library can read: header lines
// unfolded, no blanks around separators and parameter names in lower case, all of
// which RFC 3261 (7.3.1) leaves to the sender. The body stays as it is.
func tidied(message []byte) []byte {
	head, body, ok := bytes.Cut(message, []byte("\r\n\r\n"))
	if !ok {
		return message
	}
	lines := strings.Split(folded.ReplaceAllString(string(head), " "), "\r\n")
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
			rest := strings.TrimLeft(value[i:], " \t")
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
