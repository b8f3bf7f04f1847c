package sdp

import (
	"errors"
	"net/netip"
	"strings"
)

// ErrNoMedia says that what was read has no m= line: it is no description of
// a session.
var ErrNoMedia = errors.New("sdp: no m= line")

// maxMedia bounds the m= lines that are looked at: more are an attack.
const maxMedia = 64

// Parse reads a description. It takes lines in any order and with any line
// ending, and passes over what it does not know or cannot read; only a text
// without any m= line is an error, ErrNoMedia.
func Parse(text []byte) (*Description, error) {
	p := parser{direction: SendRecv}
	for line := range strings.FieldsFuncSeq(string(text), func(r rune) bool { return r == '\r' || r == '\n' }) {
		line = strings.TrimSpace(line)
		kind, value, ok := strings.Cut(line, "=")
		if kind = strings.TrimSpace(kind); ok && len(kind) == 1 {
			p.line(kind[0], strings.TrimSpace(value))
		}
	}
	if len(p.media) == 0 {
		return nil, ErrNoMedia
	}
	d := Description{Origin: p.origin, Addr: p.addr}
	for _, m := range p.media {
		d.Media = append(d.Media, p.finish(m))
	}
	return &d, nil
}

// parser gathers lines; what may be inherited or come late is resolved at the
// end by finish.
type parser struct {
	origin    Origin
	addr      netip.Addr
	direction Direction
	ptime     int
	media     []*mediaLines
}

// mediaLines is one m= line and what came after it.
type mediaLines struct {
	Media
	connected bool // it has a c= of its own
	directed  bool // it has a direction of its own
	maps      map[uint8]string
	params    map[uint8]string
}

func (p *parser) line(kind byte, value string) {
	switch kind {
	case 'o':
		p.origin = parseOrigin(value)
	case 'c':
		if m := p.current(); m != nil {
			m.Addr, m.connected = parseConnection(value), true
		} else {
			p.addr = parseConnection(value)
		}
	case 'm':
		if len(p.media) < maxMedia {
			p.media = append(p.media, parseMedia(value))
		}
	case 'a':
		name, value, _ := strings.Cut(value, ":")
		p.attribute(strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value))
	}
}

// current returns the m= line that lines now belong to, nil before the first.
func (p *parser) current() *mediaLines {
	if len(p.media) == 0 {
		return nil
	}
	return p.media[len(p.media)-1]
}

func (p *parser) attribute(name, value string) {
	m := p.current()
	if d, ok := parseDirection(name); ok {
		if m == nil {
			p.direction = d
		} else {
			m.Direction, m.directed = d, true
		}
		return
	}
	if m == nil {
		if name == "ptime" {
			p.ptime = milliseconds(value)
		}
		return
	}
	switch name {
	case "rtpmap":
		assign(m.maps, value)
	case "fmtp":
		assign(m.params, value)
	case "ptime":
		m.Ptime = milliseconds(value)
	case "maxptime":
		m.MaxPtime = milliseconds(value)
	case "rtcp":
		m.RTCP = parseRTCP(value)
	case "rtcp-mux":
		m.Mux = true
	}
}

// finish gives m what it inherits and the meaning of its payload types.
func (p *parser) finish(m *mediaLines) Media {
	if !m.connected {
		m.Addr = p.addr
	}
	if !m.directed {
		m.Direction = p.direction
	}
	if m.Ptime == 0 {
		m.Ptime = p.ptime
	}
	for _, token := range m.Tokens {
		pt, ok := payloadType(token)
		if _, twice := findType(m.Formats, pt); !ok || twice {
			continue
		}
		f, ok := static(pt)
		if text, mapped := m.maps[pt]; mapped {
			f, ok = parseRTPMap(pt, text)
		}
		if ok {
			f.Params = m.params[pt]
			m.Formats = append(m.Formats, f)
		}
	}
	return m.Media
}
