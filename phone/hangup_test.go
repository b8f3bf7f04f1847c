package phone_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestHangUpAtEachStage(t *testing.T) {
	t.Run("before the INVITE", func(t *testing.T) {
		run(t, func(t *testing.T, r *rig) {
			id, err := r.Dial(t.Context(), phone.CallRequest{Number: "1001"})
			require.NoError(t, err)
			require.NoError(t, r.Hangup(t.Context(), id))
			r.session().tell(phone.MediaOffer{SDP: []byte("late")})
			require.Equal(t, phone.Cancelled, r.over().Result)
			require.Empty(t, r.sip.dialogs, "nobody is called any more")
			require.Equal(t, []string{"offer hold=false", "close"}, r.session().log)
		})
	})
	t.Run("while it rings there", func(t *testing.T) {
		run(t, func(t *testing.T, r *rig) {
			id, d, m := r.dial("1001")
			d.tell(phone.DialogProgress{Status: 180})
			r.heard()
			require.NoError(t, r.Hangup(t.Context(), id))
			over := r.over()
			require.Equal(t, phone.Cancelled, over.Result)
			require.Equal(t, "You ended the call.", over.Reason)
			require.Equal(t, []string{"tone"}, r.heard(), "no more ringback")
			require.Equal(t, []string{"end"}, d.log)

			// What was on its way changes nothing any more.
			d.tell(phone.DialogProgress{Status: 180})
			d.tell(phone.DialogAnswered{Fork: "a", Answer: []byte("late")})
			d.tell(phone.DialogEnded{Cause: phone.EndLocal})
			m.tell(phone.MediaAgreed{})
			m.tell(phone.MediaFailed{})
			m.tell(phone.MediaClosed{})
			require.Empty(t, r.happened())
			require.Empty(t, r.heard())
			require.Equal(t, []string{"end"}, d.log)
		})
	})
	t.Run("in talk", func(t *testing.T) {
		run(t, func(t *testing.T, r *rig) {
			id, d, m := r.talk()
			require.NoError(t, r.Hangup(t.Context(), id))
			over := r.over()
			require.Equal(t, phone.Answered, over.Result)
			require.Equal(t, []string{"end"}, d.log)
			require.Equal(t, "close", m.log[len(m.log)-1])
			fails(t, phone.CodeNotFound, r.Hangup(t.Context(), id))
		})
	})
}

func TestAnswerWithoutSDP(t *testing.T) {
	t.Run("ends a call that has no media", func(t *testing.T) {
		run(t, func(t *testing.T, r *rig) {
			_, d, _ := r.dial("1001")
			d.tell(phone.DialogAnswered{Fork: "a"})
			over := r.over()
			require.Equal(t, phone.Faulty, over.Result)
			require.Equal(t, "The other side answered without saying how to send it sound.", over.Reason)
			require.Equal(t, []string{"end"}, d.log)
		})
	})
	t.Run("goes on with early media", func(t *testing.T) {
		run(t, func(t *testing.T, r *rig) {
			_, d, m := r.dial("1001")
			d.tell(phone.DialogProgress{Status: 183, Fork: "a", Answer: []byte("early")})
			synctest.Wait()
			m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMU"}})
			d.tell(phone.DialogAnswered{Fork: "a"})
			require.Equal(t, phone.Active, r.call().State)
			require.Equal(t, "PCMU", r.call().Codec)
		})
	})
	t.Run("goes on with early media that is still being read", func(t *testing.T) {
		run(t, func(t *testing.T, r *rig) {
			_, d, m := r.dial("1001")
			d.tell(phone.DialogProgress{Status: 183, Fork: "a", Answer: []byte("early")})
			d.tell(phone.DialogAnswered{Fork: "a"})
			synctest.Wait()
			m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMU"}})
			require.Equal(t, phone.Active, r.call().State)
			require.Empty(t, d.log)
		})
	})
}

func TestMediaThatFailsEndsTheCall(t *testing.T) {
	noCodec := phone.MediaFailed{Err: &phone.Error{Code: phone.CodeNoCodec, Op: "read answer"}}
	t.Run("before the INVITE", func(t *testing.T) {
		run(t, func(t *testing.T, r *rig) {
			_, err := r.Dial(t.Context(), phone.CallRequest{Number: "1001"})
			require.NoError(t, err)
			r.session().tell(phone.MediaFailed{Err: &phone.Error{Code: phone.CodeInternal}})
			require.Equal(t, phone.Faulty, r.over().Result)
			require.Empty(t, r.sip.dialogs)
		})
	})
	t.Run("after the answer", func(t *testing.T) {
		run(t, func(t *testing.T, r *rig) {
			_, d, m := r.dial("1001")
			d.tell(phone.DialogAnswered{Fork: "a", Answer: []byte("odd")})
			synctest.Wait()
			m.tell(noCodec)
			over := r.over()
			require.Equal(t, phone.Faulty, over.Result, "nothing was ever heard")
			require.Equal(t, "The other side speaks no codec that this phone knows.", over.Reason)
			require.Equal(t, []string{"end"}, d.log)
		})
	})
}
