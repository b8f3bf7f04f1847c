package sipua

import "time"

// Timing holds how long an [Endpoint] and a registration wait; a field that is
// zero means the usual value, given beside it.
type Timing struct {
	// Answer is how long a request other than INVITE and MESSAGE waits for an answer of one server: 10 s.
	Answer time.Duration
	// Text is how long a MESSAGE does: 32 s, for which it is sent again by UDP (RFC 3261, 17.1.2.2). Given up sooner, it
	// would be tried anew while it still arrives.
	Text time.Duration
	// Connect is how long a TCP connection with its TLS handshake may take: 4 s.
	Connect time.Duration
	// DatagramIdle is how long UDP may be silent before a keepalive: 25 s.
	DatagramIdle time.Duration
	// StreamIdle is how long a TCP or TLS connection may be silent before a keepalive: 60 s.
	StreamIdle time.Duration
	// RetryMin and RetryMax bound the wait after a failed registration: 2 s and 60 s.
	RetryMin, RetryMax time.Duration
	// Watch is how often the clock and the network address are looked at: 5 s.
	Watch time.Duration
	// Stop is how long un-registering may take: 2 s.
	Stop time.Duration
}

func (t Timing) orUsual() Timing {
	for _, wait := range []struct {
		value *time.Duration
		usual time.Duration
	}{
		{&t.Answer, 10 * time.Second},
		{&t.Text, 32 * time.Second},
		{&t.Connect, 4 * time.Second},
		{&t.DatagramIdle, 25 * time.Second},
		{&t.StreamIdle, 60 * time.Second},
		{&t.RetryMin, 2 * time.Second},
		{&t.RetryMax, 60 * time.Second},
		{&t.Watch, 5 * time.Second},
		{&t.Stop, 2 * time.Second},
	} {
		if *wait.value <= 0 {
			*wait.value = wait.usual
		}
	}
	return t
}
