package jitter

import "time"

// Packet is one RTP packet of a stream (RFC 3550, 5.1).
type Packet struct {
	Seq         uint16
	Timestamp   uint32 // in units of the payload's clock rate
	SSRC        uint32
	Marker      bool
	PayloadType uint8
	// Payload is empty for a packet that took a sequence number and brought
	// no sound, such as a telephone event (RFC 4733) or a keepalive. Its
	// Timestamp is not looked at.
	Payload []byte
}

// Pull says when and how sound is being asked for.
type Pull struct {
	// Now is when the sound is asked for, by the clock that Put is given.
	Now time.Time
	// Run is how much sound is taken at a time: the period of the device or
	// of the media clock. It is the grain in which waiting can be saved.
	Run time.Duration
	// Kept is the sound that was left over when this pull began, decoded but
	// not yet played. It is delay that serves nothing.
	Kept time.Duration
}

// Action is what to play next.
type Action uint8

const (
	// Wait: there is nothing to play, be it silence at the far end or a late
	// packet. Fill the Answer's Duration as for Conceal.
	Wait Action = iota
	// Conceal: what belongs here is lost. Synthesise the Answer's Duration.
	Conceal
	// Play: decode and play the Answer's Packet.
	Play
)

// String returns the action's name, for tests and logs.
func (a Action) String() string {
	switch a {
	case Wait:
		return "wait"
	case Conceal:
		return "conceal"
	case Play:
		return "play"
	}
	return "unknown"
}

// Answer is what Get says.
type Answer struct {
	Action Action
	// Packet is what to Play. Its Payload is the buffer's: it stays as it is
	// until the next Get, whatever is Put meanwhile.
	Packet Packet
	// Duration is how much sound to make up for Conceal and Wait, over 0.
	Duration time.Duration
	// Stretch is advice for Play, so that the delay comes to its target: when
	// positive, play the packet shorter by at most that much, when negative,
	// longer by about that much.
	Stretch time.Duration
}

// Stats says how a stream fares. All counts are since the Buffer was made.
type Stats struct {
	Received  uint64 // packets that came, late ones and duplicates too
	Lost      uint64 // packets that never came
	Late      uint64 // packets that came when their time was over
	Duplicate uint64 // packets that had come before
	Discarded uint64 // packets that came in time and could not be kept: too many, or too long
	// Delay is how much sound the buffer keeps between the network and the
	// speaker now, the packet that is being played included.
	Delay time.Duration
	// Target is what Delay is being brought to.
	Target time.Duration
}
