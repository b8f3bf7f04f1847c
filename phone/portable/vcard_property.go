package portable

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime/quotedprintable"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// kept are the properties that matter here.
var kept = map[string]bool{
	"FN": true, "N": true, "NICKNAME": true, "ORG": true, "NOTE": true, "TEL": true, "IMPP": true, "X-SIP": true,
	"URL": true, "PHOTO": true, "X-ABLABEL": true, "X-ABSHOWAS": true,
	"KIND": true, "X-ADDRESSBOOKSERVER-KIND": true,
}

// property is a line of a card, unfolded.
type property struct {
	// group is in lower case and name in upper case; both are written in any.
	group, name string
	// types are the values of TYPE in lower case; in version 2.1 they stand without it.
	types []string
	// quoted and base64 are its encoding, charset that of its text; "" is UTF-8.
	quoted, base64 bool
	charset        string
	value          []byte
	// keep is set where it matters; soft tells that it goes on in the next line.
	keep, soft bool
}

// parseHead reads all of a line but its value: group.NAME;PARAMETER=value;PARAMETER:
func parseHead(line []byte) (p *property, value []byte, ok bool) {
	end, parts := splitHead(line)
	if end < 0 {
		return nil, nil, false
	}
	name := string(bytes.TrimSpace(parts[0]))
	group, rest, found := strings.Cut(name, ".")
	if !found {
		group, rest = "", name
	}
	p = &property{group: strings.ToLower(group), name: strings.ToUpper(rest)}
	for _, part := range parts[1:] {
		p.parameter(toText(part))
	}
	return p, line[end+1:], p.name != ""
}

// splitHead finds the colon before the value, and what the semicolons before it separate. Those in
// quotes do not count, but where a quote has no end.
func splitHead(line []byte) (end int, parts [][]byte) {
	for _, quotes := range []bool{true, false} {
		from, inside := 0, false
		parts = parts[:0]
		for i, c := range line {
			switch {
			case c == '"':
				inside = quotes && !inside
			case inside:
			case c == ':':
				return i, append(parts, line[from:i])
			case c == ';':
				parts = append(parts, line[from:i])
				from = i + 1
			}
		}
		if !inside {
			break
		}
	}
	return -1, nil
}

// parameter takes NAME=value, or a value alone as in version 2.1.
func (p *property) parameter(text string) {
	name, value, found := strings.Cut(text, "=")
	if !found {
		name, value = "", name
	}
	value = strings.TrimSpace(strings.ReplaceAll(value, `"`, ""))
	lower := strings.ToLower(value)
	encoding := true
	switch lower {
	case "quoted-printable", "q":
		p.quoted = true
	case "base64", "b":
		p.base64 = true
	default:
		encoding = false
	}
	switch strings.ToUpper(strings.TrimSpace(name)) {
	case "CHARSET":
		p.charset = value
	case "", "TYPE":
		if !encoding {
			p.types = append(p.types, strings.FieldsFunc(lower, func(r rune) bool { return r == ',' || r == ' ' })...)
		}
	}
}

// continuation returns what a line adds to the value, if it is no property of its own: one that is folded, the
// rest of quoted-printable after a soft end, or base64 up to a blank line, which some do not indent.
func (p *property) continuation(line []byte, old bool) (rest []byte, ok bool) {
	switch {
	case p.soft:
		return line, true
	case len(line) == 0:
		return nil, false
	case line[0] == ' ' || line[0] == '\t':
		if old {
			return line, true // the blank was there before it was folded
		}
		return line[1:], true
	}
	return line, p.base64 && bytes.IndexFunc(line, notBase64) < 0
}

func notBase64(r rune) bool {
	return !(r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/' || r == '=' || r == ' ')
}

// text returns the value decoded, with the backslashes in it, or why it cannot be. wide is that of the file.
func (p *property) text(wide bool) (value, why string) {
	content := p.value
	var err error
	switch {
	case p.quoted:
		content, err = io.ReadAll(quotedprintable.NewReader(bytes.NewReader(content)))
	case p.base64 && p.name != "PHOTO":
		content, err = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(content)), ""))
	}
	if err != nil {
		return "", fmt.Sprintf("Its %s is encoded wrongly.", p.name)
	}
	if p.charset == "" || strings.EqualFold(p.charset, "UTF-8") || wide && !p.quoted && !p.base64 {
		return toText(content), ""
	}
	charset, err := htmlindex.Get(p.charset)
	if err == nil {
		content, err = charset.NewDecoder().Bytes(content)
	}
	if err != nil {
		return "", fmt.Sprintf("Its %s is in a character set that is not known here: %s.", p.name, oneLine(p.charset, maxLabel))
	}
	return toText(content), ""
}

// split returns the parts of a value that separators separate, without the backslashes that
// make text of a separator or a line's end.
func split(value string, separator byte) []string {
	var parts []string
	var part strings.Builder
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c == separator && separator != 0:
			parts = append(parts, part.String())
			part.Reset()
		case c != '\\' || i+1 == len(value):
			part.WriteByte(c)
		case value[i+1] == 'n' || value[i+1] == 'N':
			part.WriteByte('\n')
			i++
		case strings.IndexByte(`\,;:`, value[i+1]) >= 0:
			part.WriteByte(value[i+1])
			i++
		default:
			part.WriteByte(c)
		}
	}
	return append(parts, part.String())
}

// unescape is the same for a value that is one text.
func unescape(value string) string { return split(value, 0)[0] }
