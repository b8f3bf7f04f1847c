package phone_test

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestOutgoingCallFromDialToItsEnd(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, err := r.Dial(t.Context(), phone.CallRequest{Number: "1001"})
		require.NoError(t, err)
		require.Equal(t, id, r.call().ID)
		require.Equal(t, phone.Calling, r.call().State)
		require.Equal(t, alice, r.call().Account)
		require.Equal(t, "1001", r.call().Number)
		m := r.session()
		require.Equal(t, []string{"offer hold=false"}, m.log)
		require.Equal(t, "192.0.2.1", m.spec.LocalIP)

		m.tell(phone.MediaOffer{SDP: []byte("our offer")})
		synctest.Wait()
		d := r.sip.dialogs[0]
		require.Equal(t, "sip:1001@pbx.example", d.target.URI)
		require.Equal(t, "our offer", d.offer)
		require.Equal(t, []string{"tone"}, r.heard())

		d.tell(phone.DialogProgress{Status: 180, Fork: "a"})
		require.Equal(t, phone.Ringing, r.call().State)
		require.Equal(t, []string{"tone ringback GB"}, r.heard())

		d.tell(phone.DialogProgress{Status: 183, Fork: "a", Answer: []byte("early answer")})
		synctest.Wait()
		m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMA"}})
		require.Equal(t, phone.Early, r.call().State)
		require.Zero(t, m.answered)
		require.Equal(t, []string{"tone"}, r.heard())

		time.Sleep(3 * time.Second)
		d.tell(phone.DialogAnswered{Fork: "a", Answer: []byte("their answer")})
		synctest.Wait()
		m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMU"}})
		require.Equal(t, phone.Active, r.call().State)
		require.Equal(t, "PCMU", r.call().Codec)
		require.Equal(t, 3*time.Second, r.call().Answered.Sub(r.call().Started))
		require.Empty(t, r.heard())

		quality := phone.Quality{Loss: 0.5, Jitter: time.Millisecond}
		m.tell(phone.MediaQuality{Quality: quality})
		require.Equal(t, quality, r.call().Quality)

		time.Sleep(time.Minute)
		d.tell(phone.DialogEnded{Cause: phone.EndRemote})
		over := r.over()
		require.Equal(t, phone.Answered, over.Result)
		require.Equal(t, time.Minute, over.Ended.Sub(over.Answered))
		require.Equal(t, "The other side ended the call.", over.Reason)
		require.Equal(t, []string{"tone ended GB"}, r.heard())
		require.Equal(t, []string{"offer hold=false", "accept a early answer", "accept a their answer", "close"}, m.log)
		require.Equal(t, 1, m.answered, "silence before does not count")
		require.Empty(t, d.log)
	})
}

func TestAnyNumberOfProvisionalAnswers(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, m := r.dial("1001")
		r.happened()
		for i := range 200 {
			d.tell(phone.DialogProgress{Status: 180 + i%3, Fork: strconv.Itoa(i % 7)})
		}
		require.Equal(t, []phone.EventKind{phone.EventCallChanged}, r.kinds())
		require.Equal(t, phone.Ringing, r.call().State)
		d.tell(phone.DialogAnswered{Fork: "3", Answer: []byte("answer")})
		synctest.Wait()
		m.tell(phone.MediaAgreed{})
		require.Equal(t, phone.Active, r.call().State)
	})
}

func TestForksAnswerOneOfferAndTheFirst2xxPlays(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, m := r.dial("1001")
		d.tell(phone.DialogProgress{Status: 183, Fork: "a", Answer: []byte("A")})
		d.tell(phone.DialogProgress{Status: 183, Fork: "b", Answer: []byte("B")})
		d.tell(phone.DialogAnswered{Fork: "b", Answer: []byte("B2")})
		d.tell(phone.DialogProgress{Status: 183, Fork: "a", Answer: []byte("too late")})
		synctest.Wait()
		require.Equal(t, []string{"offer hold=false", "accept a A", "accept b B", "accept b B2"}, m.log)
		for _, codec := range []string{"PCMU", "PCMU", "PCMA"} {
			m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Codec: codec}})
		}
		require.Equal(t, phone.Active, r.call().State)
		require.Equal(t, "PCMA", r.call().Codec)
	})
}

func TestEarlyMediaThatIsNotUnderstoodDoesNotEndTheCall(t *testing.T) {
	for name, answeredFirst := range map[string]bool{"before the answer": false, "while the answer is read": true} {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, r *rig) {
				_, d, m := r.dial("1001")
				d.tell(phone.DialogProgress{Status: 183, Fork: "a", Answer: []byte("nonsense")})
				synctest.Wait()
				failed := phone.MediaFailed{Err: &phone.Error{Code: phone.CodeMalformed}}
				if !answeredFirst {
					m.tell(failed)
					require.Equal(t, phone.Calling, r.call().State)
				}
				d.tell(phone.DialogAnswered{Fork: "a", Answer: []byte("answer")})
				synctest.Wait()
				if answeredFirst {
					m.tell(failed)
				}
				m.tell(phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMU"}})
				require.Equal(t, phone.Active, r.call().State)
				require.Equal(t, "PCMU", r.call().Codec)
				require.Empty(t, d.log)
			})
		})
	}
}

func TestRefusedCallsAreSaidInWords(t *testing.T) {
	tests := map[string]struct {
		end    phone.DialogEnded
		result phone.Result
		reason string
		tone   string
	}{
		"busy":        {phone.DialogEnded{Cause: phone.EndRejected, Status: 486, Text: "Busy Here"}, phone.Busy, "The line is busy.", "busy"},
		"busy all":    {phone.DialogEnded{Cause: phone.EndRejected, Status: 600}, phone.Busy, "The line is busy.", "busy"},
		"declined":    {phone.DialogEnded{Cause: phone.EndRejected, Status: 603}, phone.Declined, "The call was declined.", "ended"},
		"no number":   {phone.DialogEnded{Cause: phone.EndRejected, Status: 404}, phone.Faulty, "This number does not exist.", "ended"},
		"unknown 4xx": {phone.DialogEnded{Cause: phone.EndRejected, Status: 499}, phone.Faulty, "The call was refused (499).", "ended"},
		"unknown 5xx": {phone.DialogEnded{Cause: phone.EndRejected, Status: 599}, phone.Faulty, "The server had an error (599). Try again later.", "ended"},
		"unknown 6xx": {phone.DialogEnded{Cause: phone.EndRejected, Status: 699}, phone.Faulty, "The call was declined (699).", "ended"},
		"3xx without an address": {
			phone.DialogEnded{Cause: phone.EndRejected, Status: 302},
			phone.Faulty, "The call was sent on to an address that cannot be called.", "ended",
		},
		"nothing came back": {
			phone.DialogEnded{Cause: phone.EndFailed, Err: &phone.Error{Code: phone.CodeNoAnswer, Op: "call"}},
			phone.Faulty, "No answer from the server. Check the network; it is tried again by itself.", "ended",
		},
		"nothing known": {phone.DialogEnded{Cause: phone.EndFailed}, phone.Faulty, "There was no answer from the server.", "ended"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, r *rig) {
				_, d, m := r.dial("1001")
				d.tell(phone.DialogProgress{Status: 180})
				r.heard()
				d.tell(test.end)
				over := r.over()
				require.Equal(t, test.result, over.Result)
				require.Equal(t, test.reason, over.Reason)
				require.Equal(t, test.end.Status, over.SIPStatus)
				require.Equal(t, test.end.Text, over.SIPText)
				require.True(t, over.Answered.IsZero())
				require.Equal(t, []string{"tone " + test.tone + " GB"}, r.heard())
				require.Equal(t, "close", m.log[len(m.log)-1])
			})
		})
	}
}

func TestDialRefusesWhatCannotBe(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, err := r.Dial(t.Context(), phone.CallRequest{Number: "bad"})
		fails(t, phone.CodeInvalid, err)
		_, err = r.Dial(t.Context(), phone.CallRequest{Number: "1001", Account: "nobody@pbx.example"})
		fails(t, phone.CodeNotFound, err)
		r.sip.AccountChanged("a1", phone.Failed, &phone.Error{Code: phone.CodeNoServer})
		r.sip.localIP = ""
		_, err = r.Dial(t.Context(), phone.CallRequest{Number: "1001", Account: "SIP:alice@PBX.example"})
		fails(t, phone.CodeState, err)
		require.Contains(t, err.Error(), "Server not found")
		require.Empty(t, r.Snapshot().Calls)
		require.Empty(t, r.media.sessions)
	})
}
