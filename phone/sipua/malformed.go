package sipua

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"
)

// refusalOf returns a final answer to a request that cannot be read, made of
// those header lines that an answer repeats (RFC 3261, 8.2.6); nil for what gets
// none: an ACK, a response, or what has no Via to answer to.
func refusalOf(p packet, status int, reason string) []byte {
	head, _, _ := bytes.Cut(p.bytes, []byte("\r\n\r\n"))
	lines := unfolded(head)
	method, _, _ := strings.Cut(lines[0], " ")
	if strings.EqualFold(method, "ACK") || strings.HasPrefix(strings.ToUpper(method), "SIP/") {
		return nil
	}
	var out strings.Builder
	fmt.Fprintf(&out, "SIP/2.0 %d %s\r\n", status, reason)
	vias := 0
	for _, line := range lines[1:] {
		name, _, _ := strings.Cut(line, ":")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "via", "v":
			if vias++; vias == 1 {
				line = received(line, p.from)
			}
		case "to", "t":
			if !strings.Contains(line, "tag=") {
				line += ";tag=" + unguessable()
			}
		case "from", "f", "call-id", "i", "cseq":
		default:
			continue
		}
		out.WriteString(line + "\r\n")
	}
	if vias == 0 {
		return nil
	}
	return []byte(out.String() + "Content-Length: 0\r\n\r\n")
}

// received puts the address that a request came from into its Via (RFC 3581, 4).
func received(via string, from netip.AddrPort) string {
	first, others, more := strings.Cut(via, ",")
	if start, end, ok := strings.Cut(first, ";rport"); ok && !strings.HasPrefix(end, "=") {
		first = fmt.Sprintf("%s;rport=%d%s", start, from.Port(), end)
	}
	first += ";received=" + from.Addr().String()
	if more {
		return first + "," + others
	}
	return first
}
