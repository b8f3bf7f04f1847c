package control

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/callward/callward/phone"
)

const (
	// claimPatience is how long Claim waits for a program that holds the profile
	// and answers nobody: one that is about to end, or to start.
	claimPatience = 5 * time.Second
	claimInterval = 50 * time.Millisecond
)

// Claim is a profile's lock: the program that holds it is the only one that
// runs on that profile. The operating system frees it when the program ends,
// however it ends. It does not change; any goroutine.
type Claim struct {
	profile string
	lock    *flock.Flock
}

// NewClaim claims the profile in the folder of that name, which is made where
// it does not exist. It fails with phone.CodeExists when another program runs on
// it, and waits some seconds for one that is just ending.
func NewClaim(ctx context.Context, profile string) (*Claim, error) {
	profile, err := filepath.Abs(profile)
	if err != nil {
		return nil, storageError("claim the profile", err)
	}
	if err := os.MkdirAll(runDir(profile), 0o700); err != nil {
		return nil, storageError("claim the profile", fmt.Errorf("the data folder %s cannot be written to: %w", profile, err))
	}
	lock := flock.New(filepath.Join(runDir(profile), "lock"))
	deadline := time.Now().Add(claimPatience)
	for {
		taken, err := lock.TryLock()
		if err != nil {
			return nil, storageError("claim the profile", err)
		}
		if taken {
			return &Claim{profile: profile, lock: lock}, nil
		}
		if answers(ctx, profile) || time.Now().After(deadline) {
			return nil, &phone.Error{
				Code: phone.CodeExists, Op: "claim the profile",
				Err: fmt.Errorf("another Callward runs on the profile %s", profile),
			}
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("claim the profile: %w", ctx.Err())
		case <-time.After(claimInterval):
		}
	}
}

// Release gives the profile up. The server that listens by this claim must be
// closed before.
func (c *Claim) Release() error { return c.lock.Unlock() }

// runDir is the folder for what lives as long as the program: the lock and the socket.
func runDir(profile string) string { return filepath.Join(profile, "run") }

// answers tells whether a program takes connections for the profile.
func answers(ctx context.Context, profile string) bool {
	conn, err := dial(ctx, profile)
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

func storageError(op string, err error) error {
	return &phone.Error{Code: phone.CodeStorage, Op: op, Err: err}
}

// errNotRunning is what dial wraps when nobody listens.
var errNotRunning = errors.New("nobody listens")
