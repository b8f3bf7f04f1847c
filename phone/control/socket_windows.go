package control

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"github.com/Microsoft/go-winio"
)

// pipePrefix begins the name of every local pipe.
const pipePrefix = `\\.\pipe\`

// listen opens a pipe with a name that cannot be guessed, so that no other
// program can take it beforehand, and writes the name into the profile. The
// caller holds the profile's claim.
func listen(profile string) (net.Listener, error) {
	owner, err := user.Current()
	if err != nil {
		return nil, err
	}
	name := pipePrefix + "callward-" + rand.Text()
	listener, err := winio.ListenPipe(name, &winio.PipeConfig{
		// Nobody over the network, all to the owner, nothing to anybody else.
		SecurityDescriptor: fmt.Sprintf("D:P(D;;GA;;;NU)(A;;GA;;;%s)", owner.Uid),
	})
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(pipeFile(profile), []byte(name), 0o600); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}

// dial connects to the program that serves the profile, and fails with
// errNotRunning when there is none.
func dial(ctx context.Context, profile string) (net.Conn, error) {
	name, err := os.ReadFile(pipeFile(profile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %w", errNotRunning, err)
	}
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(string(name), pipePrefix) {
		return nil, fmt.Errorf("%w: %s holds no name of a pipe", errNotRunning, pipeFile(profile))
	}
	conn, err := winio.DialPipeContext(ctx, string(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %w", errNotRunning, err)
	}
	return conn, err
}

// pipeFile holds the name of the pipe; the profile is its owner's.
func pipeFile(profile string) string { return filepath.Join(runDir(profile), "control.pipe") }
