package gateway

import (
	"time"

	"github.com/callward/callward/phone"
)

const (
	// lookBack is how far the first poll ever looks back, and overlap each later one from the newest text that was kept.
	lookBack = 24 * time.Hour
	overlap  = 10 * time.Minute
)

// poll asks for texts that came, again and again.
func (l *line) poll() {
	at, err := l.standing()
	for ; err != nil; at, err = l.standing() { // without it texts could be missed
		l.cfg.Log.Error("where a gateway stands not read", "gateway", l.gateway.Name, "err", err)
		if !l.sleep(l.cfg.Timing.RetryMax) {
			return
		}
	}
	pause := l.gateway.Poll
	for {
		var list []phone.GatewayMessage
		if asked := l.ask(func(p provider) { list, err = p.received(l.ctx, at.Since) }); asked != nil {
			err = asked
		}
		l.heed(err)
		if !isBusy(err) && l.ctx.Err() == nil {
			l.learn(err)
		}
		fresh := at.fresh(list)
		if err == nil && l.kept(fresh) {
			l.stand(at, fresh)
			pause = l.gateway.Poll
		} else {
			pause = min(2*pause, max(l.cfg.Timing.RetryMax, l.gateway.Poll))
		}
		if !l.sleep(pause) {
			return
		}
	}
}

// kept gives texts to the phone, and tells whether they are on the disk.
func (l *line) kept(list []phone.GatewayMessage) bool {
	if len(list) == 0 {
		return true
	}
	done := make(chan bool, 1)
	l.cfg.Inbox.GatewayReceived(l.gateway.ID, list, func(kept bool) { done <- kept })
	select {
	case kept := <-done:
		return kept
	case <-l.ctx.Done():
		return false
	}
}
