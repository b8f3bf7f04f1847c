package phone

import "time"

// GatewayKind is how a gateway is spoken to.
type GatewayKind string

// The kinds.
const (
	TwilioGateway GatewayKind = "twilio" // Twilio's Messages API
	HTTPGateway   GatewayKind = "http"   // any, by a template of its request
)

// Gateway is a provider that takes texts by HTTP. Its secret is no part of it: the auth token, or what {secret} stands for.
type Gateway struct {
	// ID is as an account's, and names its secret in the keyring.
	ID AccountID
	// Name is shown, and names it for text requests; no account has it as its address.
	Name string
	Kind GatewayKind
	// Number is what texts come from, in E.164.
	Number string
	// Country is as an account's; "" means that of the default account.
	Country string
	// User is the user name: of TwilioGateway the Account SID.
	User string
	// URL is that of the API; "" is the provider's own. Of HTTPGateway it is a template, as Headers and Body: {to}, {from},
	// {text}, {id}, {user} and {secret} stand for what is sent, each escaped as its place needs it.
	URL string
	// Method is POST where it is "". Headers are lines of NAME: VALUE. Reference is where the answer's JSON has the id of the
	// text, such as data.messages.0.id; may be empty.
	Method, Headers, Body, Reference string
	// CAFile is a PEM file of certificates to trust beside the system's; may be empty.
	CAFile string
	// Poll is how often incoming texts are asked for, of TwilioGateway; 0 means never. MinPoll at least.
	Poll time.Duration
}

// MinPoll is the least Gateway.Poll, UsualPoll what it is once it is switched on.
const (
	MinPoll   = 2 * time.Second
	UsualPoll = 10 * time.Second
)

// GatewayStatus is a gateway with what is wrong with it, as a sentence; "" where nothing is known to be.
type GatewayStatus struct {
	Gateway
	Fault string
}

// GatewayText is a text for a gateway.
type GatewayText struct {
	ID TextID
	// To is in E.164, From the gateway's Number.
	To, From, Body string
	// Tried is when it was tried first; zero for the first try. One that was may have been taken, and is looked for
	// before it is sent again, where the provider can tell.
	Tried time.Time
}

// GatewayMessage is a text that came by a gateway.
type GatewayMessage struct {
	// Ref is how the provider names it.
	Ref            string
	From, To, Body string
	// Media is how many pictures and the like came with it, which are not fetched.
	Media int
	Time  time.Time
}
