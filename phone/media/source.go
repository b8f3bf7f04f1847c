package media

import (
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/callward/callward/phone/sdp"
)

const (
	// quiet is how long the peer's packets must have stopped before another
	// address may take its place without a word in SDP.
	quiet = time.Second
	// forkTail is how long a fork that plays no more may go on sending: until its
	// CANCEL or BYE has come through.
	forkTail = 2 * time.Second
	// moveTail is how long packets from before a move may still be on their way.
	moveTail = 500 * time.Millisecond
)

// source knows where the peer is: where SDP says until its packets come from
// elsewhere, as they do through a NAT (symmetric RTP, RFC 4961). Any goroutine
// may call its methods; they hold its lock for a few instructions.
//
// Whoever sends first from anywhere would else be played and sent to, so an
// address is taken only with a packet that fits the stream, and changed only
// for the one that SDP names, after the peer went quiet, or after SDP changed.
type source struct {
	mu         sync.Mutex
	named      netip.AddrPort // of RTP, by SDP
	namedRTCP  netip.AddrPort
	muxed      bool
	latched    netip.AddrPort   // where RTP came from; not valid before the first packet
	reports    netip.AddrPort   // where RTCP came from
	heard      time.Time        // the last packet from latched
	superseded []netip.AddrPort // where the peer was before, and the forks before it
	until      time.Time        // superseded are not followed
	forked     bool             // nor played: they belong to another fork
}

// expect takes the peer's addresses from SDP. Where it was before, or another
// fork is, is not followed for a while.
func (s *source) expect(agreed *sdp.Session, otherFork bool, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if otherFork || agreed.Remote != s.named {
		if now.After(s.until) {
			s.superseded = nil
		}
		s.superseded, s.forked, s.until = append(s.superseded, s.named, s.latched), otherFork, now.Add(moveTail)
		if otherFork {
			s.until = now.Add(forkTail)
		}
		s.latched, s.reports = netip.AddrPort{}, netip.AddrPort{}
	}
	s.named, s.namedRTCP, s.muxed = agreed.Remote, agreed.RemoteRTCP, agreed.Mux
}

// accept reports whether an RTP packet that fits the stream is the peer's, and
// follows the peer to where it comes from; while the peer has no reason to send,
// only to where it is known to be.
func (s *source) accept(from netip.AddrPort, now time.Time, due bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case from == s.latched:
	case from == s.named:
	case !due:
		return false
	case now.Before(s.until) && slices.Contains(s.superseded, from):
		return !s.forked
	case s.latched.IsValid() && now.Sub(s.heard) < quiet:
		return false
	}
	s.latched, s.heard = from, now
	return true
}

// acceptRTCP does the same for RTCP, which is the peer's if it comes from a
// host that is.
func (s *source) acceptRTCP(from netip.AddrPort) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a := from.Addr(); a != s.latched.Addr() && a != s.namedRTCP.Addr() {
		return false
	}
	s.reports = from
	return true
}

// rtp returns where RTP goes; not valid while that is not known.
func (s *source) rtp() netip.AddrPort {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.latched.IsValid() {
		return s.latched
	}
	return s.named
}

// rtcp returns where RTCP goes.
func (s *source) rtcp() netip.AddrPort {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.reports.IsValid():
		return s.reports
	case s.muxed && s.latched.IsValid():
		return s.latched
	default:
		return s.namedRTCP
	}
}

func (s *source) mux() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.muxed
}
