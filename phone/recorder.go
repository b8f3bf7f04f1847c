package phone

import (
	"context"
	"log/slog"
	"slices"
	"time"
)

const (
	// historyRetry is how long after a failure history is written again.
	historyRetry = 10 * time.Second
	// historyBeat is how often living calls are written, so that one that a
	// crash cuts off has an end near the true one.
	historyBeat = time.Minute
)

// recorder writes history. The goroutine of run owns pending and alive; put and
// drop may be called from any.
type recorder struct {
	store Store
	log   *slog.Logger
	// warn tells of a disk that fails, and works again; changed, with EventHistory that calls which are
	// new or over were written, or that one was deleted, with EventScreening that the screening log was. Neither blocks.
	warn    func(text string)
	changed func(EventKind)
	inbox   *Mailbox[change]
	// pending are rows that are not on the disk yet, in the order of their
	// calls; alive are the calls that have not ended.
	pending []CallRecord
	alive   map[CallID]CallRecord
	failing bool
	news    bool // among pending are calls that are new or over
	// blocked are rows of the screening log that are not on the disk yet; stay is how long they do
	// there, and swept when those that are older were last deleted.
	blocked []Screened
	stay    time.Duration
	swept   time.Time
	grown   int // rows that were written since then
	// messages are those whose rows are not on the disk yet; kept is told of each that is. It does not block.
	messages []Voicemail
	kept     func(Voicemail)
}

func newRecorder(store Store, log *slog.Logger, warn func(string), changed func(EventKind)) *recorder {
	return &recorder{
		store: store, log: log, warn: warn, changed: changed,
		inbox: NewMailbox[change](), alive: map[CallID]CallRecord{}, stay: usualScreening.Keep,
	}
}

// change is one of history or of the screening log.
type change interface {
	apply(ctx context.Context, r *recorder)
}

// put queues the row of a call.
func (r *recorder) put(c Call) {
	r.inbox.Put(written{
		ID: c.ID, Direction: c.Direction, Number: c.Number, Dialled: c.Dialled, Name: c.Name, Account: c.Account,
		Started: c.Started, Answered: c.Answered, Ended: c.Ended, Result: c.Result, Reason: c.Reason, SIPStatus: c.SIPStatus, Anyway: c.Anyway,
	})
}

// drop deletes a call that is over, with what is not written of it yet. done
// gets what came of it, unless the recorder ends before.
func (r *recorder) drop(id CallID) (done <-chan error) {
	d := dropped{id, make(chan error, 1)}
	r.inbox.Put(d)
	return d.done
}

// run writes until ctx is done, and then what is left. Rows wait for a disk
// that fails.
func (r *recorder) run(ctx context.Context) {
	beat, retry := time.NewTicker(historyBeat), time.NewTicker(historyRetry)
	unbroken := context.WithoutCancel(ctx) // a row that is begun is written
	defer beat.Stop()
	defer retry.Stop()
	for {
		select {
		case <-r.inbox.Ready():
			r.take(unbroken)
		case <-beat.C:
			for _, rec := range r.alive {
				r.add(rec)
			}
		case <-retry.C:
		case <-ctx.Done():
			r.take(unbroken)
			r.write(unbroken)
			return
		}
		r.write(unbroken)
		r.sweep(unbroken)
	}
}

func (r *recorder) take(ctx context.Context) {
	for _, e := range r.inbox.Take() {
		e.apply(ctx, r)
	}
}

// written is a call's newest state.
type written CallRecord

func (w written) apply(_ context.Context, r *recorder) {
	rec := CallRecord(w)
	r.add(rec)
	_, known := r.alive[rec.ID]
	r.news = r.news || !known || rec.Result != ""
	r.alive[rec.ID] = rec
	if rec.Result != "" {
		delete(r.alive, rec.ID)
	}
}

// dropped is a call to delete.
type dropped struct {
	id   CallID
	done chan error
}

func (d dropped) apply(ctx context.Context, r *recorder) {
	err := r.store.DeleteCall(ctx, d.id)
	if err == nil {
		r.pending = slices.DeleteFunc(r.pending, func(rec CallRecord) bool { return rec.ID == d.id })
		r.changed(EventHistory)
	}
	d.done <- err
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

func (r *recorder) write(ctx context.Context) {
	before := len(r.pending)
	err := r.writeCalls(ctx)
	if err == nil {
		err = r.writeBlocked(ctx)
	}
	if err == nil {
		err = r.writeMessages(ctx)
	}
	switch {
	case err != nil && !r.failing:
		r.failing = true
		r.log.Error("history not written", "err", err)
		r.warn("History cannot be written; it is kept until it can: " + Sentence(err))
	case err == nil && r.failing:
		r.failing = false
		r.warn("History is written again; nothing was lost.")
	}
	if r.news && len(r.pending) < before {
		r.news = r.failing
		r.changed(EventHistory)
	}
}

func (r *recorder) writeCalls(ctx context.Context) error {
	for len(r.pending) > 0 {
		if err := r.store.SaveCall(ctx, r.pending[0]); err != nil {
			return err
		}
		r.pending = r.pending[1:]
	}
	return nil
}
