package sipua

import (
	"strconv"
	"strings"

	"github.com/callward/callward/phone"
)

const (
	// maxSummary is how much of a message summary is read, in bytes.
	maxSummary = 4096
	// mostMessages is the largest number of messages that is believed.
	mostMessages = 99_999
)

// summaryOf reads a message summary (RFC 3842, 5.2); ok is false where it tells nothing of voice
// messages. Lines that are not known, or say what cannot be, are passed over. Where there is a
// number of voice messages it decides: Messages-Waiting speaks of faxes and texts too.
func summaryOf(body []byte) (w phone.MessagesWaiting, ok bool) {
	if len(body) > maxSummary {
		body = body[:maxSummary]
	}
	counted := false
	for line := range strings.FieldsFuncSeq(string(body), func(r rune) bool { return r == '\r' || r == '\n' }) {
		name, value, _ := strings.Cut(line, ":")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "messages-waiting":
			if yes, known := yesOrNo(value); known && !counted {
				w.Waiting, ok = yes, true
			}
		case "voice-message":
			if fresh, old, readable := counts(value); readable && !counted {
				w = phone.MessagesWaiting{Waiting: fresh > 0, New: fresh, Old: old}
				counted, ok = true, true
			}
		}
	}
	return w, ok
}

func yesOrNo(value string) (yes, known bool) {
	value = strings.ToLower(strings.TrimSpace(value))
	return value == "yes", value == "yes" || value == "no"
}

// counts reads "2/8 (0/2)": new and old messages, and how many of them are urgent, which some leave out.
func counts(value string) (fresh, old int, ok bool) {
	value, _, _ = strings.Cut(value, "(")
	first, second, both := strings.Cut(value, "/")
	fresh, ok = countOf(first)
	if ok && both {
		old, ok = countOf(second)
	}
	return fresh, old, ok
}

func countOf(text string) (int, bool) {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 32)
	return int(n), err == nil && n <= mostMessages
}
