package sipua

import (
	"fmt"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// refusal returns nil for a 2xx to REGISTER, else what the answer means for the
// agent, in words.
func refusal(res *sip.Response, acc phone.Account) error {
	said := fmt.Sprintf("%d %s", res.StatusCode, shortened(res.Reason))
	e := &phone.Error{
		Code: phone.CodeRefused, Op: "register", SIPStatus: res.StatusCode,
		Err: fmt.Errorf("the server refuses (%s)", said),
	}
	switch res.StatusCode {
	case sip.StatusForbidden, sip.StatusUnauthorized, sip.StatusProxyAuthRequired:
		e.Code, e.Err = phone.CodeAuth, fmt.Errorf("wrong password, or the account is barred (%s)", said)
	case sip.StatusNotFound, sip.StatusGlobalDoesNotExistAnywhere:
		e.Code, e.Err = phone.CodeUnknownUser, fmt.Errorf("the server does not know %s (%s)", acc.Address, said)
	}
	if res.IsSuccess() {
		return nil
	}
	return e
}
