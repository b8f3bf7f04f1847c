//go:build !windows

package control

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// maxSocketPath is the longest path that a Unix socket may have on every
// system: sun_path holds 104 bytes on macOS and 108 on Linux, one of them the end.
const maxSocketPath = 103

// listen opens the profile's socket, in place of one that a program which is
// dead has left. The caller holds the profile's claim.
func listen(profile string) (net.Listener, error) {
	name := socketName(profile)
	path := name
	if len(path) > maxSocketPath {
		dir, err := shortDir()
		if err != nil {
			return nil, err
		}
		path = filepath.Join(dir, shortName(profile))
	}
	// Nobody else may reach the socket, not even before its own mode is set.
	if err := os.Chmod(runDir(profile), 0o700); err != nil {
		return nil, err
	}
	for _, stale := range []string{name, path} {
		if err := os.Remove(stale); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	if path != name {
		if err := os.Symlink(path, name); err != nil {
			return nil, errors.Join(err, listener.Close())
		}
	}
	return listener, nil
}

// dial connects to the program that serves the profile, and fails with
// errNotRunning when there is none.
func dial(ctx context.Context, profile string) (net.Conn, error) {
	path := socketName(profile)
	if elsewhere, err := os.Readlink(path); err == nil {
		path = elsewhere
	}
	if len(path) > maxSocketPath {
		return nil, fmt.Errorf("%w: no link to a short path", errNotRunning)
	}
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "unix", path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ENOTDIR) {
		return nil, fmt.Errorf("%w: %w", errNotRunning, err)
	}
	return conn, err
}

// socketName is where a client looks for the socket, or, where that path is too
// long for one, for a symbolic link to it: so it finds it whatever its own
// environment says.
func socketName(profile string) string { return filepath.Join(runDir(profile), "control.sock") }

// shortName is the socket's name outside the profile.
func shortName(profile string) string {
	sum := sha256.Sum256([]byte(profile))
	return hex.EncodeToString(sum[:8]) + ".sock"
}

// shortDir makes the folder for sockets outside of profiles: in the user's run
// time folder, else in the one for temporary files.
func shortDir() (string, error) {
	var refused error
	if runtime := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(runtime) {
		dir := filepath.Join(runtime, "callward")
		if refused = makePrivate(dir); refused == nil {
			return dir, nil
		}
	}
	dir := filepath.Join(os.TempDir(), "callward-"+strconv.Itoa(os.Getuid()))
	if err := makePrivate(dir); err != nil {
		return "", errors.Join(refused, err)
	}
	return dir, nil
}

// makePrivate makes a folder. It fails when it is there and another user's, or
// open to others: /tmp is everybody's.
func makePrivate(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || int(stat.Uid) != os.Getuid() || info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("%s is not a folder for this user alone", dir)
	}
	return nil
}
