package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestRinging(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Show(snapshot(caller("c2"), caller("c3")))
	r := m.Ringing
	require.Equal(t, phone.CallID("c2"), r.ID)
	require.Equal(t, "Jo Lee", r.Party.Title)
	require.Equal(t, "sales", r.Called)
	require.Equal(t, alice, r.Account)
	require.Equal(t, 1, r.Others)
	require.False(t, r.Busy)

	r.Decline()
	r.Decline()
	m.Show(snapshot(caller("c2"), caller("c3")))
	require.Equal(t, phone.CallID("c3"), r.ID, "the next one, before the phone has done it")
	r.Answer()
	q.run()
	require.Equal(t, []string{"decline c2", "answer c3"}, f.log)
	m.Show(snapshot())
	require.Empty(t, r.ID)
	r.Answer()
	q.run()
	require.Len(t, f.log, 2)
}

func TestAnAnswerEndsTheCallThatIsUp(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Show(snapshot(talking(time.Minute), caller("c2")))
	require.True(t, m.Ringing.Busy)
	m.Ringing.Answer()
	q.run()
	require.Equal(t, []string{"hangup c1", "answer c2"}, f.log)
}

func TestAnAnswerThatFailsIsTold(t *testing.T) {
	f := &fakePhone{err: &phone.Error{Code: phone.CodeInternal}}
	m, q := newMain(f)
	m.Show(snapshot(caller("c2")))
	m.Ringing.Answer()
	q.run()
	require.Contains(t, m.Ringing.Notice, "Something went wrong")
	f.err = nil
	m.Ringing.Answer()
	q.run()
	require.Equal(t, []string{"answer c2", "answer c2"}, f.log)
}

func TestWhoElseTheCallerMayBe(t *testing.T) {
	m, _ := newMain(&fakePhone{})
	from := phone.Claim{Source: "From", User: "1001", Number: "1001"}
	asserted := phone.Claim{Source: "P-Asserted-Identity", User: "+442079460018", Number: "+442079460018"}
	forged := asserted
	forged.Unverified = true
	for _, tt := range []struct {
		name   string
		claims []phone.Claim
		doubt  string
		forged bool
	}{
		{"one identity", []phone.Claim{from}, "", false},
		{"the same twice", []phone.Claim{{Source: "From", User: "02079460018", Number: "+442079460018"}, asserted}, "", false},
		{"two", []phone.Claim{from, asserted}, "also claims 1001", false},
		{"a From that says nobody", []phone.Claim{{Source: "From", User: "anonymous", Host: "anonymous.invalid", Number: "anonymous"}, asserted}, "", false},
		{"one that the network found false", []phone.Claim{from, forged}, "Caller not verified", true},
		{"one that was sent on", []phone.Claim{from, {Source: "Diversion", User: "1009", Number: "1009"}}, "sent on by 1009", false},
		{"a From found false where the server asserts another", []phone.Claim{{Source: "From", User: "1001", Number: "1001", Unverified: true}, asserted}, "also claims 1001", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m.Show(snapshot())
			m.Show(snapshot(phone.Call{
				ID: phone.CallID(tt.name), Direction: phone.In, State: phone.Ringing, Caller: phone.Caller{Claims: tt.claims},
				Contact: phone.ContactName{ID: "c", Name: "Jo Lee", Company: "Lee Plumbing"}, Name: "Jo Lee",
			}))
			require.Equal(t, tt.doubt, m.Ringing.Doubt)
			require.Equal(t, tt.forged, m.Ringing.False)
			require.Equal(t, "Lee Plumbing", m.Ringing.Company)
		})
	}
}
