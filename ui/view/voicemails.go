package view

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
)

// OpenVoicemail is the message that is open, whole.
type OpenVoicemail struct {
	VoicemailRow
	// Long is how long it is, Wave as in phone.Voicemail, and Text the whole note.
	Long time.Duration
	Wave []byte
	Text string
}

// Voicemails is the page of the voice messages: a list, and the one that is open with its player.
type Voicemails struct {
	*Parts[phone.Voicemail, VoicemailRow]
	// Open is the message that is open; nil for none.
	Open *OpenVoicemail
	// Next has the next unheard message play after one that was played.
	Next bool
	// Done says what was done, which Undo undoes where Undoes is set; "" for nothing. Failed says what went wrong.
	Done, Failed string
	Undoes       bool
	// Player plays what is open.
	Player *Player

	filter  phone.VoicemailFilter
	search  string
	inbox   InboxKeeper
	guard   Guard
	likes   PreferenceKeeper
	worker  Worker
	inOrder *lane // for what is kept
	words   Words
	rows    voicemailRows
	wanted  phone.VoicemailID // the one that is being read, or open
	chosen  map[phone.VoicemailID]bool
	undo    func(ctx context.Context) error
	typed   map[phone.VoicemailID]string // what is noted, and is not kept yet
}

func newVoicemails(p Phone, player *Player, worker Worker, words Words, rows voicemailRows) *Voicemails {
	v := &Voicemails{
		Player: player, inbox: p, guard: p, likes: p, worker: worker, inOrder: &lane{worker: worker}, words: words, rows: rows,
		chosen: map[phone.VoicemailID]bool{}, typed: map[phone.VoicemailID]string{},
	}
	v.Parts = newParts(worker, words, v.part, rows.row)
	player.Ended = v.ended
	return v
}

func (v *Voicemails) part(offset, limit int) func(context.Context) ([]phone.Voicemail, int, error) {
	q := phone.VoicemailQuery{Filter: v.filter, Search: v.search, Offset: offset, Limit: limit}
	return func(ctx context.Context) ([]phone.Voicemail, int, error) { return v.inbox.Voicemails(ctx, q) }
}

// Filter is what is shown, and Search what is searched for.
func (v *Voicemails) Filter() phone.VoicemailFilter { return v.filter }
func (v *Voicemails) Search() string                { return v.search }

// Show shows what a filter chooses.
func (v *Voicemails) Show(filter phone.VoicemailFilter) {
	v.filter = filter
	v.ChooseNone()
	v.Read()
}

// Find shows what fits a text.
func (v *Voicemails) Find(text string) {
	v.search = text
	v.ChooseNone()
	v.Read()
}

// Refresh reads anew what is shown.
func (v *Voicemails) Refresh() {
	v.Read()
	if v.wanted != "" {
		v.Pick(v.wanted)
	}
}

// Pick opens a message.
func (v *Voicemails) Pick(id phone.VoicemailID) {
	v.wanted = id
	var one phone.Voicemail
	v.worker.Do(func(ctx context.Context) (err error) {
		one, err = v.inbox.Voicemail(ctx, id)
		return err
	}, func(err error) {
		switch {
		case v.wanted != id:
		case phone.CodeOf(err) == phone.CodeNotFound: // deleted meanwhile
			v.Close()
		case err != nil:
			v.fail(err)
		default:
			v.Open = &OpenVoicemail{VoicemailRow: v.rows.row(one), Long: one.Length, Wave: one.Wave, Text: one.Note}
			v.Changed()
		}
	})
}

// Close shows no message; one that plays is ended.
func (v *Voicemails) Close() {
	if v.Player.Open(v.wanted) {
		v.Player.Close()
	}
	v.Open, v.wanted = nil, ""
	v.Changed()
}

// Toggle plays the message that is open, or pauses it.
func (v *Voicemails) Toggle() {
	if v.Open != nil {
		v.Player.Toggle(v.Open.ID)
	}
}

// Seek goes to a place of the message that is open, from 0 to 1.
func (v *Voicemails) Seek(at float64) {
	if v.Open != nil {
		v.Player.Seek(v.Open.ID, time.Duration(at*float64(v.Open.Long)))
	}
}

// Skip goes five seconds on or, where by is less than 0, back.
func (v *Voicemails) Skip(by int) {
	if v.Open != nil {
		v.Player.Skip(v.Open.ID, by)
	}
}

// Mark says of messages that they are heard, unheard, dealt with or not.
func (v *Voicemails) Mark(mark phone.VoicemailMark, ids ...phone.VoicemailID) {
	if len(ids) == 0 {
		return
	}
	v.ChooseNone()
	v.inOrder.Do(func(ctx context.Context) error { return v.inbox.MarkVoicemails(ctx, mark, ids...) }, v.after)
}

// notePause is how long a note waits for the next letter until it is kept.
const notePause = time.Second

// Type takes what is being noted about a message; it is kept a second later at the latest.
func (v *Voicemails) Type(id phone.VoicemailID, text string) {
	_, waits := v.typed[id]
	v.typed[id] = text
	if waits {
		return
	}
	v.worker.Do(func(ctx context.Context) error {
		select {
		case <-time.After(notePause):
		case <-ctx.Done():
		}
		return nil
	}, func(error) {
		if text, still := v.typed[id]; still {
			v.Note(id, text)
		}
	})
}

// Note keeps what is noted about a message.
func (v *Voicemails) Note(id phone.VoicemailID, text string) {
	delete(v.typed, id)
	if v.Open != nil && v.Open.ID == id {
		if v.Open.Text == text {
			return
		}
		v.Open.Text = text
	}
	v.inOrder.Do(func(ctx context.Context) error { return v.inbox.NoteVoicemail(ctx, id, text) }, v.after)
}

// after shows what came of something; that messages have changed is told by an event.
func (v *Voicemails) after(err error) {
	if text := v.words.L(phone.Sentence(err)); text != v.Failed {
		v.Failed = text
		v.Changed()
	}
}

func (v *Voicemails) fail(err error) {
	v.Failed = v.words.L(phone.Sentence(err))
	v.Changed()
}

// Delete deletes messages; Undo brings them back.
func (v *Voicemails) Delete(ids ...phone.VoicemailID) {
	if len(ids) == 0 {
		return
	}
	gone := map[phone.VoicemailID]bool{}
	for _, id := range ids {
		gone[id] = true
	}
	clear(v.chosen)
	if gone[v.wanted] {
		v.Close()
	}
	v.drop(func(row VoicemailRow) bool { return gone[row.ID] })
	v.inOrder.Do(func(ctx context.Context) error { return v.inbox.DeleteVoicemails(ctx, ids...) }, func(err error) {
		if v.Failed = v.words.L(phone.Sentence(err)); err == nil {
			v.did(v.words.N("{{.Count}} messages deleted.", len(ids)), func(ctx context.Context) error { return v.inbox.RestoreVoicemails(ctx, ids...) })
		}
		v.Read()
		v.Changed()
	})
}

// did says what was done, and how that is undone.
func (v *Voicemails) did(text string, undo func(ctx context.Context) error) {
	v.Done, v.Undoes, v.undo = text, undo != nil, undo
}

// Unblock removes the entry that blocks a caller; Undo brings it back.
func (v *Voicemails) Unblock(row VoicemailRow) {
	var entry phone.EntryID
	line := listable(row.Number, row.Account)
	if row.Number == "" {
		line = hiddenCaller
	}
	v.worker.Do(func(ctx context.Context) error {
		passage, err := v.guard.WouldPass(ctx, line)
		if entry = passage.Entry.ID; err != nil || entry == "" {
			return err
		}
		return v.guard.RemoveEntries(ctx, entry)
	}, func(err error) {
		if v.Failed = v.words.L(phone.Sentence(err)); err == nil && entry != "" {
			v.did(v.words.L("Unblocked: {{.Name}}.", map[string]any{"Name": row.Party.Title}),
				func(ctx context.Context) error { return v.guard.RestoreEntries(ctx, entry) })
		}
		v.Refresh()
		v.Changed()
	})
}

// hiddenCaller is what a From header of somebody who hides says.
const hiddenCaller = `"Anonymous" <sip:anonymous@anonymous.invalid>`

// Undo undoes what was done last.
func (v *Voicemails) Undo() {
	undo := v.undo
	v.Forget()
	if undo != nil {
		v.inOrder.Do(undo, func(err error) {
			v.Failed = v.words.L(phone.Sentence(err))
			v.Refresh()
			v.Changed()
		})
	}
}

// Forget puts away what was said.
func (v *Voicemails) Forget() {
	v.Done, v.Failed, v.Undoes, v.undo = "", "", false, nil
	v.Changed()
}
