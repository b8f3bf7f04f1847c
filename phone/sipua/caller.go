package sipua

import (
	"strings"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// callerOf returns every identity that a request claims: From (RFC 3261),
// P-Asserted-Identity (RFC 3325), Remote-Party-ID and Diversion (RFC 5806). What
// cannot be read is left out.
func callerOf(req *sip.Request) phone.Caller {
	var caller phone.Caller
	if from := req.From(); from != nil {
		a := parseNameAddr(from.Value())
		if claim, ok := claimOf("From", a); ok {
			caller.Claims = append(caller.Claims, claim)
			caller.Hidden = claim.Anonymous()
		}
	}
	for _, source := range []string{"P-Asserted-Identity", "Remote-Party-ID", "Diversion"} {
		for _, header := range req.GetHeaders(source) {
			for _, a := range nameAddrs(header.Value()) {
				if claim, ok := claimOf(source, a); ok {
					caller.Claims = append(caller.Claims, claim)
				}
				if source == "Remote-Party-ID" && a.withheld() {
					caller.Hidden = true
				}
			}
		}
	}
	caller.Hidden = caller.Hidden || asksPrivacy(req)
	return caller
}

func claimOf(source string, a nameAddr) (phone.Claim, bool) {
	user, host, ok := splitURI(a.uri)
	return phone.Claim{Source: source, Name: a.name, User: user, Host: host, Unverified: isUnverified(a.uri)}, ok
}

// isUnverified tells whether the network found that the number of a URI is not the caller's: verstat is a
// parameter of the number, within the user part of a SIP URI (3GPP TS 24.229, 7.2A.20).
func isUnverified(uri string) bool {
	_, params, _ := strings.Cut(uri, ";")
	params, _, _ = strings.Cut(params, "@")
	return strings.EqualFold(paramOf(params, "verstat"), "TN-Validation-Failed")
}

// withheld tells whether a Remote-Party-ID is not to be shown.
func (a nameAddr) withheld() bool {
	switch strings.ToLower(a.param("privacy")) {
	case "full", "name", "uri":
		return true
	}
	return false
}

// asksPrivacy tells whether the caller asked not to be shown (RFC 3323, 4.2; RFC 3325, 9.3).
func asksPrivacy(req *sip.Request) bool {
	for _, header := range req.GetHeaders("Privacy") {
		for _, value := range strings.FieldsFunc(header.Value(), func(r rune) bool { return strings.ContainsRune("; ,\t", r) }) {
			switch strings.ToLower(value) {
			case "id", "user", "header":
				return true
			}
		}
	}
	return false
}
