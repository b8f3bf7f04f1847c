package phone

import "context"

// History returns the calls, newest first; limit 0 means all.
func (p *Phone) History(ctx context.Context, limit int) ([]CallRecord, error) {
	calls, err := p.cfg.Store.Calls(ctx, limit)
	p.nameCalls(calls)
	return calls, err
}

// nameCalls gives calls of history the names of those whom their numbers belong to now.
func (p *Phone) nameCalls(calls []CallRecord) {
	for i, rec := range calls {
		if rec.Number == "" {
			continue
		}
		if known := p.ownersOf(rec.Number, rec.Account); len(known) > 0 {
			calls[i].Contact, calls[i].Name = known[0].ID, known[0].Title()
		}
	}
}

// CallKeys returns the places of the calls in history that q chooses, newest
// first. A call that has just begun or ended is among them, so, from the next EventHistory on.
func (p *Phone) CallKeys(ctx context.Context, q CallQuery) ([]CallKey, error) {
	return p.cfg.Store.CallKeys(ctx, q)
}

// CallRows returns the calls of some places, in that order; the zero record for a
// call that was deleted meanwhile.
func (p *Phone) CallRows(ctx context.Context, rows []int64) ([]CallRecord, error) {
	calls, err := p.cfg.Store.CallRows(ctx, rows)
	p.nameCalls(calls)
	return calls, err
}

// DeleteCall removes a call from history for good; no error where there is none. It
// fails with CodeState for a call that is alive, and with CodeStorage.
func (p *Phone) DeleteCall(ctx context.Context, id CallID) error {
	const op = "delete call"
	err := p.ask(ctx, op, func(l *loop) error {
		for _, c := range l.calls {
			if c.view.ID == id {
				return fault(CodeState, op, "The call is still up: end it first.")
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return p.await(ctx, op, p.recorder.drop(id))
}

// MissedUnseen counts the missed calls that came since SeeMissed was last called,
// in this run of the program or one before.
func (p *Phone) MissedUnseen(ctx context.Context) (int, error) {
	return p.cfg.Store.MissedUnseen(ctx)
}

// SeeMissed tells that the agent has seen which calls were missed until now.
func (p *Phone) SeeMissed(ctx context.Context) error {
	return p.cfg.Store.SeeMissed(ctx)
}

// changed has lists read again.
type changed EventKind

func (kind changed) apply(l *loop) { l.emit(Event{Kind: EventKind(kind)}) }
