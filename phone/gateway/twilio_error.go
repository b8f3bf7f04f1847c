package gateway

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/callward/callward/phone"
)

// twilioError is what a failure says.
type twilioError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// twilioAuth is the number of credentials that are wrong.
const twilioAuth = 20003

// twilioErrors are what numbers of errors mean for the agent.
var twilioErrors = map[int]string{
	21211: "The number is none that can be texted.",
	21408: "The provider does not let you text this country: allow it in Twilio's console.",
	21606: "The gateway's number cannot send texts: correct it in Settings, Texts.",
	21608: "A trial account can text those numbers alone that were verified in Twilio's console.",
	21610: "This number has told the provider STOP.",
	21612: "The provider has no way to this number.",
	21614: "The number is no mobile number.",
	21617: "The text is too long for the provider.",
	21659: "The gateway's number cannot send texts: correct it in Settings, Texts.",
	30002: "The account at the provider is suspended.",
	30003: "The other side's phone is switched off or away.",
	30004: "The other side blocks your texts.",
	30005: "Nobody has this number.",
	30006: "The number is a landline, or its network takes no texts.",
	30007: "The network took the text for spam.",
	30034: "The network wants your number registered first: do that in Twilio's console.",
}

// fault says what an answer that is no success means: about the text with CodeRefused, about the account with CodeAuth.
func (t *twilio) fault(a answer) error {
	if a.status/100 == 2 {
		return nil
	}
	if err := a.busy(); err != nil {
		return err
	}
	var said twilioError
	_ = json.Unmarshal(a.body, &said) // what is no JSON has no number
	switch {
	case a.status == http.StatusUnauthorized, said.Code == twilioAuth:
		return &phone.Error{Code: phone.CodeAuth, Op: "text", Err: errors.New("the Account SID or the auth token")}
	case twilioErrors[said.Code] != "":
		return refused("%s", twilioErrors[said.Code])
	case said.Message != "":
		return refused("Twilio refuses it: %s (%d)", firstLine([]byte(said.Message), t.secret), said.Code)
	}
	return refused("Twilio refuses it (%d)", a.status)
}

// fault says why a message was not delivered.
func (m twilioMessage) fault() error {
	code := 0
	if m.ErrorCode != nil {
		code = *m.ErrorCode
	}
	if text := twilioErrors[code]; text != "" {
		return refused("%s", text)
	}
	return refused("the provider could not deliver it (error %d)", code)
}
