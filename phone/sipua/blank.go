package sipua

import (
	"bytes"
	"strings"
)

const blank = "(blanked)"

// blanked returns a copy of a message without what would open a door: the values
// of Authorization and its kin, and the keys of SRTP in SDP (RFC 4568).
func blanked(message []byte) []byte {
	var out bytes.Buffer
	secret := false
	for line := range bytes.Lines(message) {
		folded := line[0] == ' ' || line[0] == '\t'
		if folded && secret {
			continue // goes on with a header that is blanked
		}
		var kept []byte
		kept, secret = blankLine(line)
		out.Write(kept)
		if secret {
			out.WriteString(blank + "\r\n")
		}
	}
	return out.Bytes()
}

// blankLine returns what may be shown of a line: its start, where the rest is
// secret, or the whole.
func blankLine(line []byte) (kept []byte, secret bool) {
	name, _, ok := bytes.Cut(line, []byte(":"))
	if !ok {
		name, _, ok = bytes.Cut(line, []byte("="))
		if ok && string(name) == "k" {
			return line[:2], true
		}
		return line, false
	}
	switch strings.ToLower(string(bytes.TrimSpace(name))) {
	case "authorization", "proxy-authorization", "authentication-info", "proxy-authentication-info":
		return append(bytes.Clone(name), ": "...), true
	case "a=crypto", "k=clear", "k=base64", "k=uri":
		return line[:len(name)+1], true
	}
	return line, false
}
