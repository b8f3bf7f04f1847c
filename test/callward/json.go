package callward

import "time"

// Status is what status --json prints.
type Status struct {
	Accounts []Account `json:"accounts"`
	Calls    []Call    `json:"calls"`
	Sound    string    `json:"sound"`
}

// Account is an account's state.
type Account struct {
	Address string  `json:"address"`
	State   string  `json:"state"`
	Reason  string  `json:"reason"`
	Waiting Waiting `json:"waiting"`
}

// Waiting is what an account's provider says of its voicemail.
type Waiting struct {
	Waiting bool `json:"waiting"`
	New     int  `json:"new"`
	Old     int  `json:"old"`
}

// Call is a call that is alive; what is below Quality is set in events alone.
type Call struct {
	ID        string    `json:"id"`
	Direction string    `json:"direction"`
	State     string    `json:"state"`
	Number    string    `json:"number"`
	Name      string    `json:"name"`
	Muted     bool      `json:"muted"`
	Codec     string    `json:"codec"`
	Started   time.Time `json:"started"`
	Quality   Quality   `json:"quality"`
	Result    string    `json:"result"`
	Reason    string    `json:"reason"`
	SIPStatus int       `json:"sip_status"`
}

// Quality is how well a call is heard here.
type Quality struct {
	Loss        float64 `json:"loss"`
	JitterMS    float64 `json:"jitter_ms"`
	RoundTripMS float64 `json:"round_trip_ms"`
	DelayMS     float64 `json:"delay_ms"`
}

// Record is a row of history --json.
type Record struct {
	ID        string     `json:"id"`
	Direction string     `json:"direction"`
	Number    string     `json:"number"`
	Name      string     `json:"name"`
	Account   string     `json:"account"`
	Started   time.Time  `json:"started"`
	Answered  *time.Time `json:"answered"`
	Ended     *time.Time `json:"ended"`
	Result    string     `json:"result"`
	Anyway    bool       `json:"anyway"`
}

// Text is a row of text list --json.
type Text struct {
	ID        string `json:"id"`
	Direction string `json:"direction"`
	Number    string `json:"number"`
	State     string `json:"state"`
	Reason    string `json:"reason"`
	Body      string `json:"body"`
	Type      string `json:"type"`
	Trigger   string `json:"trigger"`
}

// Event is a line of events --json.
type Event struct {
	ID      uint64   `json:"id"`
	Kind    string   `json:"kind"`
	Account *Account `json:"account"`
	Call    *Call    `json:"call"`
	Message *Text    `json:"message"`
	Text    string   `json:"text"`
}
