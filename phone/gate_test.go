package phone_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestTheGate(t *testing.T) {
	g := newGuarded(t, "GB")
	entry := g.blocks(phone.EntryDraft{Number: "020 7946 0018", Mode: phone.BlockAll, Name: "Jo Lee"})
	g.blocks(phone.EntryDraft{Number: "bob@pbx.example"})
	g.blocks(phone.EntryDraft{Kind: phone.KindPrefix, Number: "9"})
	for _, number := range []string{"020 7946 0018", "+442079460018", "tel:+44-20-7946-0018", "sip:02079460018@elsewhere.example", "*67 020 7946 0018", "bob", "sip:bob@pbx.example", "9123"} {
		for _, ask := range []func() error{
			func() error { _, err := g.Dial(t.Context(), phone.CallRequest{Number: number}); return err },
			func() error { _, err := g.Gate(t.Context(), phone.CallRequest{Number: number}); return err },
		} {
			err := ask()
			require.Equal(t, phone.CodeBlocked, phone.CodeOf(err), "%s: %v", number, err)
			var held *phone.Blocked
			require.ErrorAs(t, err, &held)
			require.NotEmpty(t, held.Entry.ID, number)
		}
	}
	require.Empty(t, g.sip.all(), "no INVITE left")
	_, err := g.Dial(t.Context(), phone.CallRequest{Number: "020 7946 0018"})
	require.Contains(t, phone.Sentence(err), "Jo Lee")
	require.Contains(t, phone.Sentence(err), entry.Since.Local().Format(time.DateOnly))

	for _, number := range []string{"112", "999", "911", "9-9-9"} {
		target, err := g.Gate(t.Context(), phone.CallRequest{Number: number})
		require.NoError(t, err, "an emergency call is never held up")
		require.True(t, target.Emergency)
	}
	id, err := g.Dial(t.Context(), phone.CallRequest{Number: "020 7946 0018", Anyway: true})
	require.NoError(t, err)
	require.NoError(t, g.Hangup(t.Context(), id))
	other, err := g.Dial(t.Context(), phone.CallRequest{Number: "020 7946 0099", Anyway: true})
	require.NoError(t, err)
	require.NoError(t, g.Hangup(t.Context(), other))
	require.Eventually(t, func() bool {
		calls, err := g.History(t.Context(), 0)
		return err == nil && len(calls) == 2 && calls[1].Anyway && !calls[0].Anyway
	}, 10*time.Second, time.Millisecond, "what was decided is in history, where there was anything to decide")
}

func TestARedirectPassesTheGateToo(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Number: "020 7946 0018"})
	_, err := g.Dial(t.Context(), phone.CallRequest{Number: "1001"})
	require.NoError(t, err)
	g.media.sessions[0].tell(phone.MediaOffer{SDP: []byte("our offer")})
	g.settled()
	g.sip.all()[0].tell(phone.DialogEnded{Cause: phone.EndRejected, Status: 302, Redirect: []string{"sip:+442079460018@trunk.example"}})
	require.Equal(t, phone.Faulty, g.until(phone.EventCallEnded).Call.Result)
	require.Len(t, g.sip.all(), 1, "nobody said proceed")
}

// TestWhoIsCalledAnywayMayBeElsewhere follows a redirect to the number that the agent said proceed to, and to no other
// that is blocked.
func TestWhoIsCalledAnywayMayBeElsewhere(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Number: "020 7946 0018"})
	g.blocks(phone.EntryDraft{Number: "020 7946 0099"})
	_, err := g.Dial(t.Context(), phone.CallRequest{Number: "020 7946 0018", Anyway: true})
	require.NoError(t, err)
	g.media.sessions[0].tell(phone.MediaOffer{SDP: []byte("our offer")})
	g.settled()
	g.sip.all()[0].tell(phone.DialogEnded{
		Cause: phone.EndRejected, Status: 302, Redirect: []string{"sip:+442079460099@trunk.example", "sip:+442079460018@trunk.example"},
	})
	g.settled()
	require.Len(t, g.sip.all(), 2)
	require.Equal(t, "sip:+442079460018@trunk.example", g.sip.all()[1].target.URI)
	g.sip.all()[1].tell(phone.DialogEnded{Cause: phone.EndRejected, Status: 302, Redirect: []string{"sip:+442079460099@trunk.example"}})
	require.Equal(t, phone.Faulty, g.until(phone.EventCallEnded).Call.Result)
	require.Len(t, g.sip.all(), 2)
}

func TestNothingIsScreenedAfterAnEmergencyCall(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Kind: phone.KindPrefix, Number: "+44", Mode: phone.BlockAll})
	require.Equal(t, 603, g.gets("02079460018"))
	id, err := g.Dial(t.Context(), phone.CallRequest{Number: "999"})
	require.NoError(t, err)
	require.Zero(t, g.gets("02079460018"), "it may be the call back")
	require.Equal(t, 200, g.written("Where are you?", from("+442079460018")))
	require.NoError(t, g.Hangup(t.Context(), id))
	passage, err := g.WouldPass(t.Context(), "02079460018")
	require.NoError(t, err)
	require.WithinDuration(t, time.Now().Add(time.Hour), passage.Until, time.Minute)
	require.Equal(t, passage.Until, g.Snapshot().Unscreened)
	require.True(t, passage.Call(), "as long as that")
	require.False(t, passage.Trigger())
	g.until(phone.EventCallEnded)
	g.reopen()
	require.Zero(t, g.gets("02079460018"), "after a start too")
	require.WithinDuration(t, passage.Until, g.Snapshot().Unscreened, time.Second)
}

func TestAnEmergencyNumberThatIsPractisedLeavesScreeningOn(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Kind: phone.KindPrefix, Number: "+44", Mode: phone.BlockAll})
	require.NoError(t, g.SetPractice(t.Context(), true))
	id, err := g.Dial(t.Context(), phone.CallRequest{Number: "112", Account: "agent@" + phone.PracticeDomain})
	require.NoError(t, err)
	require.Equal(t, 603, g.gets("02079460018"))
	require.Zero(t, g.Snapshot().Unscreened)
	require.NoError(t, g.Hangup(t.Context(), id))
	g.until(phone.EventCallEnded)
	g.reopen()
	require.Equal(t, 603, g.gets("02079460018"), "after a start too")
}

// TestAnEmergencyNumberIsBlockedByNothing lets it through where a prefix or a contact has it.
func TestAnEmergencyNumberIsBlockedByNothing(t *testing.T) {
	g := newGuarded(t, "GB")
	g.knows("Police", "020 7946 0018", "999")
	whole := g.blocks(phone.EntryDraft{Kind: phone.KindContact, Number: "020 7946 0018"})
	g.blocks(phone.EntryDraft{Kind: phone.KindPrefix, Number: "11", Mode: phone.BlockAll})
	require.Equal(t, []string{"999"}, whole.Others)
	require.Zero(t, g.gets("999"))
	require.Zero(t, g.gets("112"))
	require.Equal(t, 603, g.gets("1121"))
	require.Equal(t, 486, g.gets("+442079460018"))
	d := g.called(from("999"), asserted("+442079460018"))
	require.Equal(t, 486, rejected(d), "who says so alone is blocked by what the server says")
}
