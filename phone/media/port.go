package media

import (
	"time"

	"github.com/callward/callward/phone"
)

// The methods of phone.MediaSession, for any goroutine.

// Offer implements phone.MediaSession.
func (s *session) Offer(hold bool) {
	s.inbox.Put(func() {
		local, err := s.local(hold)
		if err != nil {
			s.notify(phone.MediaFailed{Err: err})
			return
		}
		s.offeredHold = hold
		s.notify(phone.MediaOffer{SDP: s.negotiation.Offer(local)})
	})
}

// Answer implements phone.MediaSession.
func (s *session) Answer(offer []byte) {
	s.inbox.Put(func() {
		local, err := s.local(s.hold)
		if err != nil {
			s.notify(phone.MediaFailed{Err: err})
			return
		}
		answer, agreed, err := s.negotiation.Answer(offer, local)
		if err != nil {
			s.notify(phone.MediaFailed{Err: err})
			return
		}
		s.notify(phone.MediaAnswer{SDP: answer, Agreed: s.agree(agreed, "", s.hold)})
	})
}

// Accept implements phone.MediaSession. An answer with no fork belongs to the
// one that plays.
func (s *session) Accept(fork string, answer []byte) {
	s.inbox.Put(func() {
		if s.transport == nil {
			s.notify(phone.MediaFailed{Err: &phone.Error{Code: phone.CodeState, Op: "read answer"}})
			return
		}
		agreed, err := s.negotiation.Accept(answer)
		if err != nil {
			s.notify(phone.MediaFailed{Err: err})
			return
		}
		s.notify(phone.MediaAgreed{Agreed: s.agree(agreed, fork, s.offeredHold)})
	})
}

// Answered implements phone.MediaSession.
func (s *session) Answered() {
	s.inbox.Put(func() { s.watch.anew(time.Now()) })
}

// Mute implements phone.MediaSession.
func (s *session) Mute(on bool) {
	s.inbox.Put(func() {
		s.muted = on
		s.quieten()
	})
}

// SendDTMF implements phone.MediaSession. Digits are dropped before the first
// agreement and where the peer takes none.
func (s *session) SendDTMF(digits string) {
	s.inbox.Put(func() {
		if s.stream != nil {
			s.stream.dial(digits)
		}
	})
}

// Close implements phone.MediaSession.
func (s *session) Close() { s.inbox.Put(func() { s.closed = true }) }
