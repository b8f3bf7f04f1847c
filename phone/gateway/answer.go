package gateway

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/callward/callward/phone"
)

// longest is the longest that a provider is left alone because it wants that.
const longest = time.Hour

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// busyError tells that the provider wants to be asked later; after is when, 0 where it does not say.
type busyError struct {
	status int
	after  time.Duration
	err    error
}

func (e *busyError) Error() string { return e.err.Error() }
func (e *busyError) Unwrap() error { return e.err }

// isBusy tells whether an error says that the provider is asked too often, which is no fault of it.
func isBusy(err error) bool {
	var busy *busyError
	return errors.As(err, &busy) && busy.status == http.StatusTooManyRequests
}

// busy returns an error for a status to try again after, else nil.
func (a answer) busy() error {
	switch {
	case a.status == http.StatusTooManyRequests: // RFC 6585, 4
		return &busyError{a.status, max(a.after(), time.Second), later("the gateway wants fewer texts at a time")}
	case a.status/100 == 3:
		return later("the gateway's server sends requests elsewhere (%d): correct its URL in Settings, Texts", a.status)
	case a.status >= 500, a.status == http.StatusRequestTimeout:
		return &busyError{a.status, a.after(), later("the gateway has a fault (%d)", a.status)}
	}
	return nil
}

func later(format string, args ...any) error {
	return &phone.Error{Code: phone.CodeState, Op: "text", Err: fmt.Errorf(format, args...)}
}

// after is what Retry-After says: seconds, or a time (RFC 9110, 10.2.3); 0 for nothing.
func (a answer) after() time.Duration {
	text := a.header.Get("Retry-After")
	if n, err := strconv.Atoi(text); err == nil {
		return time.Duration(min(max(n, 0), int(longest/time.Second))) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(time.Until(at), 0), longest)
	}
	return 0
}

// waiting is the result of a text that was not taken now.
func waiting(err error) phone.TextResult {
	r := phone.TextResult{State: phone.TextWaiting, Err: err}
	var busy *busyError
	if errors.As(err, &busy) {
		r.After = busy.after
	}
	return r
}

// refused is an error about the text: another try does not help.
func refused(format string, args ...any) error {
	return &phone.Error{Code: phone.CodeRefused, Op: "text", Err: fmt.Errorf(format, args...)}
}
