package phone

import (
	"context"
	"strconv"
	"time"
)

// Screening is how blocked callers are refused, and how long that is kept.
type Screening struct {
	// Decline is the SIP status for callers under BlockAll: 603, 607 (RFC 8197) or 486.
	Decline int
	// DropTexts accepts the texts of blocked senders and drops them: they are answered with 200 and not with 603.
	DropTexts bool
	// Keep is how long rows stay in the screening log; a day at least.
	Keep time.Duration
}

// usualScreening is what holds until something is set.
var usualScreening = Screening{Decline: 603, Keep: 90 * 24 * time.Hour}

// The settings that keep it.
const (
	declineSetting = "screening.decline"
	keepSetting    = "screening.keep_days"
	// dropTextsSetting is on where texts of blocked senders are dropped.
	dropTextsSetting = "screening.drop_texts"
)

// status is that which a blocked INVITE is refused with. Under AllowVoicemails the
// provider's voicemail may take the call.
func (s Screening) status(m Mode, acc Account) int {
	if m == BlockAll {
		return s.Decline
	}
	return acc.Voicemail.refusal()
}

// Screening returns how callers are refused.
func (p *Phone) Screening(ctx context.Context) (Screening, error) {
	s := usualScreening
	decline, err := p.cfg.Store.Setting(ctx, declineSetting)
	if err != nil {
		return s, err
	}
	drop, err := p.cfg.Store.Setting(ctx, dropTextsSetting)
	if err != nil {
		return s, err
	}
	s.DropTexts = drop == "on"
	days, err := p.cfg.Store.Setting(ctx, keepSetting)
	if err != nil {
		return s, err
	}
	if status, err := strconv.Atoi(decline); err == nil && isDecline(status) {
		s.Decline = status
	}
	if n, err := strconv.Atoi(days); err == nil && n > 0 {
		s.Keep = time.Duration(n) * 24 * time.Hour
	}
	return s, nil
}

// SetScreening changes how callers are refused, from the next one on. It fails with
// CodeInvalid and CodeStorage.
func (p *Phone) SetScreening(ctx context.Context, s Screening) error {
	const op = "screening"
	days := int(s.Keep / (24 * time.Hour))
	switch {
	case !isDecline(s.Decline):
		return fault(CodeInvalid, op, "A blocked call can be declined with 603, 607 or 486.")
	case days < 1 || days > 3650:
		return fault(CodeInvalid, op, "The log can be kept from 1 day to 10 years.")
	}
	if err := p.cfg.Store.SetSetting(ctx, declineSetting, strconv.Itoa(s.Decline)); err != nil {
		return err
	}
	drop := ""
	if s.DropTexts {
		drop = "on"
	}
	if err := p.cfg.Store.SetSetting(ctx, dropTextsSetting, drop); err != nil {
		return err
	}
	if err := p.cfg.Store.SetSetting(ctx, keepSetting, strconv.Itoa(days)); err != nil {
		return err
	}
	p.recorder.keep(s.Keep)
	return p.ask(ctx, op, func(l *loop) error { l.screening = s; return nil })
}

func isDecline(status int) bool { return status == 603 || status == 607 || status == 486 }

// Screened returns a part of the screening log, newest first, and how many rows the query
// chooses in all.
func (p *Phone) Screened(ctx context.Context, q ScreenedQuery) (part []Screened, total int, err error) {
	return p.cfg.Store.Screened(ctx, q)
}
