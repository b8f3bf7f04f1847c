package sipua

import (
	"strings"
	"testing"

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
)

func TestSummary(t *testing.T) {
	type waiting = phone.MessagesWaiting
	for name, test := range map[string]struct {
		body string
		want waiting
		ok   bool
	}{
		"RFC 3842":            {"Messages-Waiting: yes\r\nMessage-Account: sip:alice@vmail.example.com\r\nVoice-Message: 2/8 (0/2)\r\n", waiting{Waiting: true, New: 2, Old: 8}, true},
		"line feeds alone":    {"Messages-Waiting: yes\nVoice-Message: 2/8 (0/2)\n", waiting{Waiting: true, New: 2, Old: 8}, true},
		"any case, no blanks": {"MESSAGES-WAITING:YES\r\nvoice-message:2/8(0/2)", waiting{Waiting: true, New: 2, Old: 8}, true},
		"blanks":              {" Messages-Waiting : yes \r\n\tVoice-Message\t:\t2 / 8 ( 0 / 2 ) \r\n\r\n", waiting{Waiting: true, New: 2, Old: 8}, true},
		"no number":           {"Messages-Waiting: yes\r\n", waiting{Waiting: true}, true},
		"none":                {"Messages-Waiting: no\r\n", waiting{}, true},
		"none, with old ones": {"Messages-Waiting: no\r\nVoice-Message: 0/3\r\n", waiting{Old: 3}, true},
		"a fax":               {"Messages-Waiting: yes\r\nFax-Message: 1/0\r\nVoice-Message: 0/3\r\n", waiting{Old: 3}, true},
		"the number first":    {"Voice-Message: 1/0\r\nMessages-Waiting: no\r\n", waiting{Waiting: true, New: 1, Old: 0}, true},
		"the number alone":    {"Voice-Message: 1/0\r\n", waiting{Waiting: true, New: 1, Old: 0}, true},
		"new ones alone":      {"Messages-Waiting: yes\r\nVoice-Message: 4\r\n", waiting{Waiting: true, New: 4, Old: 0}, true},
		"unknown lines":       {"X: y\r\n???\r\nMessages-Waiting: yes\r\n:\r\n\r\nFrom: Jo\r\nVoice-Message: 9/9\r\n", waiting{Waiting: true, New: 9, Old: 9}, true},
		"negative":            {"Messages-Waiting: yes\r\nVoice-Message: -2/8\r\n", waiting{Waiting: true}, true},
		"huge":                {"Messages-Waiting: yes\r\nVoice-Message: 4294967298/8\r\n", waiting{Waiting: true}, true},
		"too many":            {"Messages-Waiting: yes\r\nVoice-Message: 2/100000\r\n", waiting{Waiting: true}, true},
		"no numbers":          {"Messages-Waiting: yes\r\nVoice-Message: some/none\r\n", waiting{Waiting: true}, true},
		"neither yes nor no":  {"Messages-Waiting: perhaps\r\n", waiting{}, false},
		"empty":               {"", waiting{}, false},
		"faxes alone":         {"Fax-Message: 1/0\r\n", waiting{}, false},
		"another type":        {"<?xml version=\"1.0\"?><presence/>", waiting{}, false},
		"beyond the bound":    {strings.Repeat("x", maxSummary) + "\r\nMessages-Waiting: yes\r\n", waiting{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := summaryOf([]byte(test.body))
			require.Equal(t, test.ok, ok)
			require.Equal(t, test.want, got)
		})
	}
}

// Whatever a server writes, what comes of it can be shown.
func FuzzSummary(f *testing.F) {
	f.Add([]byte("Messages-Waiting: yes\r\nVoice-Message: 2/8 (0/2)\r\n"))
	f.Add([]byte("voice-message:-1/99999999999999999999\nmessages-waiting:no"))
	f.Add([]byte("\r\r\n::\x00\xffVoice-Message: 00099999/"))
	f.Fuzz(func(t *testing.T, body []byte) {
		w, ok := summaryOf(body)
		for _, n := range []int{w.New, w.Old} {
			require.GreaterOrEqual(t, n, 0)
			require.LessOrEqual(t, n, mostMessages)
		}
		if w.New > 0 {
			require.True(t, w.Waiting)
		}
		if !ok {
			require.Zero(t, w)
		}
	})
}
