package machine

import (
	"encoding/json"
	"strings"
	"time"
	"unicode"

	"github.com/callward/callward/phone"
)

// label is what the file of a message says of it, as JSON in the comment; what is not in it follows from the sound, or
// is not known when the recording begins.
type label struct {
	Program  string    `json:"program"`
	ID       string    `json:"id"`
	Call     string    `json:"call,omitempty"`
	Account  string    `json:"account,omitempty"`
	Number   string    `json:"number,omitempty"`
	Name     string    `json:"name,omitempty"`
	Blocked  bool      `json:"blocked,omitempty"`
	Received time.Time `json:"received"`
}

const program = "callward"

func appendLabel(v phone.Voicemail) ([]byte, error) {
	return json.Marshal(label{
		Program: program, ID: string(v.ID), Call: string(v.Call), Account: v.Account, Number: v.Number, Name: v.Name,
		Blocked: v.Blocked, Received: v.Received.UTC(),
	})
}

// readLabel returns what a comment says; false where it is none of ours.
func readLabel(comment []byte) (phone.Voicemail, bool) {
	var l label
	if json.Unmarshal(comment, &l) != nil || l.Program != program {
		return phone.Voicemail{}, false
	}
	if year := l.Received.UTC().Year(); year < 1 || year > 9999 { // no time that others can read
		return phone.Voicemail{}, false
	}
	return phone.Voicemail{
		ID: phone.VoicemailID(l.ID), Call: phone.CallID(plain(l.Call)), Account: plain(l.Account), Number: plain(l.Number), Name: plain(l.Name),
		Blocked: l.Blocked, Received: l.Received,
	}, true
}

// plainMost is how long what a file says of a caller may be, in bytes: as SIP's names are.
const plainMost = 200

// plain leaves out of a text what is not printed, and what is too long.
func plain(text string) string {
	var out strings.Builder
	for _, r := range text {
		if unicode.IsPrint(r) && out.Len() < plainMost {
			out.WriteRune(r)
		}
	}
	return out.String()
}
