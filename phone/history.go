package phone

import (
	"context"
	"log/slog"
	"time"
)

const (
	// historyRetry is how long after a failure history is written again.
	historyRetry = 10 * time.Second
	// historyBeat is how often living calls are written, so that one that a
	// crash cuts off has an end near the true one.
	historyBeat = time.Minute
)

// History returns the calls, newest first; limit 0 means all.
func (p *Phone) History(ctx context.Context, limit int) ([]CallRecord, error) {
	return p.cfg.Store.Calls(ctx, limit)
}

// recorder writes history. The goroutine of run owns pending and alive; put
// may be called from any.
type recorder struct {
	store Store
	log   *slog.Logger
	inbox *Mailbox[CallRecord]
	// pending are rows that are not on the disk yet, in the order of their
	// calls; alive are the calls that have not ended.
	pending []CallRecord
	alive   map[CallID]CallRecord
	failing bool
}

func newRecorder(store Store, log *slog.Logger) *recorder {
	return &recorder{store: store, log: log, inbox: NewMailbox[CallRecord](), alive: map[CallID]CallRecord{}}
}

// put queues the row of a call.
func (r *recorder) put(c Call) {
	r.inbox.Put(CallRecord{
		ID: c.ID, Direction: c.Direction, Number: c.Number, Name: c.Name, Account: c.Account,
		Started: c.Started, Answered: c.Answered, Ended: c.Ended, Result: c.Result, SIPStatus: c.SIPStatus,
	})
}

// run writes until ctx is done, and then what is left. warn tells the agent
// of a disk that fails; rows wait for it.
func (r *recorder) run(ctx context.Context, warn func(string)) {
	beat, retry := time.NewTicker(historyBeat), time.NewTicker(historyRetry)
	unbroken := context.WithoutCancel(ctx) // a row that is begun is written
	defer beat.Stop()
	defer retry.Stop()
	for {
		select {
		case <-r.inbox.Ready():
			r.take()
		case <-beat.C:
			for _, rec := range r.alive {
				r.add(rec)
			}
		case <-retry.C:
		case <-ctx.Done():
			r.take()
			r.write(unbroken, warn)
			return
		}
		r.write(unbroken, warn)
	}
}

func (r *recorder) take() {
	for _, rec := range r.inbox.Take() {
		r.add(rec)
		r.alive[rec.ID] = rec
		if rec.Result != "" {
			delete(r.alive, rec.ID)
		}
	}
}

// add queues a row in place of an older state of it.
func (r *recorder) add(rec CallRecord) {
	for i := range r.pending {
		if r.pending[i].ID == rec.ID {
			r.pending[i] = rec
			return
		}
	}
	r.pending = append(r.pending, rec)
}

func (r *recorder) write(ctx context.Context, warn func(string)) {
	for len(r.pending) > 0 {
		if err := r.store.SaveCall(ctx, r.pending[0]); err != nil {
			if !r.failing {
				r.failing = true
				r.log.Error("history not written", "err", err)
				warn("History cannot be written; it is kept until it can: " + Sentence(err))
			}
			return
		}
		r.pending = r.pending[1:]
	}
	r.failing = false
}
