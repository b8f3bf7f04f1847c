package phone_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/phone"
)

// happening is one thing that the agent, a peer or the media does to the newest
// or the oldest call.
type happening func(r *rig, newest bool)

// pick returns the first or the last, nil where there is none.
func pick[T any](list []*T, last bool) *T {
	switch {
	case len(list) == 0:
		return nil
	case last:
		return list[len(list)-1]
	}
	return list[0]
}

// ofDialog has a dialog tell e, where its side of the INVITE can.
func ofDialog(e phone.DialogEvent) happening {
	callee, caller := false, false
	switch e := e.(type) {
	case phone.DialogProgress, phone.DialogAnswered:
		caller = true
	case phone.DialogConfirmed:
		callee = true
	case phone.DialogEnded:
		caller, callee = e.Cause == phone.EndRejected, e.Cause == phone.EndCancelled
	}
	return func(r *rig, newest bool) {
		if d := pick(r.sip.all(), newest); d != nil && !(callee && !d.in) && !(caller && d.in) {
			d.tell(e)
		}
	}
}

func ofMedia(e phone.MediaEvent) happening {
	return func(r *rig, newest bool) {
		if m := pick(r.media.all(), newest); m != nil {
			m.tell(e)
		}
	}
}

func ofAgent(do func(r *rig, id phone.CallID) error) happening {
	return func(r *rig, newest bool) {
		calls := r.Snapshot().Calls
		id := phone.CallID("")
		if len(calls) > 0 && newest {
			id = calls[len(calls)-1].ID
		}
		_ = do(r, id) // refused where it does not fit
	}
}

var happenings = []happening{
	ofAgent(func(r *rig, _ phone.CallID) error {
		_, err := r.Dial(r.t.Context(), phone.CallRequest{Number: "1001"})
		return err
	}),
	ofAgent(func(r *rig, id phone.CallID) error { return r.Answer(r.t.Context(), id) }),
	ofAgent(func(r *rig, id phone.CallID) error { return r.Decline(r.t.Context(), id) }),
	ofAgent(func(r *rig, id phone.CallID) error { return r.Hangup(r.t.Context(), id) }),
	ofAgent(func(r *rig, id phone.CallID) error { return r.Mute(r.t.Context(), id, true) }),
	ofAgent(func(r *rig, id phone.CallID) error { return r.DTMF(r.t.Context(), id, "5") }),
	func(r *rig, newest bool) {
		d := &fakeDialog{in: true}
		in := phone.Incoming{Account: "a1", Dialog: d}
		if newest {
			in.Offer = []byte("offer")
		}
		d.tell = r.sip.Invited(in)
		r.sip.add(d)
	},
	ofDialog(phone.DialogProgress{Status: 180}),
	ofDialog(phone.DialogProgress{Status: 183, Fork: "a", Answer: []byte("early")}),
	ofDialog(phone.DialogAnswered{Fork: "b", Answer: []byte("answer")}),
	ofDialog(phone.DialogAnswered{Fork: "b"}),
	ofDialog(phone.DialogEnded{Cause: phone.EndRejected, Status: 302, Redirect: []string{"sip:carol@x"}}),
	ofDialog(phone.DialogEnded{Cause: phone.EndRejected, Status: 486}),
	ofDialog(phone.DialogEnded{Cause: phone.EndCancelled}),
	ofDialog(phone.DialogEnded{Cause: phone.EndRemote}),
	ofDialog(phone.DialogOffered{Offer: []byte("again")}),
	ofDialog(phone.DialogOffered{}),
	ofDialog(phone.DialogConfirmed{}),
	ofMedia(phone.MediaStalled{Silence: time.Minute, Final: true}),
	ofMedia(phone.MediaClosed{}),
}

// Whatever comes in whatever order: a call starts and ends once, nothing sounds
// when no call is left, and all media is closed.
func TestAnythingInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		steps := rapid.SliceOfN(rapid.IntRange(0, 4*len(happenings)-1), 10, 80).Draw(rt, "steps")
		unlucky := rapid.IntRange(2, 9).Draw(rt, "which request of the media fails")
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			requests := 0
			r.media.reply = func(usual phone.MediaEvent) phone.MediaEvent {
				if requests++; requests%unlucky == 0 {
					return phone.MediaFailed{Err: &phone.Error{Code: phone.CodeNoCodec}}
				}
				return usual
			}
			r.start()
			var events []phone.Event
			for _, step := range steps {
				happenings[step/4](r, step%4 != 0)
				if step%2 == 0 { // else the next comes before this is done
					events = append(events, r.happened()...)
				}
			}
			events = append(events, r.happened()...)
			r.stop()
			events = append(events, r.happened()...)
			require.NoError(t, <-r.ended)
			consistent(t, events, fmt.Sprint(steps))
			silent(t, r, fmt.Sprint(steps))
		})
	})
}

// consistent checks the life of each call in the events.
func consistent(t *testing.T, events []phone.Event, steps string) {
	alive, seen := map[phone.CallID]bool{}, map[phone.CallID]bool{}
	for i, e := range events {
		if i > 0 {
			require.Equal(t, events[i-1].Seq+1, e.Seq, steps)
		}
		switch {
		case e.Call == nil:
			continue
		case e.Kind == phone.EventCallStarted:
			require.False(t, seen[e.Call.ID], steps)
			alive[e.Call.ID], seen[e.Call.ID] = true, true
		case e.Kind == phone.EventCallEnded:
			require.NotEmpty(t, e.Call.Result, steps)
			require.NotEmpty(t, e.Call.Reason, steps)
			if !e.Call.Answered.IsZero() {
				require.Equal(t, phone.Answered, e.Call.Result, steps)
			}
			require.True(t, alive[e.Call.ID], steps)
			delete(alive, e.Call.ID)
		default:
			require.True(t, alive[e.Call.ID], steps)
			require.NotEqual(t, phone.Ended, e.Call.State, steps)
		}
	}
	require.Empty(t, alive, steps)
}

// silent checks that nothing was left behind.
func silent(t *testing.T, r *rig, steps string) {
	require.Empty(t, r.Snapshot().Calls, steps)
	ringing, ringback := false, false
	for _, heard := range r.sound.log {
		switch heard {
		case "ringtone true", "ringtone false":
			require.NotEqual(t, ringing, heard == "ringtone true", steps)
			ringing = heard == "ringtone true"
		case "beep":
		default:
			ringback = heard == "tone ringback GB"
		}
	}
	require.False(t, ringing, steps)
	require.False(t, ringback, steps)
	for _, m := range r.media.sessions {
		require.Equal(t, "close", m.log[len(m.log)-1], steps)
	}
	for _, d := range r.sip.dialogs {
		accepted := 0
		for _, asked := range d.log {
			if len(asked) > 6 && asked[:6] == "accept" {
				accepted++
			}
		}
		require.LessOrEqual(t, accepted, 1, steps)
	}
}
