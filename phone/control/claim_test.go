package control_test

import (
	"context"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/control/controltest"
)

func TestOneProgramPerProfile(t *testing.T) {
	profile := newProfile(t)
	stop := serve(t, profile, &controltest.Phone{})
	start := time.Now()
	_, err := control.NewClaim(t.Context(), profile)
	require.Equal(t, phone.CodeExists, phone.CodeOf(err))
	require.ErrorContains(t, err, profile)
	require.Less(t, time.Since(start), 2*time.Second, "one that answers is not waited for")

	serve(t, newProfile(t), &controltest.Phone{}) // another profile
	stop()
	serve(t, profile, &controltest.Phone{})
}

// TestClaimWaits for a program that has closed its socket and not yet ended.
func TestClaimWaits(t *testing.T) {
	profile := newProfile(t)
	ending, err := control.NewClaim(t.Context(), profile)
	require.NoError(t, err)
	claimed := make(chan error, 1)
	go func() {
		next, err := control.NewClaim(context.Background(), profile)
		if err == nil {
			err = next.Release()
		}
		claimed <- err
	}()
	select {
	case err := <-claimed:
		t.Fatal("claimed while it was held:", err)
	case <-time.After(200 * time.Millisecond):
	}
	require.NoError(t, ending.Release())
	require.NoError(t, <-claimed)
}

func TestClaimGivesUp(t *testing.T) {
	profile := newProfile(t)
	held, err := control.NewClaim(t.Context(), profile)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = control.NewClaim(ctx, profile)
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, held.Release())
}

func TestSocketIsItsOwnersAlone(t *testing.T) {
	profile := newProfile(t)
	require.NoError(t, os.Mkdir(filepath.Join(profile, "run"), 0o755))
	serve(t, profile, &controltest.Phone{})
	requireMode(t, filepath.Join(profile, "run"), 0o700)
	requireMode(t, filepath.Join(profile, "run", "control.sock"), 0o600)
}

// TestDeadProgramsSocket is replaced, since the claim says that it is dead.
func TestDeadProgramsSocket(t *testing.T) {
	profile := newProfile(t)
	require.NoError(t, os.Mkdir(filepath.Join(profile, "run"), 0o700))
	dead, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(profile, "run", "control.sock")})
	require.NoError(t, err)
	dead.SetUnlinkOnClose(false)
	require.NoError(t, dead.Close())
	_, err = control.Connect(t.Context(), profile)
	require.Equal(t, phone.CodeNotRunning, phone.CodeOf(err))

	serve(t, profile, &controltest.Phone{})
	dialWire(t, profile).ask(`{"op":"status"}`)
}

// TestLongPath: the socket is elsewhere, and found by a client that has another environment.
func TestLongPath(t *testing.T) {
	for _, tc := range []struct{ name, runtime string }{
		{"in the run time folder", newProfile(t)},
		{"with none", ""},
		{"with one that is not there", "/nonexistent/run"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			temporary := newProfile(t)
			t.Setenv("TMPDIR", temporary)
			t.Setenv("XDG_RUNTIME_DIR", tc.runtime)
			profile := filepath.Join(newProfile(t), strings.Repeat("long/", 30))
			stop := serve(t, profile, &controltest.Phone{})

			link := filepath.Join(profile, "run", "control.sock")
			socket, err := os.Readlink(link)
			require.NoError(t, err)
			if strings.HasPrefix(tc.name, "in ") {
				require.True(t, strings.HasPrefix(socket, tc.runtime), socket)
			} else {
				require.True(t, strings.HasPrefix(socket, temporary), socket)
			}
			requireMode(t, filepath.Dir(socket), 0o700)
			requireMode(t, socket, 0o600)

			t.Setenv("XDG_RUNTIME_DIR", newProfile(t))
			client, err := control.Connect(t.Context(), profile)
			require.NoError(t, err)
			require.NoError(t, client.Do(t.Context(), "status", nil, nil))
			require.NoError(t, client.Close())

			stop()
			_, err = control.Connect(t.Context(), profile)
			require.Equal(t, phone.CodeNotRunning, phone.CodeOf(err))
			serve(t, profile, &controltest.Phone{})()
		})
	}
}

// TestAnothersFolder: who made the folder in /tmp beforehand gets no socket into it.
func TestAnothersFolder(t *testing.T) {
	temporary, profile := newProfile(t), filepath.Join(newProfile(t), strings.Repeat("long/", 30))
	t.Setenv("TMPDIR", temporary)
	t.Setenv("XDG_RUNTIME_DIR", "")
	claim, err := control.NewClaim(t.Context(), profile)
	require.NoError(t, err)
	defer claim.Release()

	serve(t, filepath.Join(profile, "other"), &controltest.Phone{})() // makes it, as it should be
	dirs, err := os.ReadDir(temporary)
	require.NoError(t, err)
	require.Len(t, dirs, 1)
	require.NoError(t, os.Chmod(filepath.Join(temporary, dirs[0].Name()), 0o777))
	_, err = control.Listen(claim, &controltest.Phone{}, slog.New(slog.DiscardHandler))
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
}

func requireMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, want, info.Mode().Perm())
}

func TestAClaimThatCannotBeMadeNamesTheFolder(t *testing.T) {
	profile := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(profile, "run"), nil, 0o600))
	_, err := control.NewClaim(t.Context(), profile)
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
	require.Contains(t, phone.Sentence(err), "The data folder "+profile+" cannot be written to")
}
