package phone

import (
	"strings"
	"time"
)

// AccountID names an account for the life of the data folder (a UUIDv7), and
// PracticeAccount for the practice exchange's.
type AccountID string

// PracticeAccount is the id of the account that the practice exchange gives.
const PracticeAccount AccountID = "practice"

// PracticeDomain is that of the practice exchange's addresses, which no other account has.
const PracticeDomain = "practice.invalid"

// practises tells whether an address is of the practice exchange's account.
func practises(address string) bool { return strings.HasSuffix(address, "@"+PracticeDomain) }

// Transport is how SIP messages of an account travel.
type Transport string

// The transports that an account may use.
const (
	UDP Transport = "udp"
	TCP Transport = "tcp"
	TLS Transport = "tls"
)

// Account is a SIP address with its server and how to reach it; it holds a
// registration. It is a value: whoever holds one may read it from any goroutine.
// The password is no part of it.
type Account struct {
	ID AccountID
	// Address is the address of record as user@domain, without a scheme.
	Address string
	// Server is a host name or IP address (IPv6 without brackets) to send
	// requests to; empty means the domain of Address.
	Server string
	// Port is the server's; 0 means by DNS SRV, else 5060, or 5061 for TLS.
	Port int
	// Proxy is an outbound proxy as HOST[:PORT], used instead of Server; empty means none.
	Proxy string
	// AuthUser is the user name of digest credentials; empty means the user of Address.
	AuthUser string
	// DisplayName is shown to whom we call; may be empty.
	DisplayName string
	Transport   Transport
	// Interval is the registration's, asked for in REGISTER; 0 means 300 s.
	Interval time.Duration
	// Country is the ISO 3166-1 alpha-2 code by which national numbers are read; empty means none.
	Country string
	// DialPrefix is put before an outside number when dialling out, such as "9".
	DialPrefix string
	// StripPrefix is taken off a caller's number, such as "9".
	StripPrefix string
	// CAFile is a PEM file of certificates to trust beside the system's; empty means none.
	CAFile string
	// Default marks the account that outgoing calls use when none is named.
	Default bool
	// Voicemail says who takes messages.
	Voicemail AccountVoicemail
}

// RegistrationState is an account's, as the agent sees it.
type RegistrationState string

// The states of an account.
const (
	Registered  RegistrationState = "registered"
	Registering RegistrationState = "registering"
	Failed      RegistrationState = "failed"
	Off         RegistrationState = "off"
)

// AccountStatus is an account with the state of its registration.
type AccountStatus struct {
	Account Account
	State   RegistrationState
	// Reason says in words why State is not Registered; empty when it is.
	Reason string
	// Code classifies Reason; empty when Registered.
	Code Code
	// Waiting is what the provider last said of its voicemail.
	Waiting MessagesWaiting
}

// Secret is a password. It prints, logs and encodes as dots; Reveal gives the
// text to the one place that needs it.
//
// The text stands behind a pointer, since fmt prints a field that is not
// exported as it is, without asking for its String.
type Secret struct{ text *string }

// NewSecret wraps a password.
func NewSecret(text string) Secret { return Secret{&text} }

// Reveal returns the password itself.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Empty tells whether there is no password.
func (s Secret) Empty() bool { return s.Reveal() == "" }

// String returns dots.
func (s Secret) String() string { return "•••" }

// GoString returns dots, for %#v.
func (s Secret) GoString() string { return "•••" }

// MarshalText returns dots, for every encoder.
func (s Secret) MarshalText() ([]byte, error) { return []byte("•••"), nil }
