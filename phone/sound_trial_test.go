package phone_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// trials are the tests of the sound by what they have it do.
func trials(r *rig) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{"test microphone": r.TestMicrophone, "test ring": r.TestRing}
}

func TestSoundIsTriedBetweenCalls(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		for _, try := range trials(r) {
			require.NoError(t, try(t.Context()))
			r.sound.err = &phone.Error{Code: phone.CodeNoSound}
			fails(t, phone.CodeNoSound, try(t.Context()))
			r.sound.err = nil
		}
		_, d := r.ring("their offer")
		for _, try := range trials(r) {
			fails(t, phone.CodeState, try(t.Context()))
		}
		d.tell(phone.DialogEnded{})
		r.happened()
		_, d, _ = r.talk()
		for _, try := range trials(r) {
			fails(t, phone.CodeState, try(t.Context()))
		}
		d.tell(phone.DialogEnded{})
		synctest.Wait()
	})
}

func TestACallEndsATrialAtOnce(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		for what, try := range trials(r) {
			ended := make(chan error, 1)
			go func() { ended <- try(t.Context()) }()
			time.Sleep(time.Second)
			require.Equal(t, []string{what}, r.sound.busy())
			_, d := r.ring("their offer")
			require.Empty(t, r.sound.busy())
			fails(t, phone.CodeState, <-ended)
			d.tell(phone.DialogEnded{})
			synctest.Wait()
		}
	})
}

func TestATrialEndsWithItsContext(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		for what, try := range trials(r) {
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- try(ctx) }()
			time.Sleep(time.Second)
			require.Equal(t, []string{what}, r.sound.busy())
			cancel()
			synctest.Wait()
			require.Empty(t, r.sound.busy())
			fails(t, phone.CodeCancelled, <-ended)
		}
	})
}

func TestATrialEndsWithThePhone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		ended := make(chan error, 1)
		go func() { ended <- r.TestMicrophone(t.Context()) }()
		time.Sleep(time.Second)
		r.close()
		fails(t, phone.CodeCancelled, <-ended)
		fails(t, phone.CodeNotRunning, r.TestMicrophone(t.Context()))
	})
}

// Also while a call is up: somebody looks at the settings.
func TestTheMicrophoneIsOpenWhileSomebodyListens(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		ctx, cancel := context.WithCancel(t.Context())
		go r.Listen(ctx)
		synctest.Wait()
		_, d, _ := r.talk()
		require.Equal(t, []string{"listen"}, r.sound.busy())
		cancel()
		synctest.Wait()
		require.Empty(t, r.sound.busy())
		d.tell(phone.DialogEnded{})
		synctest.Wait()
	})
}
