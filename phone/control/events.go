package control

import (
	"context"
	"encoding/json"
	"time"

	"github.com/callward/callward/phone"
)

// subscribe begins to pass events on, as answers to the request id, until ctx is done.
func (s *session) subscribe(ctx context.Context, id uint64) {
	if s.subscribed {
		s.fail(id, &Error{Code: phone.CodeExists, Message: "This connection has its events already."})
		return
	}
	s.subscribed = true
	sub := s.phone.Subscribe()
	s.send(Answer{ID: id, OK: json.RawMessage(`{}`)}, nil)
	s.pumps.Go(func() {
		defer sub.Close()
		s.pump(ctx, id, sub)
	})
}

// pump passes events on. While the client is slow they wait in the
// subscription, which gives up a reader that is too far behind; such a client
// is told and dropped.
func (s *session) pump(ctx context.Context, id uint64, sub Subscription) {
	for {
		select {
		case <-ctx.Done():
			return
		case e, more := <-sub.Events():
			if more {
				wire := newEvent(e)
				s.send(Answer{ID: id, Event: &wire}, nil)
				continue
			}
		}
		break
	}
	if sub.Lost() {
		s.log.Warn("control: client dropped: it did not read its events")
		s.fail(id, &Error{Code: phone.CodeState, Message: "The events came faster than they were read, and some are lost."})
	}
	// Wakes the reader: the session is over.
	_ = s.conn.SetReadDeadline(time.Now())
}
