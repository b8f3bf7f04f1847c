package sdp

import (
	"net/netip"
	"strconv"
	"strings"
)

// parseOrigin reads "user id version IN IP4 address".
func parseOrigin(value string) Origin {
	f := append(strings.Fields(value), make([]string, 6)...)
	id, _ := strconv.ParseUint(f[1], 10, 64)
	version, _ := strconv.ParseUint(f[2], 10, 64)
	return Origin{ID: id, Version: version, Addr: parseAddr(f[5])}
}

// parseConnection reads "IN IP4 address/ttl".
func parseConnection(value string) netip.Addr {
	f := strings.Fields(value)
	if len(f) == 0 {
		return netip.Addr{}
	}
	host, _, _ := strings.Cut(f[len(f)-1], "/")
	if len(f) > 3 {
		host, _, _ = strings.Cut(f[2], "/")
	}
	return parseAddr(host)
}

// parseAddr reads an IP address; anything else gives one that is not valid.
func parseAddr(s string) netip.Addr {
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return a.WithZone("").Unmap()
}

// parseMedia reads "kind port/count proto fmt ...". Fields that are missing or
// wrong leave a line that can only be refused.
func parseMedia(value string) *mediaLines {
	m := &mediaLines{maps: map[uint8]string{}, params: map[uint8]string{}}
	f := append(strings.Fields(value), "", "", "")
	m.Kind, m.Proto = strings.ToLower(f[0]), strings.ToUpper(f[2])
	if len(f) > 6 {
		m.Tokens = f[3 : len(f)-3]
	}
	number, _, _ := strings.Cut(f[1], "/")
	m.Port = parsePort(number)
	return m
}

// parsePort returns 0 for what is no port.
func parsePort(s string) int {
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil {
		return 0
	}
	return int(n)
}

// parseRTCP reads "port" or "port IN IP4 address" (RFC 3605, 2.1).
func parseRTCP(value string) netip.AddrPort {
	f := append(strings.Fields(value), make([]string, 4)...)
	return netip.AddrPortFrom(parseAddr(f[3]), uint16(parsePort(f[0])))
}

// parseRTPMap reads "name/rate/channels".
func parseRTPMap(pt uint8, text string) (Format, bool) {
	f := append(strings.Split(text, "/"), "", "")
	rate, err := strconv.Atoi(strings.TrimSpace(f[1]))
	if !isToken(f[0]) || err != nil || rate <= 0 {
		return Format{}, false
	}
	channels, err := strconv.Atoi(strings.TrimSpace(f[2]))
	if err != nil || channels < 1 {
		channels = 1
	}
	return Format{PayloadType: pt, Name: f[0], ClockRate: rate, Channels: channels}, true
}

// assign reads "payload-type text" into values.
func assign(values map[uint8]string, value string) {
	number, text, _ := strings.Cut(value, " ")
	if pt, ok := payloadType(number); ok {
		values[pt] = strings.TrimSpace(printable(text))
	}
}

func payloadType(s string) (uint8, bool) {
	n, err := strconv.ParseUint(s, 10, 7)
	return uint8(n), err == nil
}

// milliseconds returns 0 for what is no time that a packet can last.
func milliseconds(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1000 {
		return 0
	}
	return n
}

// printable drops from s what may not stand in a line.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, s)
}
