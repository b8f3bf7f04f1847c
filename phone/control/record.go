package control

import "github.com/callward/callward/phone"

// CallRecord is a row of history.
type CallRecord struct {
	ID        phone.CallID    `json:"id"`
	Direction phone.Direction `json:"direction"`
	// Number is as in Call.
	Number string `json:"number"`
	Name   string `json:"name"`
	// Account is the address of the account that it ran on.
	Account string `json:"account"`
	Started Time   `json:"started"`
	// Answered and Ended are null where that did not happen (yet).
	Answered *Time `json:"answered"`
	Ended    *Time `json:"ended"`
	// Result is null while the call is alive.
	Result *phone.Result `json:"result"`
	// Anyway tells that the number was blocked, and was called all the same.
	Anyway bool `json:"anyway"`
	// Voicemail is the id of the message that the caller left; empty for none.
	Voicemail phone.VoicemailID `json:"voicemail"`
}

func newCallRecord(r phone.CallRecord) CallRecord {
	return CallRecord{
		ID:        r.ID,
		Direction: r.Direction,
		Number:    r.Number,
		Name:      r.Name,
		Account:   r.Account,
		Started:   Time{r.Started},
		Answered:  happened(r.Answered),
		Ended:     happened(r.Ended),
		Result:    result(r.Result),
		Anyway:    r.Anyway,
		Voicemail: r.Voicemail,
	}
}
