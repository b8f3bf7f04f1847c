package phone

import "time"

// Media is sound on the network as the loop needs it; phone/media satisfies it.
type Media interface {
	// Open makes a session with sockets of its own. notify gets what comes of
	// it, in order; it must not block. Open returns at once, from any goroutine.
	Open(spec MediaSpec, notify func(MediaEvent)) MediaSession
	// Check tells why an offer could not be answered: CodeMalformed or
	// CodeNoCodec. It opens nothing and waits for nothing.
	Check(offer []byte) error
}

// MediaSpec says what a session is for.
type MediaSpec struct {
	// LocalIP is the address to bind to and to name in SDP.
	LocalIP string
}

// MediaSession is the media of one leg: the sockets, what was agreed by offer
// and answer (RFC 3264), and the stream. Methods may be called from any
// goroutine and return at once; offers and answers arrive at notify. The
// session plays at the desk from its first agreement until Close.
type MediaSession interface {
	// Offer asks for an offer: MediaOffer or MediaFailed follows. hold asks for sendonly.
	Offer(hold bool)
	// Answer asks for an answer to the peer's offer: MediaAnswer or MediaFailed follows.
	Answer(offer []byte)
	// Accept takes the peer's answer to our offer: MediaAgreed or MediaFailed
	// follows. Several forks may answer one offer; the last one taken plays.
	Accept(fork string, answer []byte)
	// Answered tells that the call is answered: silence counts from now on.
	Answered()
	// Mute sends silence instead of the microphone.
	Mute(on bool)
	// SendDTMF queues digits (0-9 * # A-D), RFC 4733.
	SendDTMF(digits string)
	// Machine has an answering machine talk to the peer in the agent's place, before the first
	// agreement or in mid-call. It says nothing before Greet. MediaMachine and at last MediaRecorded
	// tell of it. No sound device takes part.
	Machine(spec MachineSpec)
	// Greet begins with the greeting: the call is up.
	Greet()
	// ListenIn lets the agent hear, or no longer hear, what the peer says to the machine.
	ListenIn(on bool)
	// PickUp gives the call to the agent. What the machine has recorded is kept as if the caller
	// had hung up, or is thrown away; MediaRecorded follows.
	PickUp(keep bool)
	// Close ends the stream and frees the sockets; the last event is MediaClosed. Where a machine
	// records, what is still on its way is waited for, and MediaRecorded comes before.
	Close()
}

// MediaEvent is one of the Media… types below.
type MediaEvent interface{ mediaEvent() }

// MediaOffer is the offer that was asked for.
type MediaOffer struct{ SDP []byte }

// MediaAnswer is the answer that was asked for; what it says holds from now on.
type MediaAnswer struct {
	SDP    []byte
	Agreed Agreed
}

// MediaAgreed tells that the peer's answer was taken.
type MediaAgreed struct{ Agreed Agreed }

// Agreed is what offer and answer came to.
type Agreed struct {
	// Codec is its SDP name, such as PCMU.
	Codec string
	// RemoteHold is set when the peer takes or sends nothing: it put us on hold.
	RemoteHold bool
	// Digits is set when the peer takes digits (RFC 4733).
	Digits bool
}

// MediaFailed tells that an offer or answer came to nothing.
type MediaFailed struct{ Err error }

// MediaQuality is sent each second while a stream runs.
type MediaQuality struct{ Quality Quality }

// MediaDTMF is a digit that the peer sent.
type MediaDTMF struct{ Digit byte }

// MediaStalled tells that no media has come for Silence; it is sent once per
// gap at the first limit (15 s) and once at the second (60 s, Final). Not
// while the call is held.
type MediaStalled struct {
	Silence time.Duration
	Final   bool
}

// MediaResumed tells that media came again after MediaStalled.
type MediaResumed struct{}

// MediaClosed is the last event.
type MediaClosed struct{}

func (MediaOffer) mediaEvent()   {}
func (MediaAnswer) mediaEvent()  {}
func (MediaAgreed) mediaEvent()  {}
func (MediaFailed) mediaEvent()  {}
func (MediaQuality) mediaEvent() {}
func (MediaDTMF) mediaEvent()    {}
func (MediaStalled) mediaEvent() {}
func (MediaResumed) mediaEvent() {}
func (MediaClosed) mediaEvent()  {}

// Quality is how well a stream is doing.
type Quality struct {
	// Loss is the share of packets lost on the way in, 0 to 1.
	Loss float64
	// Jitter is the interarrival jitter (RFC 3550, 6.4.1).
	Jitter time.Duration
	// RoundTrip is from RTCP; 0 while unknown.
	RoundTrip time.Duration
	// Delay is what the jitter buffer adds.
	Delay time.Duration
}
