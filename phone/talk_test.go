package phone_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestThePeerHoldsAndTakesBack(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, m := r.talk()
		r.happened()
		d.tell(phone.DialogOffered{Offer: []byte("hold")})
		synctest.Wait()
		m.tell(phone.MediaAnswer{SDP: []byte("held"), Agreed: phone.Agreed{Codec: "PCMU", RemoteHold: true}})
		require.Equal(t, phone.Held, r.call().State)
		require.Equal(t, []phone.EventKind{phone.EventCallChanged}, r.kinds())

		d.tell(phone.DialogOffered{Offer: []byte("back")})
		synctest.Wait()
		m.tell(phone.MediaAnswer{SDP: []byte("on"), Agreed: phone.Agreed{Codec: "PCMA"}})
		require.Equal(t, phone.Active, r.call().State)
		require.Equal(t, "PCMA", r.call().Codec)
		require.Equal(t, []string{"reply held", "reply on"}, d.log)
		require.Equal(t, []phone.EventKind{phone.EventCallChanged}, r.kinds(), "state and codec in one")
	})
}

func TestAnOfferThatCannotBeAnsweredIsRefusedAndTheCallGoesOn(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, m := r.talk()
		r.happened()
		d.tell(phone.DialogOffered{Offer: []byte("video only")})
		synctest.Wait()
		m.tell(phone.MediaFailed{Err: &phone.Error{Code: phone.CodeNoCodec}})
		require.Equal(t, phone.Active, r.call().State)
		require.Equal(t, []string{"reply with a refusal"}, d.log)
		require.Empty(t, r.happened())
	})
}

func TestReinviteWithoutAnOffer(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, m := r.talk()
		d.tell(phone.DialogOffered{})
		synctest.Wait()
		m.tell(phone.MediaOffer{SDP: []byte("our offer again")})
		synctest.Wait()
		require.Equal(t, []string{"reply our offer again"}, d.log)
		d.tell(phone.DialogReanswered{Answer: []byte("answer")})
		synctest.Wait()
		m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMA", RemoteHold: true}})
		require.Equal(t, phone.Held, r.call().State)
		d.tell(phone.DialogReofferFailed{Status: 488})
		require.Equal(t, phone.Held, r.call().State)
	})
}

func TestAnOfferBeforeTheAgentTookTheCallIsRefused(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d := r.ring("offer")
		d.tell(phone.DialogOffered{Offer: []byte("another")})
		require.Equal(t, phone.Ringing, r.call().State)
		require.Equal(t, []string{"ring", "reply with a refusal"}, d.log)
	})
}

func TestSilenceEndsACallButNotOneThatIsHeld(t *testing.T) {
	for name, held := range map[string]bool{"active": false, "held": true} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, r *rig) {
				_, d, m := r.talk()
				if held {
					d.tell(phone.DialogOffered{Offer: []byte("hold")})
					synctest.Wait()
					m.tell(phone.MediaAnswer{SDP: []byte("held"), Agreed: phone.Agreed{RemoteHold: true}})
				}
				r.happened()
				m.tell(phone.MediaStalled{Silence: 15 * time.Second})
				m.tell(phone.MediaResumed{})
				require.Equal(t, []phone.EventKind{phone.EventMediaStalled, phone.EventMediaResumed}, r.kinds())

				m.tell(phone.MediaStalled{Silence: time.Minute, Final: true})
				if held {
					require.Equal(t, phone.Held, r.call().State)
					return
				}
				over := r.over()
				require.Equal(t, phone.Answered, over.Result)
				require.Equal(t, "No sound has come from the other side for 60 seconds. The call was ended.", over.Reason)
				require.Equal(t, "end", d.log[len(d.log)-1])
			})
		})
	}
}

func TestUnaskedOfferInvitesNobody(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, m := r.talk()
		m.tell(phone.MediaOffer{SDP: []byte("unasked")})
		require.Equal(t, phone.Active, r.call().State)
		require.Len(t, r.sip.dialogs, 1)
		require.Empty(t, d.log)
	})
}
