package view

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// nextKey is where it is kept whether the next unheard message is played.
const nextKey = "ui.voicemail.next"

// Choose puts a message among those that are chosen, or takes it out.
func (v *Voicemails) Choose(id phone.VoicemailID) {
	switch {
	case v.chosen[id]:
		delete(v.chosen, id)
	case id != "":
		if len(v.chosen) == 0 && v.Open != nil { // it looks chosen already
			v.chosen[v.Open.ID] = true
		}
		v.chosen[id] = true
	}
	v.Changed()
}

// Chosen tells whether a message is among those that are chosen.
func (v *Voicemails) Chosen(id phone.VoicemailID) bool { return v.chosen[id] }

// Choice are the messages that are chosen.
func (v *Voicemails) Choice() []phone.VoicemailID {
	ids := make([]phone.VoicemailID, 0, len(v.chosen))
	for id := range v.chosen {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// ChooseNone has none chosen any more.
func (v *Voicemails) ChooseNone() {
	if len(v.chosen) > 0 {
		clear(v.chosen)
		v.Changed()
	}
}

// Start reads how it is liked.
func (v *Voicemails) Start() {
	var next string
	v.worker.Do(func(ctx context.Context) (err error) {
		next, err = v.likes.Setting(ctx, nextKey)
		return err
	}, func(err error) {
		if err == nil && (next == "on") != v.Next { // a disk that fails is told of by the list
			v.Next = next == "on"
			v.Changed()
		}
	})
}

// SetNext has the next unheard message play after one that was played, or not.
func (v *Voicemails) SetNext(on bool) {
	v.Next = on
	v.Changed()
	value := ""
	if on {
		value = "on"
	}
	v.inOrder.Do(func(ctx context.Context) error { return v.likes.SetSetting(ctx, nextKey, value) }, v.after)
}

// ended plays the next unheard message after one, where that is wanted: the next older one, of blocked callers where
// that one was of such, else of the others.
func (v *Voicemails) ended(id phone.VoicemailID) {
	if !v.Next {
		return
	}
	var next phone.VoicemailID
	v.worker.Do(func(ctx context.Context) error {
		one, err := v.inbox.Voicemail(ctx, id)
		if err != nil {
			return err
		}
		list, _, err := v.inbox.Voicemails(ctx, phone.VoicemailQuery{Filter: phone.UnheardVoicemails})
		i := slices.IndexFunc(list, func(other phone.Voicemail) bool {
			return other.ID != id && other.Blocked == one.Blocked && other.Received.Before(one.Received)
		})
		if i >= 0 {
			next = list[i].ID
		}
		return err
	}, func(err error) {
		switch {
		case err != nil:
			v.fail(err)
		case next != "" && !v.Player.Moving():
			v.Player.Play(next, 0)
			if v.wanted == id {
				v.Pick(next)
			}
		}
	})
}
