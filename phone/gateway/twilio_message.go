package gateway

import (
	"strings"
	"time"
)

// twilioMessage is a message as the API has it.
type twilioMessage struct {
	SID       string `json:"sid"`
	Status    string `json:"status"`
	Direction string `json:"direction"`
	From      string `json:"from"`
	To        string `json:"to"`
	Body      string `json:"body"`
	Media     string `json:"num_media"`
	Sent      string `json:"date_sent"`
	Created   string `json:"date_created"`
	ErrorCode *int   `json:"error_code"`
}

// twilioList is a page of messages, newest first.
type twilioList struct {
	Messages []twilioMessage `json:"messages"`
	Next     string          `json:"next_page_uri"`
}

// created is when a message was given to Twilio, or came, as RFC 2822 writes it; now where it does not say.
func (m twilioMessage) created() time.Time {
	for _, text := range []string{m.Created, m.Sent} {
		if at, err := time.Parse(time.RFC1123Z, text); err == nil {
			return at
		}
	}
	return time.Now()
}

// twilioTrial begins what a trial account sends.
const twilioTrial = "Sent from your Twilio trial account - "

// has tells whether a message is a text with a body.
func (m twilioMessage) has(body string) bool {
	plain := func(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }
	return plain(strings.TrimPrefix(m.Body, twilioTrial)) == plain(body) || plain(m.Body) == plain(body)
}
