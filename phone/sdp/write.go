package sdp

import (
	"bytes"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// Bytes writes d with every line that RFC 8866 demands, in its order and with
// CRLF.
func (d *Description) Bytes() []byte {
	var b bytes.Buffer
	b.WriteString("v=0\r\n")
	fmt.Fprintf(&b, "o=- %d %d %s\r\n", d.Origin.ID, d.Origin.Version, address(d.Origin.Addr))
	d.writeBody(&b)
	return b.Bytes()
}

// body is all that follows the o= line: what a change of makes a new version.
func (d *Description) body() []byte {
	var b bytes.Buffer
	d.writeBody(&b)
	return b.Bytes()
}

func (d *Description) writeBody(b *bytes.Buffer) {
	fmt.Fprintf(b, "s=-\r\nc=%s\r\nt=0 0\r\n", address(d.Addr))
	for _, m := range d.Media {
		m.write(b, d.Addr)
	}
}

func (m Media) write(b *bytes.Buffer, session netip.Addr) {
	fmt.Fprintf(b, "m=%s %d %s", token(m.Kind, "audio"), m.Port, token(m.Proto, "RTP/AVP"))
	for _, t := range m.tokens() {
		b.WriteString(" " + token(t, "0"))
	}
	b.WriteString("\r\n")
	if m.Port == 0 {
		return
	}
	if m.Addr.IsValid() && m.Addr != session {
		fmt.Fprintf(b, "c=%s\r\n", address(m.Addr))
	}
	for _, f := range m.Formats {
		fmt.Fprintf(b, "a=rtpmap:%d %s\r\n", f.PayloadType, f.rtpmap())
		if f.Params != "" {
			fmt.Fprintf(b, "a=fmtp:%d %s\r\n", f.PayloadType, f.Params)
		}
	}
	if m.Ptime > 0 {
		fmt.Fprintf(b, "a=ptime:%d\r\n", m.Ptime)
	}
	if m.MaxPtime > 0 {
		fmt.Fprintf(b, "a=maxptime:%d\r\n", m.MaxPtime)
	}
	fmt.Fprintf(b, "a=%s\r\n", m.Direction)
	if m.RTCP.Port() != 0 {
		fmt.Fprintf(b, "a=rtcp:%d", m.RTCP.Port())
		if m.RTCP.Addr().IsValid() {
			b.WriteString(" " + address(m.RTCP.Addr()))
		}
		b.WriteString("\r\n")
	}
	if m.Mux {
		b.WriteString("a=rtcp-mux\r\n")
	}
}

// tokens returns the fmt fields to write: at least one, as the grammar demands.
func (m Media) tokens() []string {
	if len(m.Formats) == 0 {
		if len(m.Tokens) == 0 {
			return []string{"0"}
		}
		return m.Tokens
	}
	list := make([]string, 0, len(m.Formats))
	for _, f := range m.Formats {
		list = append(list, strconv.Itoa(int(f.PayloadType)))
	}
	return list
}

// address returns "IN IP4 a" or "IN IP6 a"; where a is not valid, the
// unspecified one.
func address(a netip.Addr) string {
	switch {
	case !a.IsValid():
		return "IN IP4 0.0.0.0"
	case a.Is4():
		return "IN IP4 " + a.String()
	default:
		return "IN IP6 " + a.String()
	}
}

// token returns s, or instead where s cannot stand as one field: a line that
// is refused is written back as its sender named it.
func token(s, instead string) string {
	if !isToken(s) {
		return instead
	}
	return s
}

func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}
