package phone

import (
	"errors"
	"fmt"
)

// Code classifies an error where it is made. The screen and the command line
// turn it into a sentence.
type Code string

// The codes.
const (
	CodeInvalid      Code = "invalid"            // input that cannot be; Field says which
	CodeNotFound     Code = "not-found"          // no such call, account, device or robot
	CodeAmbiguous    Code = "ambiguous"          // several fit and none was named
	CodeExists       Code = "exists"             // there already
	CodeState        Code = "state"              // not possible in the present state
	CodeNoAccount    Code = "no-account"         // nothing to call with
	CodeAuth         Code = "wrong-password"     // credentials refused
	CodeUnknownUser  Code = "unknown-user"       // the registrar does not know the address
	CodeNoServer     Code = "server-not-found"   // the name does not resolve
	CodeNoAnswer     Code = "no-answer"          // nothing came back
	CodeUnreachable  Code = "unreachable"        // refused, reset, no route
	CodeCertificate  Code = "certificate"        // not trusted
	CodeRefused      Code = "refused"            // a final answer that is a failure
	CodeNoCodec      Code = "no-codec"           // no codec in common
	CodeMalformed    Code = "malformed"          // what came from the network cannot be read
	CodeNoSound      Code = "no-sound"           // no sound server or device
	CodeNoScreen     Code = "no-screen"          // nothing to show a window on
	CodeMediaTimeout Code = "media-timeout"      // no media for too long
	CodeStorage      Code = "storage"            // disk or database
	CodeKeyring      Code = "keyring"            // the password store
	CodeNotRunning   Code = "not-running"        // no program to talk to
	CodeCancelled    Code = "cancelled"          // ended on this side
	CodeTooManyHops  Code = "too-many-redirects" // more than MaxRedirects
	CodeBlocked      Code = "blocked"            // the number called is blacklisted
	CodeInternal     Code = "internal"           // ours
)

// Error is an error that knows its class. It is made where the failure
// happens, wrapped with %w on its way, and logged once by its owner.
type Error struct {
	Code Code
	// Op is what was being done, such as "register" or "account add".
	Op string
	// Field names the input that was wrong, for CodeInvalid; else empty.
	Field string
	// SIPStatus is the final status that caused it; 0 when none.
	SIPStatus int
	// Err says what happened, in words for a person; may be nil.
	Err error
}

// Error returns the error for a log: op, field, cause and status.
func (e *Error) Error() string {
	text := e.Op
	if e.Field != "" {
		text += ": " + e.Field
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	} else {
		text += ": " + string(e.Code)
	}
	if e.SIPStatus != 0 {
		text += fmt.Sprintf(" (SIP %d)", e.SIPStatus)
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the class of err: that of the outermost *Error in its chain,
// CodeInternal when there is none, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}
