package twilio

import (
	"fmt"
	"time"
)

// Message is a message, as the API has it.
type Message struct {
	SID, From, To, Body string
	// Status is queued, sending, sent and delivered, a step for each time that it is looked at; undelivered or failed where
	// ErrorCode is set, once it was sent. Of an inbound one it is received.
	Status    string
	Inbound   bool
	Media     int
	ErrorCode int
	Created   time.Time
	// Sent is zero until it was.
	Sent time.Time
}

// Receive has a message come in now.
func (s *Server) Receive(from, to, body string, media int) Message {
	return s.ReceiveAt(time.Now(), from, to, body, media)
}

// ReceiveAt has a message come in at a time.
func (s *Server) ReceiveAt(at time.Time, from, to, body string, media int) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.add(&Message{From: from, To: to, Body: body, Status: "received", Inbound: true, Media: media, Created: at, Sent: at})
	return *m
}

// add keeps a message. mu is held.
func (s *Server) add(m *Message) *Message {
	m.SID = fmt.Sprintf("SM%032x", len(s.messages)+1)
	s.messages = append(s.messages, m)
	s.change()
	return m
}

// Fails has a message come to nothing once it was sent, with the number of an error.
func (s *Server) Fails(sid string, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.messages {
		if m.SID == sid {
			m.ErrorCode = code
		}
	}
}

// step takes a message that is sent one step further.
func (m *Message) step() {
	switch m.Status {
	case "queued":
		m.Status = "sending"
	case "sending":
		m.Status, m.Sent = "sent", time.Now()
	case "sent":
		m.Status = "delivered"
		if m.ErrorCode != 0 {
			m.Status = "undelivered"
		}
	}
}

// resource is the JSON of a message.
func (m *Message) resource() map[string]any {
	uri := Version + "/Accounts/" + AccountSID + "/Messages/" + m.SID
	direction := "outbound-api"
	if m.Inbound {
		direction = "inbound"
	}
	var code, sent any // null
	if m.ErrorCode != 0 && m.Status == "undelivered" {
		code = m.ErrorCode
	}
	if !m.Sent.IsZero() {
		sent = rfc2822(m.Sent)
	}
	return map[string]any{
		"account_sid": AccountSID, "api_version": "2010-04-01", "sid": m.SID, "from": m.From, "to": m.To, "body": m.Body,
		"status": m.Status, "direction": direction, "num_media": fmt.Sprint(m.Media), "num_segments": "1",
		"error_code": code, "error_message": nil, "messaging_service_sid": nil, "price": nil, "price_unit": "USD",
		"date_created": rfc2822(m.Created), "date_updated": rfc2822(m.Created), "date_sent": sent,
		"uri": uri + ".json", "subresource_uris": map[string]string{"media": uri + "/Media.json"},
	}
}

// rfc2822 writes a time as the API does.
func rfc2822(at time.Time) string { return at.UTC().Format(time.RFC1123Z) }
