package view

import (
	"context"

	"github.com/callward/callward/phone"
)

// RingtoneKeeper keeps which ringtone plays; *phone.Phone satisfies it. Ringtones
// returns at once, what else it has waits for the disk.
type RingtoneKeeper interface {
	Ringtones() []string
	Ringtone(ctx context.Context) (string, error)
	SetRingtone(ctx context.Context, name string) error
}

// Ringtone is the choice of one; device, volume and test of ringing are Audio's.
type Ringtone struct {
	// Options are the ringtones as they are called; Chosen is a place in them.
	Options []string
	Chosen  int
	// Notice says what went wrong; "" where nothing did.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	keeper RingtoneKeeper
	worker Worker
	words  Words
	names  []string // as the keeper calls them
}

// NewRingtone shows the first one until Read.
func NewRingtone(keeper RingtoneKeeper, worker Worker, words Words) *Ringtone {
	r := &Ringtone{Changed: func() {}, keeper: keeper, worker: worker, words: words, names: keeper.Ringtones()}
	for _, name := range r.names {
		r.Options = append(r.Options, words.L(name))
	}
	return r
}

// Read asks which one is chosen.
func (r *Ringtone) Read() {
	var name string
	r.worker.Do(func(ctx context.Context) (err error) {
		name, err = r.keeper.Ringtone(ctx)
		return err
	}, func(err error) {
		r.Notice = r.words.L(phone.Sentence(err))
		for i, known := range r.names {
			if known == name {
				r.Chosen = i
			}
		}
		r.Changed()
	})
}

// Choose takes the ringtone at a place in Options.
func (r *Ringtone) Choose(i int) {
	if i < 0 || i >= len(r.names) || i == r.Chosen {
		return
	}
	r.Chosen = i
	name := r.names[i]
	r.worker.Do(func(ctx context.Context) error { return r.keeper.SetRingtone(ctx, name) }, func(err error) {
		if text := r.words.L(phone.Sentence(err)); text != r.Notice {
			r.Notice = text
			r.Changed()
		}
	})
}
