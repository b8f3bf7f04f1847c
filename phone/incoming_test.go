package phone_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestIncomingCallFromInviteToItsEnd(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, d := r.ring("their offer")
		require.Equal(t, []string{"ring"}, d.log)
		require.Equal(t, []string{"ringtone true"}, r.heard())
		require.Equal(t, phone.Ringing, r.call().State)
		require.Equal(t, phone.In, r.call().Direction)
		require.Equal(t, "+44123", r.call().Number)
		require.Equal(t, "Bob", r.call().Name)
		require.Equal(t, alice, r.call().Account)
		require.Empty(t, r.media.sessions, "no sockets before the agent takes it")

		require.NoError(t, r.Answer(t.Context(), id))
		require.Equal(t, []string{"ringtone false"}, r.heard(), "at once, not when the media is ready")
		m := r.session()
		require.Equal(t, []string{"answer their offer"}, m.log)
		m.tell(phone.MediaAnswer{SDP: []byte("our answer"), Agreed: phone.Agreed{Codec: "PCMA"}})
		require.Equal(t, phone.Active, r.call().State)
		require.Equal(t, "PCMA", r.call().Codec)
		require.Equal(t, []string{"ring", "accept our answer"}, d.log)
		d.tell(phone.DialogConfirmed{})
		require.Equal(t, phone.Active, r.call().State)

		d.tell(phone.DialogEnded{Cause: phone.EndRemote})
		require.Equal(t, phone.Answered, r.over().Result)
		require.Equal(t, []string{"tone ended GB"}, r.heard())
		require.Equal(t, []string{"answer their offer", "close"}, m.log)
	})
}

func TestHiddenCallerHasNoNumber(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		d := &fakeDialog{}
		r.sip.Invited(phone.Incoming{Account: "a1", Dialog: d, Caller: phone.Caller{
			Hidden: true, Claims: []phone.Claim{{Source: "P-Asserted-Identity", Name: "Bob", User: "44123"}},
		}})
		call := r.call()
		require.Empty(t, call.Number)
		require.Empty(t, call.Name)
		require.Equal(t, "+44123", call.Caller.Claims[0].Number, "for screening")
	})
}

func TestInviteForAnAccountThatIsGoneIsRefused(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		d := &fakeDialog{}
		tell := r.sip.Invited(phone.Incoming{Account: "gone", Dialog: d})
		tell(phone.DialogEnded{Cause: phone.EndLocal})
		r.happened()
		require.Equal(t, []string{"reject 480"}, d.log)
		require.Empty(t, r.Snapshot().Calls)
		require.Empty(t, r.heard())
	})
}

func TestAnswerToAnInviteWithoutAnOffer(t *testing.T) {
	tests := map[string]struct {
		confirmed phone.DialogConfirmed
		media     phone.MediaEvent
		lives     bool
	}{
		"answered with the ACK":       {phone.DialogConfirmed{Answer: []byte("answer")}, phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMU"}}, true},
		"an answer nobody can read":   {phone.DialogConfirmed{Answer: []byte("odd")}, phone.MediaFailed{Err: &phone.Error{Code: phone.CodeMalformed}}, false},
		"no answer at all in the ACK": {phone.DialogConfirmed{}, nil, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, r *rig) {
				id, d := r.ring("")
				require.NoError(t, r.Answer(t.Context(), id))
				m := r.session()
				m.tell(phone.MediaOffer{SDP: []byte("our offer")})
				require.Equal(t, phone.Active, r.call().State)
				require.Equal(t, []string{"ring", "accept our offer"}, d.log)
				d.tell(test.confirmed)
				synctest.Wait()
				if test.media != nil {
					m.tell(test.media)
				}
				if !test.lives {
					require.NotEmpty(t, r.over().Reason)
					require.Equal(t, []string{"ring", "accept our offer", "end"}, d.log)
					return
				}
				require.Equal(t, "PCMU", r.call().Codec)
				require.Equal(t, []string{"offer hold=false", "accept  answer"}, m.log)
			})
		})
	}
}

func TestAnswerWithoutMediaRefusesTheInvite(t *testing.T) {
	for code, said := range map[phone.Code]string{
		phone.CodeNoCodec: "reject 488", phone.CodeMalformed: "reject 488", phone.CodeUnreachable: "reject 500",
	} {
		t.Run(string(code), func(t *testing.T) {
			run(t, func(t *testing.T, r *rig) {
				id, d := r.ring("odd")
				require.NoError(t, r.Answer(t.Context(), id))
				r.session().tell(phone.MediaFailed{Err: &phone.Error{Code: code}})
				require.Equal(t, phone.Faulty, r.over().Result)
				require.Equal(t, []string{"ring", said}, d.log)
			})
		})
	}
}

func TestIncomingCallThatIsNotAnswered(t *testing.T) {
	tests := map[string]struct {
		end    phone.DialogEnded
		result phone.Result
		reason string
	}{
		"given up":  {phone.DialogEnded{Cause: phone.EndCancelled}, phone.Missed, "The caller gave up."},
		"elsewhere": {phone.DialogEnded{Cause: phone.EndElsewhere, Status: 200}, phone.Elsewhere, "The call was answered on another phone."},
		"failed":    {phone.DialogEnded{Cause: phone.EndFailed}, phone.Missed, "There was no answer from the server."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, r *rig) {
				_, d := r.ring("offer")
				d.tell(test.end)
				over := r.over()
				require.Equal(t, test.result, over.Result)
				require.Equal(t, test.reason, over.Reason)
				require.Equal(t, []string{"ringtone true", "ringtone false"}, r.heard())
			})
		})
	}
}

func TestDeclineAndHangupRefuseACallThatRings(t *testing.T) {
	for name, refuse := range map[string]func(*rig) error{
		"decline": func(r *rig) error { return r.Decline(r.t.Context(), "") },
		"hang up": func(r *rig) error { return r.Hangup(r.t.Context(), "") },
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, r *rig) {
				_, d := r.ring("offer")
				require.NoError(t, refuse(r))
				over := r.over()
				require.Equal(t, phone.Declined, over.Result)
				require.Equal(t, "You declined the call.", over.Reason)
				require.Equal(t, []string{"ring", "end"}, d.log)
				require.Equal(t, []string{"ringtone true", "ringtone false"}, r.heard())
			})
		})
	}
}

// The agent answers while the CANCEL is on its way: no 200 has gone out, and so
// nobody has spoken.
func TestCallerWhoGaveUpDuringTheAnswerWasMissed(t *testing.T) {
	ends := map[string]struct {
		cause  phone.EndCause
		result phone.Result
	}{
		"given up": {phone.EndCancelled, phone.Missed}, "elsewhere": {phone.EndElsewhere, phone.Elsewhere},
	}
	for name, end := range ends {
		for when, mediaFirst := range map[string]bool{"before the media is ready": false, "after the 200 was asked for": true} {
			t.Run(name+" "+when, func(t *testing.T) {
				run(t, func(t *testing.T, r *rig) {
					id, d := r.ring("offer")
					require.NoError(t, r.Answer(t.Context(), id))
					fails(t, phone.CodeState, r.Answer(t.Context(), id))
					if mediaFirst {
						r.session().tell(phone.MediaAnswer{SDP: []byte("answer")})
						require.Equal(t, phone.Active, r.call().State)
					}
					d.tell(phone.DialogEnded{Cause: end.cause})
					over := r.over()
					require.Equal(t, end.result, over.Result)
					require.True(t, over.Answered.IsZero())
					r.session().tell(phone.MediaAnswer{SDP: []byte("late")})
					require.Empty(t, r.happened())
					require.NotContains(t, d.log, "accept late")
				})
			})
		}
	}
}

func TestSecondCallBeepsOnceAndRingsWhenTheFirstIsOver(t *testing.T) {
	stages := map[string]func(r *rig){
		"talking": func(r *rig) { r.talk() },
		"calling": func(r *rig) { r.dial("1001") },
		"ringing there": func(r *rig) {
			_, d, _ := r.dial("1001")
			d.tell(phone.DialogProgress{Status: 180})
		},
		"early": func(r *rig) {
			_, d, m := r.dial("1001")
			d.tell(phone.DialogProgress{Status: 183, Answer: []byte("early")})
			synctest.Wait()
			m.tell(phone.MediaAgreed{})
		},
	}
	for name, stage := range stages {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, r *rig) {
				stage(r)
				r.heard()
				_, second := r.ring("offer")
				require.Equal(t, []string{"ring"}, second.log)
				require.Equal(t, []string{"beep"}, r.heard())
				require.NoError(t, r.Hangup(t.Context(), r.Snapshot().Calls[0].ID))
				require.Contains(t, r.heard(), "ringtone true")
			})
		})
	}
}

func TestTwoCallersRingOnceAndUntilBothAreGone(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, first := r.ring("offer")
		_, second := r.ring("offer")
		require.Equal(t, []string{"ringtone true"}, r.heard())
		first.tell(phone.DialogEnded{Cause: phone.EndCancelled})
		require.Empty(t, r.heard())
		second.tell(phone.DialogEnded{Cause: phone.EndCancelled})
		require.Equal(t, []string{"ringtone false"}, r.heard())
	})
}

func TestAnsweringStopsTheToneOfTheCallBefore(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, _ := r.dial("1001")
		d.tell(phone.DialogEnded{Cause: phone.EndRejected, Status: 486})
		id, _ := r.ring("offer")
		require.NoError(t, r.Answer(t.Context(), id))
		r.session().tell(phone.MediaAnswer{SDP: []byte("answer")})
		require.Equal(t, []string{"tone", "tone busy GB", "ringtone true", "ringtone false", "tone"}, r.heard())
	})
}

func TestAnOfferThatCannotBeAnsweredDoesNotRing(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		d := &fakeDialog{}
		r.sip.Invited(phone.Incoming{Account: "a1", Dialog: d, Offer: []byte("no codec")})
		over := r.over()
		require.Equal(t, []string{"reject 488"}, d.log)
		require.Equal(t, phone.Missed, over.Result)
		require.Equal(t, "The other side speaks no codec that this phone knows.", over.Reason)
		require.Empty(t, r.heard())
		require.Equal(t, 1, strings.Count(r.log.String(), "call refused"), r.log.String())
	})
}

func TestAFloodOfCallsIsNotRungWithoutEnd(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		for range 64 {
			r.sip.Invited(phone.Incoming{Account: "a1", Dialog: &fakeDialog{}, Offer: []byte("offer")})
		}
		d := &fakeDialog{}
		r.sip.Invited(phone.Incoming{Account: "a1", Dialog: d, Offer: []byte("offer")})
		r.happened()
		require.Equal(t, []string{"reject 486"}, d.log)
		require.Len(t, r.Snapshot().Calls, 64)
	})
}
