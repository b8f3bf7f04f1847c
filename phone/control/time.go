package control

import "time"

// timeForm is RFC 3339 with milliseconds.
const timeForm = "2006-01-02T15:04:05.000Z07:00"

// Time is a moment, on the wire in UTC to the millisecond (RFC 3339).
type Time struct{ time.Time }

// MarshalJSON returns the form on the wire.
func (t Time) MarshalJSON() ([]byte, error) {
	return t.UTC().AppendFormat(nil, `"`+timeForm+`"`), nil
}

// happened returns t for the wire, nil (null) when it is zero: not happened.
func happened(t time.Time) *Time {
	if t.IsZero() {
		return nil
	}
	return &Time{t}
}
