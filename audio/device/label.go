package device

import (
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

// label makes the identifiers of a list readable, where the sound system's are
// text, and its names distinct: two devices of one name could not be chosen apart.
func label(infos []Info) {
	shared := map[string]int{}
	for i := range infos {
		infos[i].ID = readable(infos[i].ID)
		shared[infos[i].Name]++
	}
	for i := range infos {
		if shared[infos[i].Name] > 1 {
			infos[i].Name += " (" + infos[i].ID + ")"
		}
	}
}

// readable returns the text that id is in hexadecimal digits, else id.
func readable(id string) string {
	bytes, err := hex.DecodeString(id)
	text := string(bytes)
	if err != nil || text == "" || !utf8.ValidString(text) ||
		strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return id
	}
	return text
}
