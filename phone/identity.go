package phone

import "strings"

// Claim is one number or address that a request claims to come from, or to
// have been sent on by.
type Claim struct {
	// Source is the header: From, P-Asserted-Identity, Remote-Party-ID or Diversion.
	Source string
	// Name is the display name; may be empty.
	Name string
	// User and Host are of the URI, unescaped; for a tel: URI Host is empty.
	User, Host string
	// Number is the normal form: E.164 where it is a number, else user or
	// user@host. Filled in by the loop.
	Number string
	// Unverified is set where the network checked the number, and it is not the caller's
	// (verstat=TN-Validation-Failed, 3GPP TS 24.229).
	Unverified bool
}

// Anonymous tells whether a From says nobody (RFC 3323, 4.1.1.3).
func (c Claim) Anonymous() bool {
	return strings.EqualFold(c.Host, "anonymous.invalid") || strings.EqualFold(c.User, "anonymous")
}

// Asserted tells whether the account's server vouches for it (RFC 3325): whoever calls
// writes the others.
func (c Claim) Asserted() bool {
	return c.Source == "P-Asserted-Identity" || c.Source == "Remote-Party-ID"
}

// received writes the claim as its header has it.
func (c Claim) received() string {
	if c.Host == "" {
		return c.User
	}
	return c.User + "@" + c.Host
}

// Caller is the caller identity of an incoming request.
type Caller struct {
	// Claims are all that the request claims, in the order From,
	// P-Asserted-Identity, Remote-Party-ID, Diversion.
	Claims []Claim
	// Hidden is set when the caller asked not to be shown (RFC 3323).
	Hidden bool
}

// Shown returns the claim that is shown to the agent: the asserted identity
// where there is one (the server vouches for it, RFC 3325), else From. ok is
// false for a hidden caller.
func (c Caller) Shown() (claim Claim, ok bool) {
	if c.Hidden {
		return Claim{}, false
	}
	for _, source := range []string{"P-Asserted-Identity", "Remote-Party-ID", "From"} {
		for _, claim := range c.Claims {
			if claim.Source == source && claim.User != "" {
				return claim, true
			}
		}
	}
	return Claim{}, false
}

// Target is what a number as typed became for an account.
type Target struct {
	// URI is the Request-URI, such as sip:1001@pbx.example.
	URI string
	// Number is the normal form, for history and screening.
	Number string
	// Emergency is set for a number that reaches emergency services from the account's country.
	Emergency bool
}
