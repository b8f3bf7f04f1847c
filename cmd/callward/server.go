package main

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// splitServer splits HOST[:PORT]; port is 0 where there is none. An IPv6
// address has brackets, and may do without where no port follows.
func splitServer(text string) (host string, port int, err error) {
	if addr, err := netip.ParseAddr(text); err == nil {
		return addr.String(), 0, nil
	}
	host, rest := text, ""
	if inside, bracketed := strings.CutPrefix(text, "["); bracketed {
		var closed bool
		host, rest, closed = strings.Cut(inside, "]")
		if addr, err := netip.ParseAddr(host); err != nil || !closed || !addr.Is6() {
			return "", 0, usageError(fmt.Sprintf("--server: %q is not an IPv6 address in brackets.", text))
		}
	} else if i := strings.IndexByte(text, ':'); i >= 0 {
		host, rest = text[:i], text[i:]
	}
	if rest == "" {
		return host, 0, nil
	}
	if host == "" {
		return "", 0, usageError("--server: the host is missing; it is HOST or HOST:PORT.")
	}
	digits, colon := strings.CutPrefix(rest, ":")
	n, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || !colon || n == 0 {
		return "", 0, usageError(fmt.Sprintf("--server: %q is not a port; it is HOST:PORT, with a port from 1 to 65535.", rest))
	}
	return host, int(n), nil
}
