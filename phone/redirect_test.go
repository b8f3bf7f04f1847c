package phone_test

import (
	"strconv"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestRedirectsAreFollowedThroughTheChecksOfADial(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, m := r.dial("1001")
		d.tell(phone.DialogProgress{Status: 180})
		r.heard()
		d.tell(phone.DialogEnded{Cause: phone.EndRejected, Status: 302, Redirect: []string{"sip:bad@x", "sip:carol@x.example"}})
		require.Equal(t, phone.Calling, r.call().State)
		require.Equal(t, []string{"tone"}, r.heard(), "ringback stops: nobody rings yet")
		require.Equal(t, []string{"1001", "sip:bad@x", "sip:carol@x.example"}, r.numbers.typed)
		require.Len(t, r.sip.dialogs, 2)
		second := r.sip.dialogs[1]
		require.Equal(t, "sip:carol@x.example", second.target.URI)
		require.Equal(t, "our offer", second.offer)
		second.tell(phone.DialogAnswered{Fork: "z", Answer: []byte("answer")})
		synctest.Wait()
		m.tell(phone.MediaAgreed{})
		require.Equal(t, phone.Active, r.call().State)
		require.NoError(t, r.Hangup(t.Context(), ""))
		require.Equal(t, []string{"end"}, second.log)
		require.Empty(t, d.log)
	})
}

func TestTheNextAddressOfARedirectIsCalledWhereOneFails(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, _ := r.dial("1001")
		fails := func(i, status int, redirect ...string) {
			r.sip.dialogs[i].tell(phone.DialogEnded{Cause: phone.EndRejected, Status: status, Redirect: redirect})
			synctest.Wait()
		}
		d.tell(phone.DialogEnded{Cause: phone.EndRejected, Status: 302, Redirect: []string{"sip:a@x", "sip:b@x", "sip:c@x", "sip:d@x"}})
		synctest.Wait()
		r.sip.dialogs[1].tell(phone.DialogEnded{Cause: phone.EndFailed, Status: 408})
		synctest.Wait()
		fails(2, 302, "sip:a@x", "sip:e@x") // one that was called is not called again
		fails(3, 486)
		fails(4, 603) // nobody wants it anywhere: d is not called
		var called []string
		for _, dialog := range r.sip.dialogs[1:] {
			called = append(called, dialog.target.URI)
		}
		require.Equal(t, []string{"sip:a@x", "sip:b@x", "sip:e@x", "sip:c@x"}, called)
		require.Equal(t, phone.Declined, r.over().Result)
	})
}

func TestACallThatWasHungUpTriesNoOtherAddress(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, _ := r.dial("1001")
		d.tell(phone.DialogEnded{Cause: phone.EndRejected, Status: 302, Redirect: []string{"sip:a@x", "sip:b@x"}})
		synctest.Wait()
		require.NoError(t, r.Hangup(t.Context(), ""))
		r.sip.dialogs[1].tell(phone.DialogEnded{Cause: phone.EndRejected, Status: 487})
		synctest.Wait()
		require.Len(t, r.sip.dialogs, 2)
		require.Empty(t, r.Snapshot().Calls)
	})
}

func TestRedirectsAreFollowedFiveTimes(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.dial("1001")
		r.heard()
		for i := range phone.MaxRedirects + 1 {
			require.Len(t, r.sip.dialogs, i+1)
			r.sip.dialogs[i].tell(phone.DialogEnded{Cause: phone.EndRejected, Status: 302, Text: "Moved", Redirect: []string{"sip:" + strconv.Itoa(i) + "@x"}})
			synctest.Wait()
		}
		require.Len(t, r.sip.dialogs, phone.MaxRedirects+1)
		over := r.over()
		require.Equal(t, phone.Faulty, over.Result)
		require.Equal(t, "The call was sent on too many times.", over.Reason)
		require.Equal(t, 302, over.SIPStatus)
		require.Equal(t, []string{"tone ended GB"}, r.heard())
	})
}

func TestARedirectToWhatCannotBeCalledEndsTheCall(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, _ := r.dial("1001")
		d.tell(phone.DialogProgress{Status: 180})
		d.tell(phone.DialogEnded{Cause: phone.EndRejected, Status: 302, Redirect: []string{"tel:bad"}})
		over := r.over()
		require.Equal(t, phone.Faulty, over.Result)
		require.Equal(t, "The call was sent on to an address that cannot be called.", over.Reason)
		require.Equal(t, 302, over.SIPStatus)
	})
}

func TestARedirectForgetsEarlyMediaOfTheFirstTarget(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, m := r.dial("1001")
		d.tell(phone.DialogProgress{Status: 183, Fork: "a", Answer: []byte("announcement")})
		synctest.Wait()
		m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMU"}})
		synctest.Wait()
		d.tell(phone.DialogEnded{Cause: phone.EndRejected, Status: 302, Redirect: []string{"sip:carol@x"}})
		require.Equal(t, phone.Calling, r.call().State)
		second := r.sip.dialogs[1]
		second.tell(phone.DialogProgress{Status: 180})
		require.Equal(t, phone.Ringing, r.call().State)
		second.tell(phone.DialogAnswered{Fork: "b"})
		require.Equal(t, phone.Faulty, r.over().Result)
		require.Equal(t, []string{"end"}, second.log)
	})
}
