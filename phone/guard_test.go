package phone_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestABlockedCallerIsHeardOfByNobody(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Number: "020 7946 0018", Mode: phone.BlockAll, Name: "Jo Lee"})
	g.blocks(phone.EntryDraft{Number: "020 7946 0021"})
	for _, tt := range []struct {
		claims []phone.Claim
		status int
		header string
	}{
		{[]phone.Claim{from("02079460018")}, 603, "From"},
		{[]phone.Claim{from("1001"), asserted("+442079460018")}, 603, "P-Asserted-Identity"},
		{[]phone.Claim{from("1001"), {Source: "Remote-Party-ID", User: "00442079460018", Host: "pbx.example"}}, 603, "Remote-Party-ID"},
		{[]phone.Claim{from("442079460021")}, 486, "From"},
		{[]phone.Claim{from("02079460021"), asserted("02079460018")}, 603, "P-Asserted-Identity"}, // the stricter
		{[]phone.Claim{from("02079460018"), asserted("+442079460099")}, 603, "From"},
	} {
		d := g.called(tt.claims...)
		require.Equal(t, []string{fmt.Sprintf("reject %d", tt.status)}, d.log, "%v: and nothing before", tt.claims)
		g.until(phone.EventScreening)
		log, total, err := g.Screened(t.Context(), phone.ScreenedQuery{Limit: 1})
		require.NoError(t, err)
		require.NotZero(t, total)
		require.Equal(t, tt.header, log[0].Verdict.Header)
		require.Equal(t, phone.ScreenedCall, log[0].Kind)
		d.tell(phone.DialogEnded{Cause: phone.EndLocal}) // its ACK
	}
	g.settled()
	require.Empty(t, g.Snapshot().Calls)
	calls, err := g.History(t.Context(), 0)
	require.NoError(t, err)
	require.Empty(t, calls)
	missed, err := g.MissedUnseen(t.Context())
	require.NoError(t, err)
	require.Zero(t, missed)
	part, _, err := g.Entries(t.Context(), phone.EntryQuery{})
	require.NoError(t, err)
	require.Equal(t, 5, part[1].Blocked, "the first entry")
	require.False(t, part[1].Last.IsZero())

	require.Zero(t, rejected(g.called(from("02079460017"))), "others ring")
	require.Zero(t, rejected(g.called(from("02079460016"), phone.Claim{Source: "Diversion", User: "+442079460018"})), "who sent it on does not call")
}

func TestTextsOfABlockedCallerAreRefusedInEitherMode(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Number: "02079460018", Mode: phone.BlockAll})
	g.blocks(phone.EntryDraft{Number: "02079460021", Mode: phone.AllowVoicemails})
	require.Equal(t, 603, g.written("Hello", from("+442079460018")))
	require.Equal(t, 603, g.written("Where is my order?", from("+442079460021")))
	require.Equal(t, 200, g.written("Hello", from("+442079460022")))
	g.until(phone.EventScreening)
	require.Eventually(t, func() bool {
		log, _, err := g.Screened(t.Context(), phone.ScreenedQuery{})
		return err == nil && len(log) == 2 && log[0].Kind == phone.ScreenedText && log[0].Text == "Where is my order?"
	}, 10*time.Second, time.Millisecond)
}

func TestHiddenCallersAndThoseWhoAreLetThrough(t *testing.T) {
	g := newGuarded(t, "GB")
	g.knows("Jo Lee", "020 7946 0018")
	anonymous := phone.Claim{Source: "From", User: "anonymous", Host: "anonymous.invalid"}
	hidden := func(claims ...phone.Claim) int {
		d := &fakeDialog{}
		d.tell = g.sip.Invited(phone.Incoming{Account: "a1", Dialog: d, Offer: []byte("x"), Caller: phone.Caller{Claims: append([]phone.Claim{anonymous}, claims...), Hidden: true}})
		g.settled()
		return rejected(d)
	}
	require.Zero(t, hidden())
	g.blocks(phone.EntryDraft{Kind: phone.KindHidden, Mode: phone.BlockAll})
	g.blocks(phone.EntryDraft{Kind: phone.KindPrefix, Number: "+44 20"})
	require.Equal(t, 603, hidden())
	require.Equal(t, 603, hidden(asserted("+447700900123")))
	require.Equal(t, 486, g.gets("02079460018"))
	g.blocks(phone.EntryDraft{Kind: phone.KindContacts, Mode: phone.LetThrough})
	require.Zero(t, g.gets("02079460018"), "a contact wins over a prefix")
	require.Zero(t, hidden(asserted("+442079460018")), "and over hidden, where the server asserts it")
	require.Equal(t, 603, hidden(phone.Claim{Source: "From", User: "+442079460018", Host: "evil.example"}), "anybody can write a From")
	g.blocks(phone.EntryDraft{Number: "+442079460018"})
	require.Equal(t, 486, g.gets("02079460018"), "but never over the number itself")
}

func TestBlockContactIsALivingRule(t *testing.T) {
	g := newGuarded(t, "GB")
	jo := g.knows("Jo Lee", "020 7946 0018", "020 7946 0019")
	own := g.blocks(phone.EntryDraft{Number: "020 7946 0019", Mode: phone.BlockAll})
	whole := g.blocks(phone.EntryDraft{Kind: phone.KindContact, Number: "020 7946 0018"})
	require.Equal(t, jo.ID, whole.Contact)
	require.Equal(t, "Jo Lee", whole.Name)
	require.Equal(t, []string{"+442079460019"}, whole.Others)
	require.Equal(t, 486, g.gets("+442079460018"))
	require.Equal(t, 603, g.gets("+442079460019"), "its own entry keeps its mode")

	jo.Numbers = append(jo.Numbers, phone.ContactNumber{Text: "07700 900123"})
	require.Zero(t, g.gets("+447700900123"))
	_, err := g.SaveContact(t.Context(), jo)
	require.NoError(t, err)
	require.Equal(t, 486, g.gets("+447700900123"), "a number that it got by hand")
	var report phone.ImportReport
	require.NoError(t, g.ImportContacts(t.Context(), func(yield func(int, phone.Contact) error) error {
		return yield(1, phone.Contact{Name: "jo lee", Numbers: []phone.ContactNumber{{Text: "020 7946 0018"}, {Text: "020 7946 0077"}}})
	}, &report, func(int, int) {}))
	require.Equal(t, 1, report.Merged)
	require.Equal(t, 486, g.gets("+442079460077"), "and one by an import")

	require.NoError(t, g.DeleteContacts(t.Context(), jo.ID))
	for _, number := range []string{"+442079460018", "+447700900123", "+442079460077"} {
		require.Equal(t, 486, g.gets(number), "nobody is unblocked by a contact that is deleted")
	}
	require.NoError(t, g.RestoreContacts(t.Context(), jo.ID))
	g.reopen()
	require.Equal(t, 486, g.gets("+442079460077"), "after a start too")

	require.NoError(t, g.RemoveEntries(t.Context(), whole.ID))
	_, err = g.ChangeEntry(t.Context(), whole.ID, phone.EntryDraft{Kind: phone.KindContact, Number: "020 7946 0018"})
	fails(t, phone.CodeNotFound, err)
	require.Zero(t, g.gets("+442079460018"))
	require.Zero(t, g.gets("+447700900123"))
	require.Equal(t, 603, g.gets("+442079460019"), "its own entry outlives the rule")
	require.NoError(t, g.RestoreEntries(t.Context(), whole.ID))
	require.Equal(t, 486, g.gets("+447700900123"))
	require.NoError(t, g.RemoveEntries(t.Context(), own.ID))
	require.Equal(t, 486, g.gets("+442079460019"))
}

// TestARuleIsChangedWhoseContactIsDeleted blocks all numbers as before.
func TestARuleIsChangedWhoseContactIsDeleted(t *testing.T) {
	g := newGuarded(t, "GB")
	jo := g.knows("Jo Lee", "020 7946 0018", "020 7946 0019")
	whole := g.blocks(phone.EntryDraft{Kind: phone.KindContact, Number: "020 7946 0018"})
	require.NoError(t, g.DeleteContacts(t.Context(), jo.ID))
	changed, err := g.ChangeEntry(t.Context(), whole.ID, phone.EntryDraft{
		Kind: phone.KindContact, Number: "020 7946 0018", Name: "Jo, who left", Mode: phone.BlockAll, Contact: jo.ID,
	})
	require.NoError(t, err)
	require.Equal(t, "Jo, who left", changed.Name)
	require.Equal(t, []string{"+442079460019"}, changed.Others)
	require.Equal(t, 603, g.gets("+442079460019"))
	_, err = g.AddEntry(t.Context(), phone.EntryDraft{Number: "020 7946 0020", Contact: jo.ID})
	require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
}

func TestAnEntryThatWasRemovedIsNotChanged(t *testing.T) {
	g := newGuarded(t, "GB")
	was := g.blocks(phone.EntryDraft{Number: "020 7946 0018"})
	require.NoError(t, g.RemoveEntries(t.Context(), was.ID))
	change := func() error {
		_, err := g.ChangeEntry(t.Context(), was.ID, phone.EntryDraft{Number: "020 7946 0019"})
		return err
	}
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(change()))
	g.blocks(phone.EntryDraft{Number: "020 7946 0018"})
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(change()), "another stands in its place")
	require.Zero(t, g.gets("020 7946 0019"))
}

func TestAnEntryEnds(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Number: "020 7946 0018", Expires: time.Now().Add(time.Second)})
	require.Equal(t, 486, g.gets("02079460018"))
	require.Eventually(t, func() bool { return g.gets("02079460018") == 0 }, 10*time.Second, 50*time.Millisecond)
	_, total, err := g.Entries(t.Context(), phone.EntryQuery{})
	require.NoError(t, err)
	require.Zero(t, total)
	g.blocks(phone.EntryDraft{Number: "020 7946 0018"}) // it made room
	_, err = g.AddEntry(t.Context(), phone.EntryDraft{Number: "1002", Expires: time.Now().Add(-time.Second)})
	fails(t, phone.CodeInvalid, err)
}

func TestWhatCannotBeOnTheList(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Number: "020 7946 0018", Name: "Jo"})
	for _, tt := range []struct {
		draft phone.EntryDraft
		code  phone.Code
		field string
	}{
		{phone.EntryDraft{Number: "Jo Lee"}, phone.CodeInvalid, "number"},
		{phone.EntryDraft{Number: ""}, phone.CodeInvalid, "number"},
		{phone.EntryDraft{Number: "112"}, phone.CodeInvalid, "number"},
		{phone.EntryDraft{Number: "999"}, phone.CodeInvalid, "number"},
		{phone.EntryDraft{Number: "911"}, phone.CodeInvalid, "number"},
		{phone.EntryDraft{Number: "+442079460018"}, phone.CodeExists, "number"},
		{phone.EntryDraft{Number: "1001", Mode: "most"}, phone.CodeInvalid, "mode"},
		{phone.EntryDraft{Kind: phone.KindContact, Number: "1001"}, phone.CodeInvalid, "contact"},
		{phone.EntryDraft{Number: "1001", Contact: "nobody"}, phone.CodeInvalid, "contact"},
		{phone.EntryDraft{Kind: phone.KindPrefix, Number: "x"}, phone.CodeInvalid, "number"},
		{phone.EntryDraft{Kind: phone.KindPrefix, Number: "+1", Mode: phone.LetThrough}, phone.CodeInvalid, "mode"},
		{phone.EntryDraft{Kind: phone.KindContacts, Mode: phone.BlockAll}, phone.CodeInvalid, "mode"},
		{phone.EntryDraft{Kind: "all"}, phone.CodeInvalid, "kind"},
	} {
		_, err := g.AddEntry(t.Context(), tt.draft)
		fails(t, tt.code, err)
		var e *phone.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, tt.field, e.Field, "%+v", tt.draft)
	}
	var taken *phone.Taken
	_, err := g.AddEntry(t.Context(), phone.EntryDraft{Number: "02079460018"})
	require.ErrorAs(t, err, &taken)
	require.Equal(t, "Jo", taken.Entry.Name)
	changed, err := g.AddEntry(t.Context(), phone.EntryDraft{Number: "02079460018", Mode: phone.BlockAll, Replace: true})
	require.NoError(t, err)
	require.Equal(t, taken.Entry.ID, changed.ID)
	require.Equal(t, "Jo", changed.Name)
	require.Equal(t, 603, g.gets("02079460018"))
}

func TestNumbersAreReadAgainOnceACountrySaysHow(t *testing.T) {
	g := newGuarded(t, "")
	g.knows("Jo Lee", "020 7946 0018")
	g.blocks(phone.EntryDraft{Number: "020 7946 0021", Mode: phone.BlockAll})
	require.Empty(t, g.WhoHas("+442079460018", alice))
	require.NoError(t, g.AddAccount(t.Context(), phone.Account{Address: alice, Country: "GB", Default: true}, phone.Secret{}, false))
	require.Equal(t, "Jo Lee", g.WhoHas("+442079460018", alice)[0].Name)
	require.Equal(t, 603, g.gets("+442079460021"))
	g.reopen()
	require.Equal(t, 603, g.gets("00442079460021"))
}

func TestImportingTwiceMakesNoDoubles(t *testing.T) {
	g := newGuarded(t, "GB")
	file := func(yield func(int, phone.Contact) error) error {
		for i, c := range []phone.Contact{
			{Name: "Jo Lee", Numbers: []phone.ContactNumber{{Text: "020 7946 0018"}, {Text: "tel:+44-20-7946-0018"}}},
			{Name: "Jo Lee", Company: "Lee Plumbing", Numbers: []phone.ContactNumber{{Text: "+442079460018"}, {Text: "1003"}}},
			{Name: "Ana Cruz", Numbers: []phone.ContactNumber{{Text: "020 7946 0018"}}}, // who shares it
			{Name: "Nobody"},
			{Name: "Nonsense", Numbers: []phone.ContactNumber{{Text: "no number"}}},
			{Company: "Orr & Sons", Numbers: []phone.ContactNumber{{Text: "020 7946 0155"}}},
		} {
			if err := yield(i+1, c); err != nil {
				return err
			}
		}
		return nil
	}
	for round, want := range []phone.ImportReport{{Added: 3, Merged: 1}, {Unchanged: 4}} {
		var report phone.ImportReport
		require.NoError(t, g.ImportContacts(t.Context(), file, &report, func(int, int) {}))
		require.Equal(t, want, phone.ImportReport{Added: report.Added, Merged: report.Merged, Unchanged: report.Unchanged}, "round %d", round)
		require.Equal(t, 2, report.SkippedCount)
		require.Equal(t, []int{4, 5}, []int{report.Skipped[0].Line, report.Skipped[1].Line})
		require.NotEmpty(t, report.Skipped[0].Why)
	}
	all, total, err := g.Contacts(t.Context(), phone.ContactQuery{})
	require.NoError(t, err)
	require.Equal(t, 3, total)
	require.Equal(t, "Jo Lee", all[1].Name)
	require.Equal(t, "Lee Plumbing", all[1].Company, "what was lacking")
	require.Len(t, all[1].Numbers, 2)
	require.Len(t, g.WhoHas("+442079460018", alice), 2)
}

func TestAnImportOfEntriesIsAllOrNothing(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Number: "020 7946 0001", Name: "One", Mode: phone.BlockAll})
	broken := errors.New("the file ends in the middle")
	file := func(fail error) func(yield func(int, phone.EntryDraft) error) error {
		return func(yield func(int, phone.EntryDraft) error) error {
			for n := range 5 {
				d := phone.EntryDraft{Number: fmt.Sprintf("020 7946 000%d", n), Mode: phone.BlockAll}
				if n == 3 {
					d.Number = "112"
				}
				if err := yield(n+2, d); err != nil {
					return err
				}
			}
			return fail
		}
	}
	var report phone.ImportReport
	require.ErrorIs(t, g.ImportEntries(t.Context(), file(broken), &report, func(int, int) {}), broken)
	require.Zero(t, g.gets("02079460002"))
	_, total, err := g.Entries(t.Context(), phone.EntryQuery{})
	require.NoError(t, err)
	require.Equal(t, 1, total)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	require.Error(t, g.ImportEntries(cancelled, file(nil), &report, func(int, int) {}))

	report = phone.ImportReport{}
	require.NoError(t, g.ImportEntries(t.Context(), file(nil), &report, func(int, int) {}))
	require.Equal(t, phone.ImportReport{Added: 3, Unchanged: 1, SkippedCount: 1, Skipped: report.Skipped}, report)
	require.Equal(t, 5, report.Skipped[0].Line)
	require.Equal(t, 603, g.gets("02079460002"))
	report = phone.ImportReport{}
	require.NoError(t, g.ImportEntries(t.Context(), file(nil), &report, func(int, int) {}))
	require.Equal(t, 4, report.Unchanged)
	var names []string
	require.NoError(t, g.EachEntry(t.Context(), func(e phone.Entry) error {
		names = append(names, e.Name)
		return nil
	}))
	require.ElementsMatch(t, []string{"One", "", "", ""}, names, "a name that was given stays")
}

func TestWhatAnEntryWouldHaveBlocked(t *testing.T) {
	g := newGuarded(t, "GB")
	jo := g.knows("Jo Lee", "020 7946 0018", "1003")
	for _, user := range []string{"02079460018", "1003", "02079460099", "1003"} {
		require.Zero(t, g.gets(user))
		g.until(phone.EventCallEnded)
	}
	require.Eventually(t, func() bool {
		calls, err := g.History(t.Context(), 0)
		return err == nil && len(calls) == 4 && calls[0].Result != ""
	}, 10*time.Second, time.Millisecond)
	for _, tt := range []struct {
		draft phone.EntryDraft
		want  phone.Replay
	}{
		{phone.EntryDraft{Number: "020 7946 0018"}, phone.Replay{Calls: 1, Contacts: 1}},
		{phone.EntryDraft{Kind: phone.KindContact, Number: "020 7946 0018", Contact: jo.ID}, phone.Replay{Calls: 3, Contacts: 3}},
		{phone.EntryDraft{Kind: phone.KindPrefix, Number: "+44"}, phone.Replay{Calls: 2, Contacts: 1}},
		{phone.EntryDraft{Number: "1009"}, phone.Replay{}},
		{phone.EntryDraft{Kind: phone.KindHidden}, phone.Replay{}},
	} {
		got, err := g.Replay(t.Context(), tt.draft)
		require.NoError(t, err)
		require.Equal(t, tt.want, got, "%+v", tt.draft)
	}
}

func TestWhoWouldGetThrough(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Number: "020 7946 0018", Name: "Jo"})
	g.blocks(phone.EntryDraft{Kind: phone.KindHidden, Mode: phone.BlockAll})
	for line, want := range map[string][4]bool{
		"020 7946 0018": {false, true, false, false},
		`"Lee, Jo" <sip:+442079460018@trunk.example;user=phone>;tag=1`: {false, true, false, false},
		"P-Asserted-Identity: <tel:+44-20-7946-0018>":                  {false, true, false, false},
		"From: sip:1003@pbx.example":                                   {true, true, true, true},
		"1003":                                                         {true, true, true, true},
		"anonymous@anonymous.invalid":                                  {false, false, false, false},
		"hidden":                                                       {false, false, false, false},
	} {
		p, err := g.WouldPass(t.Context(), line)
		require.NoError(t, err, line)
		require.Equal(t, want, [4]bool{p.Call(), p.Voicemail(), p.Text(), p.Trigger()}, line)
	}
	_, err := g.WouldPass(t.Context(), "  ")
	fails(t, phone.CodeInvalid, err)
}

func TestACallerHasTheNameOfTheContact(t *testing.T) {
	g := newGuarded(t, "GB")
	jo := g.knows("Jo Lee", "020 7946 0018", "jo@pbx.example")
	for _, user := range []string{"02079460018", "jo"} {
		claim := phone.Claim{Source: "From", Name: "somebody", User: user, Host: "pbx.example"}
		g.called(claim)
		call := g.until(phone.EventCallStarted).Call
		require.Equal(t, "Jo Lee", call.Name)
		require.Equal(t, jo.ID, call.Contact.ID)
		require.NoError(t, g.Decline(t.Context(), call.ID))
		g.until(phone.EventCallEnded)
	}
	jo.Name = "Jo Orr"
	_, err := g.SaveContact(t.Context(), jo)
	require.NoError(t, err)
	require.Eventually(t, func() bool {
		calls, err := g.History(t.Context(), 0)
		return err == nil && len(calls) == 2 && calls[0].Name == "Jo Orr" && calls[1].Name == "Jo Orr" && calls[0].Contact == jo.ID
	}, 10*time.Second, time.Millisecond, "history has the name of today")
}

func TestHowBlockedCallsAreDeclinedIsSet(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Number: "1002", Mode: phone.BlockAll})
	require.NoError(t, g.SetScreening(t.Context(), phone.Screening{Decline: 607, Keep: 7 * 24 * time.Hour}))
	require.Equal(t, 607, g.gets("1002"))
	fails(t, phone.CodeInvalid, g.SetScreening(t.Context(), phone.Screening{Decline: 200, Keep: 7 * 24 * time.Hour}))
	fails(t, phone.CodeInvalid, g.SetScreening(t.Context(), phone.Screening{Decline: 603}))
	g.reopen()
	require.Equal(t, 607, g.gets("1002"))
	s, err := g.Screening(t.Context())
	require.NoError(t, err)
	require.Equal(t, phone.Screening{Decline: 607, Keep: 7 * 24 * time.Hour}, s)
}

// Whatever becomes of the disk, who is blocked stays so, and calls come and go.
func TestScreeningGoesOnWithoutTheDisk(t *testing.T) {
	g := newGuarded(t, "GB")
	g.blocks(phone.EntryDraft{Number: "020 7946 0018", Mode: phone.BlockAll, Name: "Jo"})
	g.knows("Ana Cruz", "020 7946 0021")
	require.NoError(t, g.store.Close())
	require.Equal(t, 603, g.gets("02079460018"))
	g.called(from("02079460021"))
	require.Equal(t, "Ana Cruz", g.until(phone.EventCallStarted).Call.Name)
	_, err := g.Dial(t.Context(), phone.CallRequest{Number: "020 7946 0018"})
	var held *phone.Blocked
	require.ErrorAs(t, err, &held, "the gate holds too")
	_, err = g.AddEntry(t.Context(), phone.EntryDraft{Number: "1009"})
	fails(t, phone.CodeStorage, err)
	require.Zero(t, g.gets("1009"), "what is not on the disk does not hold")
}
