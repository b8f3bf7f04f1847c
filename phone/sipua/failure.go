package sipua

import (
	"errors"
	"fmt"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// failedTo classifies an error of the transport.
func failedTo(op string, err error) error {
	var classified *phone.Error
	if errors.As(err, &classified) {
		return err
	}
	code := phone.CodeUnreachable
	if errors.Is(err, sip.ErrTransactionTimeout) {
		code = phone.CodeNoAnswer
	}
	return &phone.Error{Code: code, Op: op, Err: err}
}

func noAnswer(from hop) error {
	return &phone.Error{Code: phone.CodeNoAnswer, Op: "send", Err: fmt.Errorf("no answer from %s", from.addr)}
}
