package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/callward/callward/phone"
)

// Version is the protocol's; it changes when a client written for the one
// before would go wrong.
const Version = 1

// Request is a line from a client.
type Request struct {
	// Version is the protocol that the client speaks; 0 stands for any.
	Version int `json:"version,omitempty"`
	// ID comes back with what answers the request; the client chooses it.
	ID uint64 `json:"id"`
	// Op names what is to be done.
	Op string `json:"op"`
	// Args is the op's own object; empty where it takes none.
	Args json.RawMessage `json:"args,omitempty"`
}

// Answer is a line to a client; one of OK, Error and Event is set.
type Answer struct {
	Version int `json:"version"`
	// ID is that of the request; 0 where it could not be read.
	ID    uint64          `json:"id"`
	OK    json.RawMessage `json:"ok,omitempty"`
	Error *Error          `json:"error,omitempty"`
	Event *Event          `json:"event,omitempty"`
}

// Error is a phone.Error on the wire.
type Error struct {
	Code phone.Code `json:"code"`
	// Field names the input that was wrong, for phone.CodeInvalid; else empty.
	Field string `json:"field"`
	// Message is a sentence for a person.
	Message string `json:"message"`
	// SIPStatus is the final status that caused it; 0 when none.
	SIPStatus int `json:"sip_status"`
}

// Error returns the sentence.
func (e *Error) Error() string { return e.Message }

// wireError turns what the phone returned into what the client gets.
func wireError(err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	var cause *phone.Error
	if errors.As(err, &cause) {
		return &Error{Code: cause.Code, Field: cause.Field, Message: phone.Sentence(err), SIPStatus: cause.SIPStatus}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return &Error{Code: phone.CodeInternal, Message: fmt.Sprintf("Callward did not get to it within %d seconds.", opTimeout/time.Second)}
	}
	return &Error{Code: phone.CodeInternal, Message: phone.Sentence(err)}
}

// invalid makes the error for a field of a request that cannot be.
func invalid(field, format string, args ...any) *Error {
	return &Error{Code: phone.CodeInvalid, Field: field, Message: fmt.Sprintf(format, args...)}
}

// malformed makes the error for a line that cannot be read.
func malformed(format string, args ...any) *Error {
	return &Error{Code: phone.CodeMalformed, Message: fmt.Sprintf(format, args...)}
}
