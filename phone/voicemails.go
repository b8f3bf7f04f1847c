package phone

import (
	"context"
	"time"
)

// Voicemails returns a part of the inbox, newest first, and how many messages the query chooses in all.
func (p *Phone) Voicemails(ctx context.Context, q VoicemailQuery) (part []Voicemail, total int, err error) {
	if q.Search != "" {
		if q.Named, err = p.numbersNamed(ctx, q.Search); err != nil {
			return nil, 0, err
		}
	}
	part, total, err = p.cfg.Store.Voicemails(ctx, q)
	for i := range part {
		p.knowCaller(ctx, &part[i])
	}
	return part, total, err
}

// mostNamed is how many contacts a search looks at.
const mostNamed = 500

// numbersNamed returns the numbers of the contacts that text finds.
func (p *Phone) numbersNamed(ctx context.Context, text string) (numbers []string, err error) {
	contacts, _, err := p.cfg.Store.Contacts(ctx, ContactQuery{Search: text, Limit: mostNamed})
	for _, c := range contacts {
		for _, n := range c.Numbers {
			if n.Number != "" {
				numbers = append(numbers, n.Number)
			}
		}
	}
	return numbers, err
}

// Voicemail returns one message; CodeNotFound where there is none.
func (p *Phone) Voicemail(ctx context.Context, id VoicemailID) (Voicemail, error) {
	v, err := p.cfg.Store.Voicemail(ctx, id)
	if err == nil {
		p.knowCaller(ctx, &v)
	}
	return v, err
}

// knowCaller fills in whom a number belongs to, and whether it is blocked, by now. One with no name has that of the
// entry that blocks it.
func (p *Phone) knowCaller(ctx context.Context, v *Voicemail) {
	if v.Number == "" {
		_, v.BlockedNow = p.cfg.Blacklist.Hidden(time.Now())
		return
	}
	forms := formsOf(v.Number, v.Account)
	if known := p.directory.find(forms...); len(known) > 0 {
		v.Contact, v.Name = known[0].ID, known[0].Title()
	}
	verdict := p.matched(forms, time.Now())
	if v.BlockedNow = verdict.Blocked(); v.BlockedNow && v.Name == "" {
		if e, _, err := p.cfg.Store.Entry(ctx, verdict.Row, ""); err == nil {
			v.Name = e.Name
		}
	}
}

// VoicemailCounts tells how many messages are unheard.
func (p *Phone) VoicemailCounts(ctx context.Context) (VoicemailCounts, error) {
	return p.cfg.Store.VoicemailCounts(ctx)
}

// MarkVoicemails marks messages; no matter where there is none.
func (p *Phone) MarkVoicemails(ctx context.Context, mark VoicemailMark, ids ...VoicemailID) error {
	switch mark {
	case MarkHeard, MarkUnheard, MarkDone, MarkOpen:
	default:
		return fault(CodeInvalid, "mark voicemail", "A message can be heard, unheard, done or open.")
	}
	return p.inboxChanged(p.cfg.Store.MarkVoicemails(ctx, ids, mark))
}

// NoteVoicemail changes what the agent has noted. It fails with CodeInvalid, CodeNotFound and CodeStorage.
func (p *Phone) NoteVoicemail(ctx context.Context, id VoicemailID, note string) error {
	if len(note) > MaxNote {
		return fault(CodeInvalid, "note", "The note is too long: it can have %d letters.", MaxNote)
	}
	return p.inboxChanged(p.cfg.Store.NoteVoicemail(ctx, id, note))
}

// DeleteVoicemails deletes messages; RestoreVoicemails brings them back, for UndoTime at least.
func (p *Phone) DeleteVoicemails(ctx context.Context, ids ...VoicemailID) error {
	return p.inboxChanged(p.cfg.Store.DeleteVoicemails(ctx, ids, false))
}

// UndoTime is how long the files of deleted messages stay, so that they can be brought back.
const UndoTime = time.Hour

// RestoreVoicemails brings deleted messages back; no matter where there is none any more.
func (p *Phone) RestoreVoicemails(ctx context.Context, ids ...VoicemailID) error {
	return p.inboxChanged(p.cfg.Store.DeleteVoicemails(ctx, ids, true))
}

// ExportVoicemail copies the file of a message to path. It fails with CodeNotFound, with CodeExists where there is a file
// and overwrite is not set, and with CodeStorage.
func (p *Phone) ExportVoicemail(ctx context.Context, id VoicemailID, path string, overwrite bool) error {
	if _, err := p.cfg.Store.Voicemail(ctx, id); err != nil {
		return err
	}
	return p.cfg.Recordings.Export(ctx, id, path, overwrite)
}

// inboxChanged has the inbox read again, after a change that succeeded.
func (p *Phone) inboxChanged(err error) error {
	if err == nil {
		p.inbox.Put(changed(EventVoicemail))
	}
	return err
}
