package sipua

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/htmlindex"
)

// plain returns a body as text for a person: as UTF-8 without control characters, with \n between lines. What cannot be read
// becomes U+FFFD. A charset that is not known counts as UTF-8, and so does one that is not said.
func plain(body []byte, charset string) string {
	text := string(body)
	switch charset = strings.ToLower(strings.TrimSpace(charset)); charset {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
	default:
		if known, err := htmlindex.Get(charset); err == nil {
			if read, err := known.NewDecoder().Bytes(body); err == nil {
				text = string(read)
			}
		}
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case unicode.IsControl(r) && r != '\n' && r != '\t':
			return -1
		}
		return r
	}, text)
}
