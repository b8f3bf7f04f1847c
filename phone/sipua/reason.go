package sipua

import (
	"strconv"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// reason is a value of a Reason header (RFC 3326).
type reason struct {
	// protocol is "sip", "q.850" or another, in lower case.
	protocol string
	cause    int
	text     string
}

// reasonOf returns the best reason that a request gives, a SIP status before any other; the
// zero value where it gives none. req may be nil.
func reasonOf(req *sip.Request) reason {
	var best reason
	if req == nil {
		return best
	}
	for _, header := range req.GetHeaders("Reason") {
		for _, value := range splitOutside(header.Value(), ',') {
			protocol, params, _ := strings.Cut(value, ";")
			r := reason{protocol: strings.ToLower(strings.TrimSpace(protocol)), text: paramOf(params, "text")}
			r.cause, _ = strconv.Atoi(paramOf(params, "cause")) // 0 where it is no number
			if best.protocol == "" || best.protocol != "sip" && r.protocol == "sip" {
				best = r
			}
		}
	}
	return best
}

// status returns the SIP status in it; 0 where there is none.
func (r reason) status() int {
	if r.protocol != "sip" || r.cause < 100 || r.cause > 699 {
		return 0
	}
	return r.cause
}

// nonSelected is the cause of Q.850 for a phone of a group that did not get the call.
const nonSelected = 26

// elsewhere tells whether a CANCEL came because another phone answered (RFC 3326, 3.1).
func (r reason) elsewhere() bool {
	return r.status() == sip.StatusOK || r.protocol == "q.850" && r.cause == nonSelected || strings.Contains(strings.ToLower(r.text), "elsewhere")
}
