package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

// wrongUsage are lines that are no command.
var wrongUsage = []struct {
	line string
	has  string // on stderr
}{
	{"reboot", "reboot"},
	{"--bogus", "--bogus"},
	{"status extra", "extra"},
	{"status --bogus", "--bogus"},
	{"account", "add"},
	{"account add", "<sip-address>"},
	{"account add a@b --transport sctp", "sctp"},
	{"account add a@b --interval soon", "--interval"},
	{"account remove", "<sip-address>"},
	{"call", "<number>"},
	{"dtmf c1", "<digits>"},
	{"device set loudspeaker x", "loudspeaker"},
	{"device set ring", "<name>"},
	{"practice maybe", "maybe"},
	{"trace", "on"},
	{"--headless status", "--headless"},
	{"statsu", "neither a command nor a link"},
	{"https://example.org", "neither a command nor a link"},
	{"--call", "--call"},
	{"--headless tel:+442079460018", "window"},
	{"--headless --media-warn=0s", "--media-warn"},
	{"--headless --media-warn=20s --media-end=10s", "--media-end"},
	{"blacklist", "add"},
	{"blacklist add", "--hidden"},
	{"blacklist add --prefix", "--hidden"},
	{"blacklist add 1 --hidden", "--hidden"},
	{"blacklist add --hidden --prefix", "--hidden"},
	{"blacklist add 1 --mode through", "through"},
	{"blacklist add 1 --expires soon", "--expires"},
	{"blacklist add 1 --expires 100ms", "--expires"},
	{"blacklist add 1 --expires=-1h", "--expires"},
	{"blacklist add 1 --prefix --block-contact", "--block-contact"},
	{"blacklist add --hidden --block-contact", "--block-contact"},
	{"blacklist remove", "--hidden"},
	{"blacklist remove 1 --hidden", "--hidden"},
	{"blacklist check", "<number>"},
	{"blacklist import", "<file>"},
	{"blacklist export", "<file>"},
	{"contact add Jo", "<number>"},
	{"contact import", "<file>"},
	{"contact list Jo", "Jo"},
	{"screening Jo", "Jo"},
	{"voicemail", "list"},
	{"voicemail list --heard", "--heard"},
	{"voicemail play", "<id>"},
	{"voicemail export v1", "<file>"},
	{"voicemail greeting", "set"},
	{"voicemail greeting set", "<file>"},
	{"voicemail greeting reset --for draft", "draft"},
	{"voicemail settings --max-length long", "--max-length"},
	{"voicemail settings --max-length 100ms", "--max-length"},
	{"voicemail settings --max-length 0s", "--max-length"},
	{"voicemail settings --keep long", "--keep"},
	{"voicemail settings --dnd maybe", "maybe"},
	{"voicemail settings --language fr", "fr"},
	{"presence asleep", "asleep"},
	{"text", "send"},
	{"text send 020", "<text>"},
	{"text send 020 Hi --wait soon", "--wait"},
	{"text send 020 Hi --wait=-1s", "--wait"},
	{"text list", "--hidden"},
	{"text list 020 --hidden", "--hidden"},
	{"text seen", "--hidden"},
	{"text search", "<words>"},
	{"text delete", "<id>"},
	{"text settings --sound loud", "loud"},
	{"trigger", "list"},
	{"trigger enable", "<name>"},
	{"trigger enable birthday", "missed-call"},
	{"trigger set missed-call", "--delay"},
	{"trigger set missed-call --who nobody", "nobody"},
	{"trigger set missed-call --delay 1500ms", "--delay"},
	{"trigger set missed-call --once=-1h", "--once"},
	{"trigger set missed-call --days mon-fry", "--days"},
	{"trigger set missed-call --from 9", "--from"},
	{"trigger set missed-call --to 24:30", "--to"},
	{"trigger set missed-call --direction up", "up"},
	{"trigger set missed-call --answered maybe", "maybe"},
	{"trigger test missed-call", "<number>"},
	{"gateway", "add-twilio"},
	{"gateway add-twilio Mine --number 020", "--user"},
	{"gateway add-twilio Mine --user AC1", "--number"},
	{"gateway add-twilio Mine --number 020 --user AC1 --poll 1500ms", "--poll"},
	{"gateway add-twilio Mine --number 020 --user AC1 --secret s3cret", "--secret"},
	{"gateway add-http Mine --number 020", "--url"},
	{"gateway remove", "<name>"},
	{"gateway test Mine", "<number>"},
}

func TestUsage(t *testing.T) {
	for _, tc := range wrongUsage {
		t.Run(tc.line, func(t *testing.T) {
			got := callward(newProfile(t), "", strings.Fields(tc.line)...)
			require.Equal(t, exitUsage, got.code)
			require.Empty(t, got.stdout)
			require.Contains(t, got.stderr, tc.has)
		})
	}
}

func TestHelp(t *testing.T) {
	for _, tc := range []struct{ line, has string }{
		{"--help", "practice ring"},
		{"-h", "account add"},
		{"call --help", "--wait"},
		{"account add --help", "--password-stdin"},
		{"account --help", "remove"},
		{"--help", "blacklist import"},
		{"call --help", "--anyway"},
		{"blacklist add --help", "--block-contact"},
		{"--help", "voicemail greeting set"},
		{"voicemail settings --help", "--max-length"},
		{"--help", "gateway add-twilio"},
		{"text send --help", "--wait"},
		{"trigger set --help", "--template"},
	} {
		t.Run(tc.line, func(t *testing.T) {
			got := callward(newProfile(t), "", strings.Fields(tc.line)...)
			require.Equal(t, exitDone, got.code)
			require.Contains(t, got.stdout, tc.has)
			require.Empty(t, got.stderr)
		})
	}
	require.Equal(t, outcome{stdout: version + "\n"}, callward(newProfile(t), "", "--version"))
}

// everyCommand is one line of each that talks to the program.
var everyCommand = []string{
	"status", "status --json", "account add a@b", "account list", "account remove a@b", "call 600", "call 600 --wait", "answer", "decline",
	"hangup", "mute", "unmute", "dtmf c1 1", "devices", "device set ring x", "history", "events", "practice on", "practice off",
	"practice ring", "trace on", "trace off", "trace show", "quit", "blacklist add 1", "blacklist remove 1", "blacklist list", "blacklist check 1",
	"blacklist import main.go", "blacklist export x.csv", "contact add Jo 1", "contact list", "contact import main.go", "contact export x.vcf",
	"screening", "voicemail list", "voicemail play v1", "voicemail export v1 x.wav", "voicemail heard v1", "voicemail unheard v1", "voicemail done v1",
	"voicemail open v1", "voicemail delete v1", "voicemail restore v1", "voicemail greeting set x.wav", "voicemail greeting reset",
	"voicemail settings", "voicemail settings --keep 1", "voicemail take", "voicemail pickup", "presence", "presence away",
	"text send 020 Hi", "text send 020 Hi --wait 1s", "text list 020", "text threads", "text search hi", "text retry t1", "text delete t1", "text restore t1",
	"text seen 020", "text settings", "text settings --sound on", "trigger list", "trigger log", "trigger enable missed-call",
	"trigger disable missed-call", "trigger set missed-call --delay 1m", "trigger test missed-call 020", "gateway list",
	"gateway add-twilio Mine --number 020 --user AC1", "gateway add-http Mine --number 020 --url https://x", "gateway remove Mine", "gateway test Mine 020",
}

func TestNobodyRuns(t *testing.T) {
	profile := filepath.Join(newProfile(t), "none")
	for _, line := range everyCommand {
		got := callward(profile, "", strings.Fields(line)...)
		require.Equal(t, exitNotRunning, got.code, line)
		require.Empty(t, got.stdout, line)
		require.Equal(t, "callward: Callward does not run on the profile "+profile+"; callward starts it, callward --headless without a window.\n", got.stderr, line)
	}
	require.NoDirExists(t, profile, "a client makes no profile")
}

// TestRefused: what the phone refuses is a sentence on stderr and exit code 1.
func TestRefused(t *testing.T) {
	fail := &phone.Error{Code: phone.CodeAmbiguous, Op: "test", Err: errors.New("several calls")}
	profile, _ := serve(t, &controltest.Phone{Fail: fail, CallID: "c1", Inbox: []phone.Voicemail{{ID: "v1"}}, Items: []phone.ThreadItem{{Text: &phone.Text{ID: "t1"}}}})
	for _, line := range everyCommand {
		switch line {
		case "status", "status --json", "account list", "events", "trace show", "quit", "presence":
			continue // cannot fail
		}
		got := callward(profile, "", strings.Fields(line)...)
		require.Equal(t, outcome{exitFailed, "", "callward: " + phone.Sentence(fail) + "\n"}, got, line)
	}
}

// TestOutputCannotBeWritten is a failure, but for a reader that has left.
func TestOutputCannotBeWritten(t *testing.T) {
	profile, _ := serve(t, busyPhone())
	for _, line := range []string{
		"status", "status --json", "account list", "call 600", "devices --json", "history", "blacklist list", "blacklist check 1", "blacklist import main.go",
		"contact list --json", "screening", "voicemail list", "voicemail list --json", "voicemail settings", "presence",
		"text send 020 Hi", "text list 020", "text threads", "text search hi --json", "text settings", "trigger list", "trigger log --json",
		"trigger test missed-call 020", "gateway list --json",
	} {
		var stderr bytes.Buffer
		args := append([]string{"--profile", profile}, strings.Fields(line)...)
		require.Equal(t, exitFailed, Main(args, nil, full{}, &stderr), line)
		require.Contains(t, stderr.String(), "The output cannot be written: no space.", line)
	}
}

// TestBrokenPipe is silent for stdout alone.
func TestBrokenPipe(t *testing.T) {
	var stderr bytes.Buffer
	require.Equal(t, exitDone, report(&stderr, fmt.Errorf("print: %w", outputError{syscall.EPIPE})))
	require.Empty(t, stderr.String())
	require.Equal(t, exitFailed, report(&stderr, &phone.Error{Code: phone.CodeUnreachable, Op: "status", Err: syscall.EPIPE}))
	require.NotEmpty(t, stderr.String())
}

// full is a device with no space left.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestNoScreen(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	if runtime.GOOS != "linux" {
		t.Skip("other systems have a screen at all times")
	}
	for _, line := range []string{"", "tel:+442079460018"} {
		got := callward(newProfile(t), "", strings.Fields(line)...)
		require.Equal(t, exitFailed, got.code)
		require.Empty(t, got.stdout)
		require.Contains(t, got.stderr, "callward: There is no screen that a window can be shown on: callward --headless runs the phone without one")
	}
}

// A start while it runs is a word to the one that does.
func TestSecondStart(t *testing.T) {
	ph := &controltest.Phone{}
	profile, _ := serve(t, ph)
	require.Equal(t, outcome{}, callward(profile, ""))
	require.Equal(t, outcome{}, callward(profile, "", "tel:+442079460018"))
	require.Equal(t, outcome{}, callward(profile, "", "--call", "sip:1001@example.org"))
	require.Equal(t, []string{"show  false", "show tel:+442079460018 false", "show sip:1001@example.org true"}, ph.Asked())
}
