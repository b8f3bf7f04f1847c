package phone

import (
	"context"
	"strings"
	"time"
)

// replayed is how far back a draft is tried on history.
const replayed = 30 * 24 * time.Hour

// Replay is what an entry would have blocked lately.
type Replay struct {
	// Calls and Texts count what would not have come; Contacts counts how many of them were from contacts.
	Calls, Texts, Contacts int
}

// Replay tells what an entry would have blocked in the last 30 days. It fails with CodeInvalid as
// AddEntry does, and with CodeStorage.
func (p *Phone) Replay(ctx context.Context, d EntryDraft) (Replay, error) {
	e, err := p.drafted(ctx, d, "")
	if err != nil {
		return Replay{}, err
	}
	fits, err := p.fitting(ctx, e)
	if err != nil {
		return Replay{}, err
	}
	keys, err := p.cfg.Store.CallKeys(ctx, CallQuery{Since: time.Now().Add(-replayed)})
	if err != nil {
		return Replay{}, err
	}
	var found Replay
	for len(keys) > 0 {
		part := keys[:min(len(keys), 500)]
		keys = keys[len(part):]
		rows := make([]int64, len(part))
		for i, key := range part {
			rows[i] = key.Row
		}
		calls, err := p.cfg.Store.CallRows(ctx, rows)
		if err != nil {
			return Replay{}, err
		}
		for _, rec := range calls {
			if rec.Direction == In && fits(rec) {
				found.Calls++
				if len(p.WhoHas(rec.Number, rec.Account)) > 0 {
					found.Contacts++
				}
			}
		}
	}
	return found, nil
}

// fitting tells which calls of history an entry fits.
func (p *Phone) fitting(ctx context.Context, e Entry) (func(CallRecord) bool, error) {
	numbers := map[string]bool{e.Number: true}
	switch e.Kind {
	case KindHidden:
		return func(rec CallRecord) bool { return rec.ID != "" && rec.Number == "" }, nil
	case KindContacts:
		return func(CallRecord) bool { return false }, nil
	case KindPrefix:
		return func(rec CallRecord) bool { return strings.HasPrefix(rec.Number, e.Number) }, nil
	case KindContact:
		c, err := p.cfg.Store.Contact(ctx, e.Contact)
		if err != nil {
			return nil, err
		}
		for _, n := range c.Numbers {
			numbers[n.Number] = n.Number != ""
		}
	}
	return func(rec CallRecord) bool {
		_, domain, _ := strings.Cut(rec.Account, "@")
		return rec.Number != "" && (numbers[rec.Number] || numbers[rec.Number+"@"+domain])
	}, nil
}
