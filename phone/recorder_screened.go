package phone

import (
	"context"
	"time"
)

const (
	// screenedBatch is how many rows of the screening log are written at once.
	screenedBatch = 256
	// screenedMost is how many wait at most for a disk that fails: more are a flood.
	screenedMost = 100_000
	// sweepEvery is how often old rows of the screening log are deleted, and sweepAfter after how many new ones.
	sweepEvery = time.Hour
	sweepAfter = 20_000
)

// screened queues a row of the screening log; any goroutine.
func (r *recorder) screened(row Screened) { r.inbox.Put(screenedRow(row)) }

// keep changes how long rows of the screening log stay; any goroutine.
func (r *recorder) keep(d time.Duration) { r.inbox.Put(keptFor(d)) }

// screenedRow is a row to write.
type screenedRow Screened

func (row screenedRow) apply(_ context.Context, r *recorder) {
	if len(r.blocked) < screenedMost {
		r.blocked = append(r.blocked, Screened(row))
	}
}

// keptFor is how long rows stay from now on.
type keptFor time.Duration

func (d keptFor) apply(_ context.Context, r *recorder) {
	r.stay, r.swept = time.Duration(d), time.Time{}
}

// writeBlocked writes the rows that wait.
func (r *recorder) writeBlocked(ctx context.Context) error {
	for len(r.blocked) > 0 {
		batch := r.blocked[:min(len(r.blocked), screenedBatch)]
		if err := r.store.SaveScreened(ctx, batch); err != nil {
			return err
		}
		if r.grown += len(batch); r.grown >= sweepAfter {
			r.grown, r.swept = 0, time.Time{}
		}
		if r.blocked = r.blocked[len(batch):]; len(r.blocked) == 0 {
			r.blocked = nil // a flood is not held on to
		}
		r.changed(EventScreening)
	}
	return nil
}

// sweep deletes rows that are older than they are kept.
func (r *recorder) sweep(ctx context.Context) {
	now := time.Now()
	if now.Sub(r.swept) < sweepEvery {
		return
	}
	r.swept = now
	if err := r.store.DropScreened(ctx, now.Add(-r.stay)); err != nil {
		r.log.Error("screening log not cut", "err", err)
	}
}
