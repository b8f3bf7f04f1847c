package phone

import (
	"context"
	"errors"
	"time"
)

const (
	// roomEvery is how often the room on the disk is looked at, and tidyEvery how often messages that are to
	// go are looked for.
	roomEvery = 10 * time.Second
	tidyEvery = time.Minute
)

// textsRemembered is how long a deleted text is known still: a gateway that is asked for the last day tells of it again.
const textsRemembered = 48 * time.Hour

// openMachine finds the messages of the disk, and has the loop know how the machine works.
func (p *Phone) openMachine(ctx context.Context) error {
	s, err := p.MachineSettings(ctx)
	if err != nil {
		return err
	}
	presence, err := p.cfg.Store.Setting(ctx, presenceSetting)
	if err != nil {
		return err
	}
	greetings, err := p.readGreetings(s.Language)
	if err != nil {
		p.cfg.Log.Error("greeting not read", "err", err)
		p.warn("A greeting could not be read, callers hear the beep alone: " + Sentence(err))
	}
	way, err := p.playWay(ctx)
	if err != nil {
		return err
	}
	p.inbox.Put(machineOpened{s, greetings, Presence(presence), way, p.crowded()})
	if err := p.reconcile(ctx); err != nil {
		p.cfg.Log.Error("messages not looked through", "err", err)
		p.warn("Not all voice messages could be looked through: " + Sentence(err))
	}
	return nil
}

// machineOpened is what the loop has of it.
type machineOpened struct {
	settings  MachineSettings
	greetings map[GreetingKind]Samples
	presence  Presence
	way       playerWay
	noRoom    bool
}

func (in machineOpened) apply(l *loop) {
	l.machine, l.greetings, l.way, l.noRoom = in.settings, in.greetings, in.way, in.noRoom
	if in.presence.known() {
		l.presence = in.presence
	}
}

// reconcile has a row for each file and a file for each row: a crash came between the two.
func (p *Phone) reconcile(ctx context.Context) error {
	rows, err := p.cfg.Store.VoicemailIDs(ctx)
	if err != nil {
		return err
	}
	found, there, unread := p.cfg.Recordings.Found(ctx, func(id VoicemailID) bool {
		_, has := rows[id]
		return has
	})
	if there == nil { // the folder itself cannot be read: nothing is known of its files
		return unread
	}
	if len(found) > 0 {
		err = p.cfg.Store.AddVoicemails(ctx, found)
	}
	var lost []VoicemailID
	missed := 0
	for id, deleted := range rows {
		if !there[id] {
			lost = append(lost, id)
			if !deleted {
				missed++
			}
		}
	}
	if len(there) == 0 && missed > 1 { // it is the folder that is missing: what was noted of its messages stays
		return fault(CodeStorage, "look for messages", "Not one of the %d recordings is there: look whether their disk is connected.", missed)
	}
	if len(lost) > 0 {
		err = errors.Join(err, p.cfg.Store.DropVoicemails(ctx, lost))
	}
	return errors.Join(err, unread)
}

// crowded tells whether the disk is too full for messages, or takes none at all.
func (p *Phone) crowded() bool {
	free, err := p.cfg.Recordings.Free()
	if err != nil {
		p.cfg.Log.Warn("no room for messages", "err", err)
	}
	return err != nil || free < MinRoom
}

// roomChanged tells that the disk is too full for messages, or no longer.
type roomChanged bool

func (crowded roomChanged) apply(l *loop) {
	if l.noRoom != bool(crowded) {
		l.noRoom = bool(crowded)
		l.emit(Event{Kind: EventVoicemail})
	}
}

// tidyNow has what is to go looked for at once; any goroutine.
func (p *Phone) tidyNow() {
	select {
	case p.untidy <- struct{}{}:
	default:
	}
}

// tidy looks at the room on the disk, and removes messages that are to go, until ctx is done.
func (p *Phone) tidy(ctx context.Context) {
	room, sweep := time.NewTicker(roomEvery), time.NewTicker(tidyEvery)
	defer room.Stop()
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-room.C:
			if crowded := p.crowded(); crowded != p.Snapshot().NoRoom {
				p.inbox.Put(roomChanged(crowded))
			}
			continue
		case <-sweep.C:
		case <-p.untidy:
		}
		if err := p.removeOld(ctx); err != nil && ctx.Err() == nil {
			p.cfg.Log.Error("old messages not removed", "err", err)
		}
	}
}

// removeOld deletes heard messages that are older than they are kept, and removes what was deleted before UndoTime.
func (p *Phone) removeOld(ctx context.Context) error {
	s, err := p.MachineSettings(ctx)
	if err != nil {
		return err
	}
	now := time.Now()
	if s.Keep > 0 {
		old, err := p.cfg.Store.HeardVoicemails(ctx, now.Add(-s.Keep))
		if err == nil && len(old) > 0 {
			err = p.inboxChanged(p.cfg.Store.DeleteVoicemails(ctx, old, false))
		}
		if err != nil {
			return err
		}
	}
	if err := p.cfg.Store.DropTexts(ctx, now.Add(-textsRemembered)); err != nil {
		return err
	}
	gone, err := p.cfg.Store.VoicemailsToDrop(ctx, now.Add(-UndoTime))
	if err != nil || len(gone) == 0 {
		return err
	}
	var removed []VoicemailID
	var errs []error
	for _, id := range gone { // the file first: a row without one is dropped at the next start
		if err := p.cfg.Recordings.Remove(id); err != nil {
			errs = append(errs, err)
			continue
		}
		removed = append(removed, id)
	}
	return errors.Join(append(errs, p.cfg.Store.DropVoicemails(ctx, removed))...)
}
