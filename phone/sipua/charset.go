package sipua

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	utf "golang.org/x/text/encoding/unicode"
)

// plain returns a body as text for a person: as UTF-8 without control characters, with \n between lines. What cannot be read
// becomes U+FFFD. A charset that is not known counts as UTF-8, and so does one that is not said.
func plain(body []byte, charset string) string {
	if known := charsetOf(charset); known != nil {
		if read, err := known.NewDecoder().Bytes(body); err == nil {
			body = read
		}
	}
	text := strings.ToValidUTF8(string(bytes.TrimPrefix(body, []byte("\uFEFF"))), "\uFFFD")
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

// charsetOf returns what reads a charset; nil for UTF-8 and for what is not known.
func charsetOf(name string) encoding.Encoding {
	switch name = strings.ToLower(strings.TrimSpace(name)); name {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return nil
	case "utf-16", "utf16": // RFC 2781, 4.3; the index has it as Windows does
		return utf.UTF16(utf.BigEndian, utf.UseBOM)
	}
	known, err := htmlindex.Get(name)
	if err != nil || known == encoding.Replacement { // which would put one U+FFFD in place of all
		return nil
	}
	return known
}
