package phone_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// comes has somebody call, and tells what became of it at once.
func (r *rig) comes() *fakeDialog {
	r.t.Helper()
	d := &fakeDialog{}
	d.tell = r.sip.Invited(phone.Incoming{
		Account: "a1", Dialog: d, Called: "alice", Offer: []byte("their offer"),
		Caller: phone.Caller{Claims: []phone.Claim{{Source: "From", Name: "Bob", User: "44123", Host: "pbx.example"}}},
	})
	synctest.Wait()
	return d
}

func TestPresenceDecidesWhatRings(t *testing.T) {
	for name, test := range map[string]struct {
		presence phone.Presence
		after    time.Duration
		set      func(*phone.MachineSettings)
		want     string // rings, machine, or the status
	}{
		"available":                    {phone.Available, phone.UsualAfter, nil, "rings"},
		"away rings":                   {phone.Away, phone.UsualAfter, nil, "rings"},
		"away as set":                  {phone.Away, phone.UsualAfter, func(s *phone.MachineSettings) { s.Away = true }, "machine"},
		"away, machine off":            {phone.Away, 0, func(s *phone.MachineSettings) { s.Away = true }, "rings"},
		"do not disturb":               {phone.DoNotDisturb, phone.UsualAfter, nil, "machine"},
		"do not disturb, machine off":  {phone.DoNotDisturb, 0, nil, "reject 486"},
		"do not disturb, as set":       {phone.DoNotDisturb, phone.UsualAfter, func(s *phone.MachineSettings) { s.DoNotDisturb = false }, "reject 486"},
		"talking is for those who are": {phone.Available, phone.UsualAfter, func(s *phone.MachineSettings) { s.Talking = true }, "rings"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.store.accounts[0].Voicemail.After = test.after
				r.start()
				if test.set != nil {
					s, err := r.MachineSettings(t.Context())
					require.NoError(t, err)
					test.set(&s)
					require.NoError(t, r.SetMachineSettings(t.Context(), s))
				}
				require.NoError(t, r.SetPresence(t.Context(), test.presence))
				r.heard()
				d := r.comes()
				switch test.want {
				case "rings":
					require.Equal(t, []string{"ring"}, d.log)
					require.Contains(t, r.heard(), "ringtone true")
				case "machine":
					m := r.takes(d)
					require.Equal(t, []string{"accept our answer"}, d.log, "it rang before")
					require.NotNil(t, m.machine)
					require.Empty(t, r.heard())
					d.tell(phone.DialogEnded{Cause: phone.EndRemote})
					require.Equal(t, phone.Missed, r.over().Result)
				default:
					require.Equal(t, []string{test.want}, d.log)
					require.Empty(t, r.heard())
					require.Equal(t, "Do not disturb was on.", r.over().Reason)
				}
				r.close()
			})
		})
	}
}

func TestWhoCallsAnAgentThatTalksLeavesAMessageAsSet(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		s, err := r.MachineSettings(t.Context())
		require.NoError(t, err)
		s.Talking = true
		require.NoError(t, r.SetMachineSettings(t.Context(), s))
		_, talk, _ := r.talk()
		r.heard()
		d := r.comes()
		r.takes(d)
		require.Empty(t, r.heard(), "the agent hears nothing of it")
		require.Len(t, r.Snapshot().Calls, 1)
		talk.tell(phone.DialogEnded{Cause: phone.EndRemote})
		d.tell(phone.DialogEnded{Cause: phone.EndRemote})
	})
}

func TestPresenceIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.store.settings["presence"] = "away"
		r.files.greetings[phone.GreetingAway] = phone.Samples{Rate: 8000, Data: []int16{9}}
		r.start()
		require.Equal(t, phone.Away, r.Snapshot().Presence)
		fails(t, phone.CodeInvalid, r.SetPresence(t.Context(), "asleep"))
		id, d := r.ring("their offer")
		require.NoError(t, r.ToVoicemail(t.Context(), id))
		require.Equal(t, []int16{9}, r.takes(d).machine.Greeting.Data, "the greeting of who is away")
		require.NoError(t, r.SetPresence(t.Context(), phone.Available))
		require.Equal(t, "available", r.store.settings["presence"])
		r.close()
	})
}

func TestAfterAnEmergencyCallEverythingRings(t *testing.T) {
	g := newGuardedOf(t, "GB", phone.AccountVoicemail{After: phone.UsualAfter})
	require.NoError(t, g.SetPresence(t.Context(), phone.DoNotDisturb))
	ringing := func() bool {
		d := g.called(from("+442079460018"))
		rang := len(d.log) > 0 && d.log[0] == "ring"
		d.tell(phone.DialogEnded{Cause: phone.EndCancelled})
		g.settled()
		return rang
	}
	require.False(t, ringing())
	id, err := g.Dial(t.Context(), phone.CallRequest{Number: "112"})
	require.NoError(t, err)
	require.NoError(t, g.Hangup(t.Context(), id))
	require.True(t, ringing(), "it may be the call back")
}

func TestWhoCallsAnAgentThatTalksRings(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		_, talk, _ := r.talk()
		d := r.comes()
		require.Equal(t, []string{"ring"}, d.log, "unless it is set otherwise")
		talk.tell(phone.DialogEnded{Cause: phone.EndRemote})
		d.tell(phone.DialogEnded{Cause: phone.EndCancelled})
	})
}
