package sipua

import (
	"strings"

	"github.com/emiago/sipgo/sip"
)

// setServiceRoute keeps the Service-Route of a 2xx to REGISTER (RFC 3608): the
// route set of all requests outside of a dialog from now on.
func (e *Endpoint) setServiceRoute(res *sip.Response) {
	var routes []sip.Uri
	for _, header := range res.GetHeaders("Service-Route") {
		for _, text := range splitList(header.Value()) {
			var uri sip.Uri
			var params sip.HeaderParams
			if _, err := sip.ParseAddressValue(text, &uri, &params); err == nil && uri.Host != "" {
				routes = append(routes, uri)
			}
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.serviceRoute = routes
}

// splitList splits a header's value at the commas that are neither in quotes nor
// in angle brackets.
func splitList(text string) []string {
	var parts []string
	quoted, bracketed, start := false, false, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '<' || c == '>':
			bracketed = c == '<'
		case c == ',' && !bracketed:
			parts = append(parts, strings.TrimSpace(text[start:i]))
			start = i + 1
		}
	}
	return append(parts, strings.TrimSpace(text[start:]))
}
