package phone_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestCommandsFindTheCallThatFits(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		commands := []func(id phone.CallID) error{
			func(id phone.CallID) error { return r.Answer(t.Context(), id) },
			func(id phone.CallID) error { return r.Decline(t.Context(), id) },
			func(id phone.CallID) error { return r.Hangup(t.Context(), id) },
			func(id phone.CallID) error { return r.Mute(t.Context(), id, true) },
			func(id phone.CallID) error { return r.Mute(t.Context(), id, false) },
			func(id phone.CallID) error { return r.DTMF(t.Context(), id, "1") },
		}
		for _, command := range commands {
			fails(t, phone.CodeNotFound, command(""))
			fails(t, phone.CodeNotFound, command("none"))
		}

		out, _, _ := r.dial("1001")
		fails(t, phone.CodeNotFound, r.Answer(t.Context(), ""))
		fails(t, phone.CodeState, r.Answer(t.Context(), out))
		fails(t, phone.CodeState, r.Decline(t.Context(), out))
		fails(t, phone.CodeState, r.DTMF(t.Context(), out, "1"))

		first, _ := r.ring("offer")
		require.NoError(t, r.Mute(t.Context(), "", true), "not the one that rings")
		require.True(t, r.Snapshot().Calls[0].Muted)
		fails(t, phone.CodeAmbiguous, r.Hangup(t.Context(), ""))
		require.Len(t, r.Snapshot().Calls, 2)

		second, _ := r.ring("offer")
		fails(t, phone.CodeAmbiguous, r.Answer(t.Context(), ""))
		fails(t, phone.CodeAmbiguous, r.Decline(t.Context(), ""))
		require.NoError(t, r.Decline(t.Context(), second))
		require.NoError(t, r.Answer(t.Context(), ""))
		fails(t, phone.CodeState, r.Decline(t.Context(), first))
		fails(t, phone.CodeNotFound, r.Decline(t.Context(), ""))
	})
}

func TestMuteBeforeMediaIsKept(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, _ := r.ring("offer")
		require.NoError(t, r.Mute(t.Context(), id, true))
		require.NoError(t, r.Answer(t.Context(), id))
		require.Equal(t, []string{"mute true", "answer offer"}, r.session().log)
		r.happened()
		require.NoError(t, r.Mute(t.Context(), id, true))
		require.Empty(t, r.happened(), "nothing changed")
		require.NoError(t, r.Mute(t.Context(), id, false))
		require.Equal(t, []phone.EventKind{phone.EventCallChanged}, r.kinds())
		require.False(t, r.call().Muted)
		require.Equal(t, []string{"mute true", "answer offer", "mute false"}, r.session().log)
	})
}

func TestDTMFBothWays(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, _, m := r.talk()
		for _, digits := range []string{"", "12E", "1 2", "+", "１"} {
			err := r.DTMF(t.Context(), id, digits)
			fails(t, phone.CodeInvalid, err)
			var e *phone.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, "digits", e.Field)
		}
		require.NoError(t, r.DTMF(t.Context(), id, "0*#9abCD"))
		require.Equal(t, "dtmf 0*#9ABCD", m.log[len(m.log)-1])
		r.happened()
		m.tell(phone.MediaDTMF{Digit: '#'})
		events := r.happened()
		require.Len(t, events, 1)
		require.Equal(t, phone.EventDTMF, events[0].Kind)
		require.Equal(t, "#", events[0].Text)
		require.Equal(t, id, events[0].Call.ID)
	})
}

func TestDTMFBeforeTheAnswerWhereThereIsSound(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, d, m := r.dial("1001")
		d.tell(phone.DialogProgress{Status: 183, Answer: []byte("menu")})
		synctest.Wait()
		fails(t, phone.CodeState, r.DTMF(t.Context(), id, "1"))
		m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Digits: true}})
		require.NoError(t, r.DTMF(t.Context(), id, "1"))
		require.Contains(t, m.log, "dtmf 1")
	})
}

func TestDTMFThatThePeerDoesNotTakeFails(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, _, m := r.talk()
		m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMU"}})
		synctest.Wait()
		err := r.DTMF(t.Context(), id, "1")
		fails(t, phone.CodeState, err)
		require.Equal(t, "The other side takes no digits in this call.", phone.Sentence(err))
		require.NotContains(t, m.log, "dtmf 1")
	})
}

func TestNoCommandHangs(t *testing.T) {
	commands := map[string]func(*rig, context.Context) error{
		"dial": func(r *rig, ctx context.Context) error {
			_, err := r.Dial(ctx, phone.CallRequest{Number: "1"})
			return err
		},
		"answer":  func(r *rig, ctx context.Context) error { return r.Answer(ctx, "") },
		"decline": func(r *rig, ctx context.Context) error { return r.Decline(ctx, "") },
		"hang up": func(r *rig, ctx context.Context) error { return r.Hangup(ctx, "") },
		"mute":    func(r *rig, ctx context.Context) error { return r.Mute(ctx, "", true) },
		"dtmf":    func(r *rig, ctx context.Context) error { return r.DTMF(ctx, "", "1") },
		"add": func(r *rig, ctx context.Context) error {
			return r.AddAccount(ctx, phone.Account{Address: "bob@pbx.example"}, phone.Secret{}, false)
		},
		"remove": func(r *rig, ctx context.Context) error { return r.RemoveAccount(ctx, alice) },
	}
	for name, command := range commands {
		t.Run(name, func(t *testing.T) {
			t.Run("after the end", func(t *testing.T) {
				run(t, func(t *testing.T, r *rig) {
					r.stop()
					r.happened()
					fails(t, phone.CodeNotRunning, command(r, t.Context()))
				})
			})
			t.Run("before the start", func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := context.WithTimeout(t.Context(), time.Second)
					defer cancel()
					fails(t, phone.CodeCancelled, command(newRig(t), ctx))
				})
			})
		})
	}
}
