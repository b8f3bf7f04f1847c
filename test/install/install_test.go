package install

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/screen"
)

func TestMain(m *testing.M) { os.Exit(callward.Main(m.Run)) }

// files are those in a folder, as paths from there.
func files(t *testing.T, dir string) (found []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		path, err = filepath.Rel(dir, path)
		found = append(found, path)
		return err
	}))
	return found
}

func TestALinkFillsTheFieldOfTheRunningWindow(t *testing.T) {
	s := screen.New(t, 1280, 800)
	h := NewHome(t.TempDir(), s.Vars())
	require.NoError(t, h.Install(callward.Binary))
	p := callward.New(t, callward.Options{Practice: true, Profile: filepath.Join(h.Data(), "callward"), Screen: s.Vars()})
	_, err := s.Window("^Callward$")
	require.NoError(t, err)

	for link, number := range map[string]string{
		"tel:+442079460018": "+442079460018", "callto:+442079460019": "+442079460019", "sip:604@127.0.0.1": "604",
	} {
		t.Run(link, func(t *testing.T) {
			mark := p.Mark()
			require.NoError(t, h.Open(link))
			require.Empty(t, p.State(t).Calls, "nothing is called before somebody says so")

			// The field has the number and the focus: Enter calls it. It may be pressed before the window has come forward.
			require.Eventually(t, func() bool {
				s.Press(t, "Return")
				e, err := p.Await(mark, "call", time.Second, func(e callward.Event) bool { return e.Kind == "call.started" })
				return err == nil && e.Call.Number == number
			}, patience, time.Millisecond)
			p.UntilCall(t, mark, patience, "ended", "ringing")
			if calls := p.State(t).Calls; len(calls) > 0 {
				p.Must(t, "hangup", calls[0].ID)
				p.UntilCall(t, mark, patience, "ended")
			}
		})
	}
}

func TestRemoveLeavesNothing(t *testing.T) {
	h := NewHome(t.TempDir(), nil)
	require.NoError(t, h.Install(callward.Binary))
	desktop := filepath.Join(h.Data(), "applications/callward.desktop")
	out, err := exec.Command("desktop-file-validate", desktop).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Subset(t, files(t, h.Prefix()), []string{
		"bin/callward", "share/applications/callward.desktop", "share/icons/hicolor/scalable/apps/callward.svg",
	})

	require.NoError(t, h.Remove())
	require.Subset(t, []string{"share/applications/mimeinfo.cache"}, files(t, h.Prefix()))
	require.NoError(t, h.Remove(), "where it is not there")
}

// What makes a package installs into a folder beside, and changes nothing of the user's.
func TestInstallForAPackage(t *testing.T) {
	h, dest := NewHome(t.TempDir(), nil), t.TempDir()
	require.NoError(t, h.Install(callward.Binary, "PREFIX=/usr", "DESTDIR="+dest))
	require.ElementsMatch(t, []string{
		"usr/bin/callward", "usr/share/applications/callward.desktop", "usr/share/icons/hicolor/scalable/apps/callward.svg",
	}, files(t, dest))
	desktop, err := os.ReadFile(filepath.Join(dest, "usr/share/applications/callward.desktop"))
	require.NoError(t, err)
	require.Contains(t, string(desktop), "\nExec=/usr/bin/callward %u\n")
	require.Empty(t, files(t, h.dir))
}

func TestPrefixThatADesktopFileCannotName(t *testing.T) {
	h := NewHome(t.TempDir(), nil)
	for _, prefix := range []string{"usr", "/opt/my phone", "/opt/50%", "/opt/a|b"} {
		require.ErrorContains(t, h.Install(callward.Binary, "PREFIX="+prefix), "PREFIX", prefix)
	}
}
