package sipua

import (
	"math/rand/v2"
	"time"

	"github.com/emiago/sipgo/sip"
)

// dialogTiming holds how long dialogs wait.
type dialogTiming struct {
	// t1 and t2 are the retransmission timers of RFC 3261, 17.1.1.1.
	t1, t2 time.Duration
	// ringing is how long our INVITE may ring.
	ringing time.Duration
	// unanswered is how long the peer's may.
	unanswered time.Duration
	// remind is how often 180 is repeated, so that no proxy gives up (RFC 3261, 13.3.1.1).
	remind time.Duration
	// second is what the seconds in headers mean; tests have shorter ones.
	second time.Duration
}

func usualTiming() dialogTiming {
	return dialogTiming{
		t1: sip.T1, t2: sip.T2, ringing: 3 * time.Minute, unanswered: 10 * time.Minute,
		remind: time.Minute, second: time.Second,
	}
}

// patience is how long an answer or an ACK may take: 64*T1.
func (t dialogTiming) patience() time.Duration { return 64 * t.t1 }

// glare is how long to wait after a 491 (RFC 3261, 14.1): 2.1 to 4 s for who made
// the Call-ID, else up to 2 s, in steps of 10 ms.
func (t dialogTiming) glare(callee bool) time.Duration {
	if callee {
		return time.Duration(rand.IntN(201)) * t.second / 100
	}
	return time.Duration(210+rand.IntN(191)) * t.second / 100
}

// stop stops a timer that may not be there.
func stop(t *time.Timer) {
	if t != nil {
		t.Stop()
	}
}
