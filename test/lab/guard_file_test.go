package lab

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
)

// TestGuardedFiles: what is imported twice is there once, and what is exported can be imported elsewhere.
func TestGuardedFiles(t *testing.T) {
	p := silentPhone(t)
	cards := written(t, "all.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Jo Lee\nTEL:+442079460018\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nFN:Nobody\nEND:VCARD\n"+
		"BEGIN:VCARD\nVERSION:2.1\nFN:Eve\nTEL;WORK:+442079460019\nEND:VCARD\n")
	require.Equal(t, report{Added: 2, Skipped: 1}, imported(t, p, "contact", cards))
	require.Equal(t, report{Unchanged: 2, Skipped: 1}, imported(t, p, "contact", cards))
	list := written(t, "list.csv", "number,name,mode,kind\n+442079460018,Jo,all,\n+442079460019,,,\n+44 (20) 7946-0018,Jo,all,\n+1900,Premium,all,prefix\n,,,hidden\nnobody,,,\n+112,x,sometimes,\n")
	first := imported(t, p, "blacklist", list)
	require.Equal(t, 4, first.Added)
	require.Equal(t, 2, first.Skipped)
	require.Equal(t, report{Unchanged: 5, Skipped: 2}, imported(t, p, "blacklist", list))
	require.Len(t, entries(t, p), 4)

	dir := t.TempDir()
	other := silentPhone(t)
	for _, what := range []struct{ list, file string }{{"contact", "c.vcf"}, {"contact", "c.csv"}, {"blacklist", "b.csv"}} {
		path := filepath.Join(dir, what.file)
		p.Must(t, what.list, "export", path)
		code, stderr := exitCode(t, p, what.list, "export", path)
		require.Equal(t, 1, code)
		require.Contains(t, stderr, "already")
		p.Must(t, what.list, "export", path, "--force")
		imported(t, other, what.list, path)
	}
	strip := func(list []entry) map[entryKey]string {
		keys := map[entryKey]string{}
		for _, e := range list {
			keys[entryKey{e.Kind, e.Number}] = e.Name + " " + e.Mode
		}
		return keys
	}
	require.Equal(t, strip(entries(t, p)), strip(entries(t, other)))
	require.Equal(t, contacts(t, p), contacts(t, other))
	require.Len(t, contacts(t, other), 2)
}

type entryKey struct{ kind, number string }

// contacts are the names of contact list --json, with their numbers.
func contacts(t *testing.T, p *callward.Program) map[string]string {
	t.Helper()
	var list []struct {
		Name    string
		Numbers []struct{ Number string }
	}
	require.NoError(t, json.Unmarshal([]byte(p.Must(t, "contact", "list", "--json")), &list))
	found := map[string]string{}
	for _, c := range list {
		found[c.Name] += fmt.Sprint(c.Numbers)
	}
	return found
}

// readOf is how far a process has read a file that it has open; 0 where it has not.
func readOf(t *testing.T, pid int, path string) (bytes int64) {
	t.Helper()
	open, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	require.NoError(t, err)
	for _, fd := range open {
		if name, _ := os.Readlink(fd); name != path {
			continue
		}
		info, _ := os.ReadFile(fmt.Sprintf("/proc/%d/fdinfo/%s", pid, filepath.Base(fd)))
		_, _ = fmt.Sscanf(string(info), "pos: %d", &bytes)
	}
	return bytes
}

// TestGuardedImportInterrupted: of a million lines nothing is left, and the phone is answered meanwhile.
func TestGuardedImportInterrupted(t *testing.T) {
	p, probe := guarded(t)
	path := filepath.Join(t.TempDir(), "million.csv")
	file, err := os.Create(path)
	require.NoError(t, err)
	w := bufio.NewWriter(file)
	fmt.Fprintln(w, "number,name,mode")
	for i := range 1_000_000 {
		fmt.Fprintf(w, "+44207%07d,Caller %d,all\n", i, i)
	}
	require.NoError(t, w.Flush())
	require.NoError(t, file.Close())

	client := p.Begin(t, "blacklist", "import", path)
	require.Eventually(t, func() bool { return readOf(t, p.Pid(), path) > 64<<10 }, patience, 10*time.Millisecond)
	for range 3 {
		_, err := probe.Ring()
		require.NoError(t, err)
	}
	select {
	case <-client.Done():
		require.Fail(t, "it ended before it was interrupted", client.Log())
	default:
	}
	require.NoError(t, client.Signal(syscall.SIGINT))
	code, err := client.Wait(patience)
	require.NoError(t, err)
	require.Equal(t, 1, code)
	require.Contains(t, client.Log(), "Interrupted.")

	p.Must(t, "blacklist", "add", "+442079460018") // waits for the end of it
	require.Len(t, entries(t, p), 1)
	_, _, err = probe.Refused("+442070000000")
	require.ErrorContains(t, err, "180")
	require.Eventually(t, func() bool { return len(p.Calls(t)) == 4 }, patience, 50*time.Millisecond)
}
