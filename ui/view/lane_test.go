package view_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/viewtest"
	"github.com/stretchr/testify/require"
)

// backwards is a Worker whose newest work is done first, as goroutines may.
type backwards struct{ todo []func() }

func (b *backwards) Do(work func(context.Context) error, done func(error)) {
	b.todo = append(b.todo, func() { done(work(context.Background())) })
}

func (b *backwards) run() {
	for len(b.todo) > 0 {
		todo := slices.Clone(b.todo)
		b.todo = nil
		for _, do := range slices.Backward(todo) {
			do()
		}
	}
}

func TestWhatIsAskedInACallKeepsItsOrder(t *testing.T) {
	f := &viewtest.Phone{}
	worker := &backwards{}
	m := view.NewMain(f, worker, viewtest.Words{}, viewtest.Numbers{}, time.Now)
	worker.run()
	f.Log = nil
	for _, digit := range []string{"1", "2", "3"} {
		m.Cards.Send("c1", digit)
	}
	m.Cards.Mute("c1", true)
	m.Cards.Mute("c1", false)
	m.Audio.SetVolume(phone.Speaker, 50)
	m.Audio.SetVolume(phone.Speaker, 55)
	worker.run()
	inCall := slices.DeleteFunc(slices.Clone(f.Log), func(did string) bool { return strings.HasPrefix(did, "volume") })
	require.Equal(t, []string{"dtmf c1 1", "dtmf c1 2", "dtmf c1 3", "mute c1", "unmute c1"}, inCall)
	kept := slices.DeleteFunc(slices.Clone(f.Log), func(did string) bool { return !strings.HasPrefix(did, "volume") })
	require.Equal(t, []string{"volume speaker 50", "volume speaker 55"}, kept)
}
