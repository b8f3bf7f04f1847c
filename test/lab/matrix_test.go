package lab

import (
	"encoding/json"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/sipp"
	"github.com/callward/callward/test/wire"
)

// triggered is a row of trigger log --json.
type triggered struct {
	Trigger, Number, Outcome, Why, Text, Event string
}

func triggerLog(t *testing.T, p *callward.Program) (rows []triggered) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(p.Must(t, "trigger", "log", "--json")), &rows))
	return rows
}

// allTriggers are the names of the triggers.
var allTriggers = []string{"missed-call", "voicemail-received", "call-ended", "first-text"}

// TestTheMatrix is what each mode does to each way to communicate, for whomever an entry blocks: a number, another number of the
// contact whose number was blocked, a number under a prefix, and who hides.
func TestTheMatrix(t *testing.T) {
	t.Parallel()
	who := []blockedParty{
		{"a number", "<sip:+442079460021@127.0.0.1>", "+442079460021"},
		{"another number of a contact", "<sip:02079460019@127.0.0.1>", "+442079460019"},
		{"a prefix", "<sip:+19005550123@127.0.0.1>", "+19005550123"},
		{"hidden", `"Anonymous" <sip:anonymous@anonymous.invalid>`, ""},
	}
	for mode, leaves := range map[string]bool{"voicemail": true, "all": false} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			m := newMatrix(t, mode)
			t.Run("who", func(t *testing.T) {
				for _, w := range who {
					t.Run(w.name, func(t *testing.T) {
						t.Parallel()
						m.calls(t, w, leaves)
						m.writes(t, w)
						m.isWrittenTo(t, w)
						m.isNotTriggered(t, w, leaves)
					})
				}
			})
			m.nothingElseLeft(t)
			m.othersGetThrough(t)
		})
	}
}

// blockedParty is somebody whom the list of the matrix blocks: who they are, their From, and their normal form, "" for one who hides.
type blockedParty struct{ name, from, number string }

func (w blockedParty) identity() []string {
	return []string{"From: " + w.from + ";tag=[pid]SIPp[call_number]"}
}

// matrix is a phone with all of them blocked in one mode, and all triggers on.
type matrix struct {
	p    *callward.Program
	one  sync.Mutex // held by who uses far and took
	far  *wire.Peer // gets what the phone sends
	took taken
	user string
	at   netip.AddrPort
	said string
	says time.Duration
}

func newMatrix(t *testing.T, mode string) *matrix {
	t.Helper()
	far, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = far.Close() })
	p, _, contact := registeredAs(t, far.Addr(), callward.Options{}, "--country", "GB")
	m := &matrix{p: p, far: far, took: taken{}, said: filepath.Join(t.TempDir(), "said.ulaw")}
	m.user, m.at = split(t, contact)
	m.says, err = sipp.Saying(m.said, spectrum.Tone(3*8000, 8000, 700, 8000, 0))
	require.NoError(t, err)
	saysHello(t, p)
	p.Must(t, "contact", "add", "Jo Lee", "020 7946 0018", "020 7946 0019")
	p.Must(t, "blacklist", "add", "020 7946 0021", "--name", "Max Orr", "--mode", mode)
	p.Must(t, "blacklist", "add", "020 7946 0018", "--block-contact", "--mode", mode)
	p.Must(t, "blacklist", "add", "+1900", "--prefix", "--mode", mode)
	p.Must(t, "blacklist", "add", "--hidden", "--mode", mode)
	for _, name := range allTriggers {
		p.Must(t, "trigger", "enable", name)
	}
	return m
}

// screened are the rows of the screening log that are about them, newest first.
func (m *matrix) screened(t *testing.T, w blockedParty) (rows []screened) {
	t.Helper()
	for _, row := range screening(t, m.p) {
		if row.Normalised == w.number {
			rows = append(rows, row)
		}
	}
	return rows
}

// left are their voice messages.
func (m *matrix) left(t *testing.T, w blockedParty) (list []message) {
	t.Helper()
	for _, left := range messages(t, m.p) {
		if left.Number == w.number {
			list = append(list, left)
		}
	}
	return list
}

// takes takes a text to a number off the wire.
func (m *matrix) takes(t *testing.T, number string) (body string) {
	t.Helper()
	m.one.Lock()
	defer m.one.Unlock()
	text, err := m.far.Receive(patience, func(got wire.Message) bool {
		return m.took.fresh(got) && strings.HasPrefix(got.Start, "MESSAGE sip:"+number+"@")
	})
	require.NoError(t, err)
	m.took.add(text.Message)
	require.NoError(t, m.far.Send(text.From, wire.Reply(text.Message, 200, "OK", "far", "")))
	return text.Body
}

// calls has them call: nobody hears it ring, and it is in the screening log alone. They leave a message where they may.
func (m *matrix) calls(t *testing.T, w blockedParty, leaves bool) {
	t.Helper()
	mark := m.p.Mark()
	if leaves {
		player := sipp.New(t, sipp.Options{
			Scenario: "message", Remote: m.at, User: m.user, Identity: w.identity(), Hold: beepedHello, Say: m.said, SayFor: m.says + 100*time.Millisecond,
		})
		player.Played(t, beepedHello+m.says+2*patience)
		require.NotContains(t, player.Messages(), "SIP/2.0 180", "it rings")
		eventually(t, patience, func() bool { return len(m.left(t, w)) == 1 }, "no message is left")
		require.True(t, m.left(t, w)[0].Blocked)
	} else {
		sipp.New(t, sipp.Options{Scenario: "refused", Remote: m.at, User: m.user, Identity: w.identity(), Status: 603}).Played(t, patience)
		require.Empty(t, m.left(t, w))
	}
	eventually(t, patience, func() bool { return len(m.screened(t, w)) == 1 }, "it is not in the screening log")
	require.Equal(t, "call", m.screened(t, w)[0].Kind)
	for _, e := range m.p.Events()[mark:] {
		require.Nil(t, e.Call, "an event tells of it: %s", e.Kind)
	}
	require.Empty(t, m.p.State(t).Calls)
	require.Empty(t, m.p.Calls(t))
}

// writes has them write: it is refused, in no thread, and in the screening log.
func (m *matrix) writes(t *testing.T, w blockedParty) {
	t.Helper()
	mark := m.p.Mark()
	sipp.New(t, sipp.Options{Scenario: "text", Remote: m.at, User: m.user, Identity: w.identity(), Status: 603}).Played(t, patience)
	eventually(t, patience, func() bool { return len(m.screened(t, w)) == 2 }, "it is not in the screening log")
	row := m.screened(t, w)[0]
	require.Equal(t, []string{"text", "Where is my order?"}, []string{row.Kind, row.Text})
	require.NotContains(t, m.p.Must(t, "text", "threads", "--json"), "Where is")
	require.Equal(t, "[]", m.p.Must(t, "text", "search", "Where is", "--json"))
	for _, e := range m.p.Events()[mark:] {
		require.False(t, e.Message != nil && e.Message.Direction == "in", "an event tells of it")
	}
}

// isWrittenTo has the agent write to them: that is not restricted, and told.
func (m *matrix) isWrittenTo(t *testing.T, w blockedParty) {
	t.Helper()
	if w.number == "" {
		return
	}
	require.Contains(t, m.p.Warned(t, "text", "send", w.number, "We have your order."), "blacklisted")
	require.Equal(t, "We have your order.", m.takes(t, w.number))
	untilStates(t, m.p, w.number, patience, "sent")
}

// isNotTriggered finds what they did in the trigger log: withheld, for good.
func (m *matrix) isNotTriggered(t *testing.T, w blockedParty, leaves bool) {
	t.Helper()
	why := map[bool]string{false: "blacklisted", true: "hidden"}[w.number == ""]
	want := map[string]bool{"missed-call": true, "first-text": true}
	if leaves {
		want["voicemail-received"] = true
	}
	var got map[string]bool
	eventually(t, patience, func() bool {
		got = map[string]bool{}
		for _, row := range triggerLog(t, m.p) {
			if row.Number == w.number {
				require.Equal(t, []string{"withheld", why}, []string{row.Outcome, row.Why}, row.Trigger)
				got[row.Trigger] = true
			}
		}
		return len(got) == len(want)
	}, "%v", &got)
	require.Equal(t, want, got)
}

// nothingElseLeft listens for what triggers may have sent.
func (m *matrix) nothingElseLeft(t *testing.T) {
	t.Helper()
	_, err := m.far.Receive(time.Second, m.took.fresh)
	require.ErrorIs(t, err, wire.ErrSilence)
}

// othersGetThrough shows that all this is for those alone who are blocked.
func (m *matrix) othersGetThrough(t *testing.T) {
	t.Helper()
	other := blockedParty{"nobody blocks", "<sip:+442079460017@127.0.0.1>", "+442079460017"}
	sipp.New(t, sipp.Options{Scenario: "text", Remote: m.at, User: m.user, Identity: other.identity(), Status: 200}).Played(t, patience)
	untilTexts(t, m.p, other.number, patience, "Where is my order?")
	require.Contains(t, m.takes(t, other.number), "thank you for your text")
	require.Empty(t, m.p.Warned(t, "text", "send", other.number, "We have your order."))
}
