package control

import (
	"math"
	"time"

	"github.com/callward/callward/phone"
)

// Call is a call that is alive.
type Call struct {
	ID        phone.CallID    `json:"id"`
	Direction phone.Direction `json:"direction"`
	State     phone.CallState `json:"state"`
	// Number is the other side's normal form, E.164 where it is a telephone
	// number; empty for a hidden caller.
	Number string `json:"number"`
	Name   string `json:"name"`
	Muted  bool   `json:"muted"`
	// Codec is its SDP name; empty before media is agreed.
	Codec   string  `json:"codec"`
	Started Time    `json:"started"`
	Quality Quality `json:"quality"`
}

// Quality is how well a call's stream is doing; all 0 while nothing is known.
type Quality struct {
	// Loss is the share of packets lost on the way in, 0 to 1.
	Loss float64 `json:"loss"`
	// JitterMS is the interarrival jitter (RFC 3550, 6.4.1).
	JitterMS float64 `json:"jitter_ms"`
	// RoundTripMS is from RTCP; 0 while unknown.
	RoundTripMS float64 `json:"round_trip_ms"`
	// DelayMS is what the jitter buffer adds.
	DelayMS float64 `json:"delay_ms"`
}

// CallDetail is a call in an event: how it stands, and how it ended.
type CallDetail struct {
	Call
	// Account is the address of the account that it runs on.
	Account  string `json:"account"`
	Answered *Time  `json:"answered"`
	Ended    *Time  `json:"ended"`
	// Result is null while the call is alive.
	Result *phone.Result `json:"result"`
	// Reason says in a sentence how it ended.
	Reason    string `json:"reason"`
	SIPStatus int    `json:"sip_status"`
	SIPText   string `json:"sip_text"`
}

// CallPlaced is what call answers.
type CallPlaced struct {
	ID phone.CallID `json:"id"`
}

func newCall(c phone.Call) Call {
	return Call{
		ID:        c.ID,
		Direction: c.Direction,
		State:     c.State,
		Number:    c.Number,
		Name:      c.Name,
		Muted:     c.Muted,
		Codec:     c.Codec,
		Started:   Time{c.Started},
		Quality: Quality{
			Loss:        finite(c.Quality.Loss),
			JitterMS:    milliseconds(c.Quality.Jitter),
			RoundTripMS: milliseconds(c.Quality.RoundTrip),
			DelayMS:     milliseconds(c.Quality.Delay),
		},
	}
}

func newCallDetail(c phone.Call) CallDetail {
	return CallDetail{
		Call:      newCall(c),
		Account:   c.Account,
		Answered:  happened(c.Answered),
		Ended:     happened(c.Ended),
		Result:    result(c.Result),
		Reason:    c.Reason,
		SIPStatus: c.SIPStatus,
		SIPText:   c.SIPText,
	}
}

// result returns r for the wire, nil (null) while there is none.
func result(r phone.Result) *phone.Result {
	if r == "" {
		return nil
	}
	return &r
}

// milliseconds rounds to the microsecond.
func milliseconds(d time.Duration) float64 {
	return float64(d.Round(time.Microsecond)) / float64(time.Millisecond)
}

// finite keeps a share within 0 to 1: JSON has no word for NaN.
func finite(share float64) float64 {
	if math.IsNaN(share) {
		return 0
	}
	return min(max(share, 0), 1)
}
