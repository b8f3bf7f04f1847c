package phone_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// left puts a message into the inbox.
func (r *rig) left(id phone.VoicemailID, length time.Duration) {
	r.t.Helper()
	v := phone.Voicemail{ID: id, Account: alice, Number: "+44123", Received: time.Now(), Length: length}
	r.files.put(v)
	require.NoError(r.t, r.store.AddVoicemails(r.t.Context(), []phone.Voicemail{v}))
}

// plays has the newest playback go on for d, telling five times a second.
func (r *rig) plays(d time.Duration) *fakePlayback {
	r.t.Helper()
	synctest.Wait()
	p := r.sound.plays[len(r.sound.plays)-1]
	at := p.spec.From
	for range d / (200 * time.Millisecond) {
		time.Sleep(200 * time.Millisecond)
		at += time.Duration(200 * p.spec.Speed * float64(time.Millisecond))
		p.tell(phone.PlayEvent{Position: at})
		synctest.Wait()
	}
	return p
}

func TestThreeSecondsOfPlayingMarkAMessageAsHeard(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.left("v1", 10*time.Second)
		require.NoError(t, r.PlayVoicemail(t.Context(), "v1", 0))
		p := r.plays(2800 * time.Millisecond)
		require.False(t, r.inbox()[0].Heard)
		require.Equal(t, phone.Player{
			Voicemail: "v1", Playing: true, Position: 2800 * time.Millisecond, Length: 10 * time.Second, Speed: 1, Role: phone.Speaker,
		}, r.Snapshot().Player)
		require.NoError(t, r.PausePlayer(t.Context(), true))
		require.Equal(t, "close", p.log[len(p.log)-1])
		time.Sleep(time.Minute) // a pause is no playing
		synctest.Wait()
		require.False(t, r.inbox()[0].Heard)
		require.NoError(t, r.PausePlayer(t.Context(), false))
		require.Equal(t, 2800*time.Millisecond, r.sound.plays[1].spec.From, "it goes on where it was")
		r.plays(200 * time.Millisecond)
		require.True(t, r.inbox()[0].Heard)
		require.NoError(t, r.MarkVoicemails(t.Context(), phone.MarkUnheard, "v1"))
		r.plays(200 * time.Millisecond)
		require.False(t, r.inbox()[0].Heard, "what the agent says counts")
	})
}

func TestAShortMessageThatWasPlayedIsHeard(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.left("v1", 2*time.Second)
		require.NoError(t, r.PlayVoicemail(t.Context(), "v1", 0))
		p := r.plays(2 * time.Second)
		p.tell(phone.PlayEvent{Position: 2 * time.Second, Ended: true})
		synctest.Wait()
		require.True(t, r.inbox()[0].Heard)
		require.False(t, r.Snapshot().Player.Playing)
		require.NoError(t, r.PausePlayer(t.Context(), false))
		require.Zero(t, r.sound.plays[1].spec.From, "after its end it begins anew")
	})
}

func TestWithoutSoundNothingWasHeard(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.left("v1", 2*time.Second)
		require.NoError(t, r.PlayVoicemail(t.Context(), "v1", 0))
		r.sound.plays[0].tell(phone.PlayEvent{Ended: true, Err: &phone.Error{Code: phone.CodeNoSound, Op: "play"}})
		synctest.Wait()
		require.False(t, r.inbox()[0].Heard)
		require.NotEmpty(t, r.Snapshot().Player.Fault)
	})
}

func TestACallPausesThePlayer(t *testing.T) {
	for name, begin := range map[string]func(r *rig){
		"comes in":  func(r *rig) { r.ring("their offer") },
		"is placed": func(r *rig) { r.dial("1001") },
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, r *rig) {
				r.left("v1", 10*time.Second)
				require.NoError(t, r.PlayVoicemail(t.Context(), "v1", 5*time.Second))
				r.plays(time.Second)
				begin(r)
				synctest.Wait()
				p := r.Snapshot().Player
				require.Equal(t, phone.VoicemailID("v1"), p.Voicemail, "it stays open")
				require.False(t, p.Playing)
				require.Equal(t, 6*time.Second, p.Position)
			})
		})
	}
}

func TestNothingIsPlayedDuringACall(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.left("v1", 10*time.Second)
		_, d, _ := r.talk()
		fails(t, phone.CodeState, r.PlayVoicemail(t.Context(), "v1", 0))
		require.Empty(t, r.sound.plays)
		d.tell(phone.DialogEnded{Cause: phone.EndRemote})
		fails(t, phone.CodeNotFound, r.PlayVoicemail(t.Context(), "v2", 0))
		fails(t, phone.CodeNotFound, r.PausePlayer(t.Context(), false))
	})
}

func TestThePlayersWayIsKept(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.left("v1", 10*time.Second)
		require.NoError(t, r.PlayVoicemail(t.Context(), "v1", 0))
		require.NoError(t, r.SetPlayer(t.Context(), 1.5, phone.RingDevice))
		require.NoError(t, r.SeekPlayer(t.Context(), time.Hour))
		require.Equal(t, []string{"speed 1.5", "role ring", "seek 10s"}, r.sound.plays[0].log)
		fails(t, phone.CodeInvalid, r.SetPlayer(t.Context(), 3, phone.Speaker))
		fails(t, phone.CodeInvalid, r.SetPlayer(t.Context(), 1, phone.Microphone))
		require.NoError(t, r.ClosePlayer(t.Context()))
		require.Equal(t, phone.Player{Speed: 1.5, Role: phone.RingDevice}, r.Snapshot().Player, "how the next one will be played")
		require.NoError(t, r.PlayVoicemail(t.Context(), "v1", 0))
		require.Equal(t, 1.5, r.sound.plays[1].spec.Speed)
		require.Equal(t, phone.RingDevice, r.sound.plays[1].spec.Role)
	})
}

func TestGreetings(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		fails(t, phone.CodeNotFound, r.KeepGreeting(t.Context(), phone.GreetingAll))
		ctx, stop := context.WithCancel(t.Context())
		recorded := make(chan error, 1)
		go func() { recorded <- r.RecordGreeting(ctx) }()
		time.Sleep(2 * time.Second)
		stop()
		require.NoError(t, <-recorded)
		require.NoError(t, r.PlayGreeting(t.Context(), phone.GreetingDraft))
		require.Equal(t, []int16{1, 2, 3}, r.sound.plays[0].spec.Sound.Data)
		require.NoError(t, r.KeepGreeting(t.Context(), phone.GreetingBlocked))
		list, err := r.Greetings(t.Context())
		require.NoError(t, err)
		require.Len(t, list, 3)
		require.False(t, list[0].Own)
		require.True(t, list[1].Own)
		require.NoError(t, r.ResetGreeting(t.Context(), phone.GreetingBlocked))
		fails(t, phone.CodeInvalid, r.SetGreeting(t.Context(), "nobody", "a.wav"))

		require.NoError(t, r.SetGreeting(t.Context(), phone.GreetingAll, "four"))
		id, d := r.ring("their offer")
		require.NoError(t, r.ToVoicemail(t.Context(), id))
		require.Equal(t, []int16{4}, r.takes(d).machine.Greeting.Data, "callers hear it from then on")
	})
}

func TestACallEndsTheRecordingOfAGreeting(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		recorded := make(chan error, 1)
		go func() { recorded <- r.RecordGreeting(t.Context()) }()
		time.Sleep(time.Second)
		r.ring("their offer")
		fails(t, phone.CodeState, <-recorded)
		_, err := r.files.Greeting(phone.GreetingDraft, "")
		fails(t, phone.CodeNotFound, err)
	})
}

func TestWhatAnOldPlaybackTellsIsLate(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.left("v1", 10*time.Second)
		require.NoError(t, r.PlayVoicemail(t.Context(), "v1", 0))
		old := r.plays(time.Second)
		require.NoError(t, r.PausePlayer(t.Context(), true))
		require.NoError(t, r.PausePlayer(t.Context(), false))
		old.tell(phone.PlayEvent{Position: 9 * time.Second, Ended: true})
		synctest.Wait()
		p := r.Snapshot().Player
		require.True(t, p.Playing)
		require.Equal(t, time.Second, p.Position)
	})
}

func TestAnswerPausesThePlayer(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.left("v1", 10*time.Second)
		require.NoError(t, r.PlayVoicemail(t.Context(), "v1", 0))
		id, d := r.ring("their offer")
		require.NoError(t, r.PausePlayer(t.Context(), false)) // the agent does not mind that it rings
		require.True(t, r.Snapshot().Player.Playing)
		require.NoError(t, r.Answer(t.Context(), id))
		require.False(t, r.Snapshot().Player.Playing)
		d.tell(phone.DialogEnded{Cause: phone.EndCancelled})
	})
}
