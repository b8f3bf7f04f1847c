package lab

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/measure"
)

// guarded is a phone in Britain with a probe that calls it.
func guarded(t *testing.T) (*callward.Program, *measure.Probe) {
	t.Helper()
	p, _, contact := registeredAs(t, silence, callward.Options{}, "--country", "GB", "--voicemail-provider")
	probe, err := measure.NewProbe(contact)
	require.NoError(t, err)
	t.Cleanup(func() { _ = probe.Close() })
	return p, probe
}

// refused has the probe call as somebody who does not get through.
func refused(t *testing.T, probe *measure.Probe, as string, want int) {
	t.Helper()
	_, status, err := probe.Refused(as)
	require.NoError(t, err, as)
	require.Equal(t, want, status, as)
}

// entry is a row of blacklist list --json.
type entry struct {
	Kind, Number, Name, Mode string
	Others                   []string
	Expires                  *time.Time
	Blocked                  int
}

func entries(t *testing.T, p *callward.Program) (list []entry) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(p.Must(t, "blacklist", "list", "--json")), &list))
	return list
}

// passes asks the program what would become of somebody.
func passes(t *testing.T, p *callward.Program, who string) (call, voicemail bool, verdict string) {
	t.Helper()
	var found struct {
		Call, Voicemail bool
		Verdict         string
	}
	require.NoError(t, json.Unmarshal([]byte(p.Must(t, "blacklist", "check", who, "--json")), &found))
	return found.Call, found.Voicemail, found.Verdict
}

// report is what an import prints with --json.
type report struct{ Added, Merged, Unchanged, Skipped int }

func imported(t *testing.T, p *callward.Program, list, path string) (r report) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(p.Must(t, list, "import", path, "--json")), &r))
	return r
}

// written makes a file for t.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// exitCode runs a command that fails, and returns how, and what it said.
func exitCode(t *testing.T, p *callward.Program, args ...string) (code int, stderr string) {
	t.Helper()
	stdout, err := p.Do("", args...)
	var failed *callward.Failed
	require.ErrorAs(t, err, &failed)
	require.Empty(t, stdout)
	return failed.Code, failed.Stderr
}

// TestGuardedCallers: what the list says holds from the next call on.
func TestGuardedCallers(t *testing.T) {
	p, probe := guarded(t)
	_, err := probe.Ring()
	require.NoError(t, err)

	p.Must(t, "blacklist", "add", "020 7946 0018", "--mode", "all", "--name", "Jo Lee")
	refused(t, probe, "+442079460018", 603)
	call, voicemail, verdict := passes(t, p, `"Eve" <sip:02079460018@127.0.0.1>`)
	require.Equal(t, []any{false, false, "all"}, []any{call, voicemail, verdict})
	require.Contains(t, p.Must(t, "blacklist", "check", "02079460018"), "Block all communications: Jo Lee, +442079460018")

	code, stderr := exitCode(t, p, "blacklist", "add", "+442079460018")
	require.Equal(t, 1, code)
	require.Contains(t, stderr, "on the list already")
	p.Must(t, "blacklist", "add", "+442079460018", "--replace")
	refused(t, probe, "+442079460018", 486)
	call, voicemail, verdict = passes(t, p, "tel:+44-20-7946-0018")
	require.Equal(t, []any{false, true, "voicemail"}, []any{call, voicemail, verdict})
	require.Eventually(t, func() bool { return entries(t, p)[0].Blocked == 2 }, patience, 20*time.Millisecond)
	require.Equal(t, "Jo Lee", entries(t, p)[0].Name)

	p.Must(t, "blacklist", "remove", "020 7946 0018")
	_, _, err = probe.Refused("+442079460018")
	require.ErrorContains(t, err, "180")
	call, voicemail, verdict = passes(t, p, "02079460018")
	require.Equal(t, []any{true, true, ""}, []any{call, voicemail, verdict})
	code, _ = exitCode(t, p, "blacklist", "remove", "020 7946 0018")
	require.Equal(t, 1, code)

	code, stderr = exitCode(t, p, "blacklist", "add", "112")
	require.Equal(t, 1, code)
	require.Contains(t, stderr, "emergency number")
	require.Empty(t, entries(t, p))
}

// TestGuardedExpiry: an entry ends by itself.
func TestGuardedExpiry(t *testing.T) {
	p, probe := guarded(t)
	p.Must(t, "blacklist", "add", "+442079460018", "--mode", "all", "--expires", "4s")
	refused(t, probe, "+442079460018", 603)
	require.NotNil(t, entries(t, p)[0].Expires)
	require.Eventually(t, func() bool { return len(entries(t, p)) == 0 }, patience, 50*time.Millisecond)
	call, _, _ := passes(t, p, "+442079460018")
	require.True(t, call)
	_, _, err := probe.Refused("+442079460018")
	require.ErrorContains(t, err, "180")
}

// TestGuardedGate: who is blocked is not called, unless the agent says so; history tells of it.
func TestGuardedGate(t *testing.T) {
	p := callward.New(t, callward.Options{Practice: true})
	p.Must(t, "blacklist", "add", "600", "--name", "Echo", "--mode", "all")
	for _, flags := range [][]string{nil, {"--wait"}} {
		code, stderr := exitCode(t, p, append([]string{"call", "600"}, flags...)...)
		require.Equal(t, 3, code)
		require.Contains(t, stderr, "callward: This number is blocked: 600, Echo, Block all communications since 2")
	}
	require.Empty(t, p.State(t).Calls)
	require.Empty(t, p.Calls(t), "nobody was called")

	p.Must(t, "call", "600", "--anyway", "--wait")
	p.Must(t, "hangup")
	p.Must(t, "call", "601", "--anyway", "--wait")
	p.Must(t, "hangup")
	require.Eventually(t, func() bool { return len(p.Calls(t)) == 2 && p.Calls(t)[0].Result != "" }, patience, 20*time.Millisecond)
	calls := p.Calls(t)
	require.Equal(t, []any{"601", false}, []any{calls[0].Number, calls[0].Anyway}, "it was not blocked")
	require.Equal(t, []any{"600", true}, []any{calls[1].Number, calls[1].Anyway})
	p.Must(t, "blacklist", "remove", "600")
	p.Must(t, "call", "600", "--wait")
}

// TestGuardedContact: a number that a contact gets later is blocked with it.
func TestGuardedContact(t *testing.T) {
	p, probe := guarded(t)
	p.Must(t, "contact", "add", "Jo Lee", "020 7946 0018")
	p.Must(t, "blacklist", "add", "+442079460018", "--mode", "all", "--block-contact")
	_, _, err := probe.Refused("+442079460019")
	require.ErrorContains(t, err, "180")

	cards := written(t, "jo.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jo Lee\r\nTEL:+442079460018\r\nTEL:020 7946 0019\r\nEND:VCARD\r\n")
	require.Equal(t, report{Merged: 1}, imported(t, p, "contact", cards))
	refused(t, probe, "+442079460019", 603)
	refused(t, probe, "+442079460018", 603)
	list := entries(t, p)
	require.Len(t, list, 1, "one row for the rule")
	require.Equal(t, []any{"contact", "Jo Lee", []string{"+442079460019"}}, []any{list[0].Kind, list[0].Name, list[0].Others})

	p.Must(t, "blacklist", "remove", "+442079460018")
	for _, freed := range []string{"+442079460018", "+442079460019"} {
		call, _, _ := passes(t, p, freed)
		require.True(t, call, freed)
	}
}
