package phone_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestAMessageWhoseRowWasLostIsFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		for _, id := range []phone.VoicemailID{"file alone", "both", "deleted"} {
			r.files.put(phone.Voicemail{ID: id, Number: "+44123", Length: 3 * time.Second})
		}
		require.NoError(t, r.store.AddVoicemails(t.Context(), []phone.Voicemail{{ID: "both"}, {ID: "row alone"}, {ID: "deleted"}}))
		require.NoError(t, r.store.DeleteVoicemails(t.Context(), []phone.VoicemailID{"deleted"}, false))
		r.start()
		var ids []phone.VoicemailID
		for _, v := range r.inbox() {
			ids = append(ids, v.ID)
		}
		require.ElementsMatch(t, []phone.VoicemailID{"file alone", "both"}, ids)
		r.close()
	})
}

func TestNoRowIsDroppedWhereTheFolderCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.files.unread = &phone.Error{Code: phone.CodeStorage, Op: "open voicemail"}
		require.NoError(t, r.store.AddVoicemails(t.Context(), []phone.Voicemail{{ID: "row"}}))
		r.start()
		require.Len(t, r.inbox(), 1)
		r.close()
	})
}

func TestNoRowIsDroppedWhereNotOneFileIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		require.NoError(t, r.store.AddVoicemails(t.Context(), []phone.Voicemail{{ID: "v1"}, {ID: "v2", Note: "kept"}}))
		r.start()
		require.Len(t, r.inbox(), 2, "their disk is not connected")
		r.close()
	})
}

func TestADeletedMessageCanBeBroughtBackForAnHour(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.left("v1", 3*time.Second)
		r.left("v2", 3*time.Second)
		require.NoError(t, r.DeleteVoicemails(t.Context(), "v1", "v2"))
		require.Empty(t, r.inbox())
		time.Sleep(phone.UndoTime - time.Minute)
		synctest.Wait()
		require.Len(t, r.files.has(), 2)
		require.NoError(t, r.RestoreVoicemails(t.Context(), "v2"))
		require.Len(t, r.inbox(), 1)
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		require.Equal(t, []phone.VoicemailID{"v2"}, r.files.has(), "the file of the other is gone")
		_, err := r.Voicemail(t.Context(), "v1")
		fails(t, phone.CodeNotFound, err)
	})
}

func TestHeardMessagesGoWithAge(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.left("heard", 3*time.Second)
		r.left("unheard", 3*time.Second)
		require.NoError(t, r.MarkVoicemails(t.Context(), phone.MarkHeard, "heard"))
		time.Sleep(40 * 24 * time.Hour)
		synctest.Wait()
		require.Len(t, r.inbox(), 2, "they are kept for ever")
		s, err := r.MachineSettings(t.Context())
		require.NoError(t, err)
		s.Keep = 30 * 24 * time.Hour
		require.NoError(t, r.SetMachineSettings(t.Context(), s))
		synctest.Wait()
		list := r.inbox()
		require.Len(t, list, 1)
		require.Equal(t, phone.VoicemailID("unheard"), list[0].ID)
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		require.Equal(t, []phone.VoicemailID{"unheard"}, r.files.has())
	})
}

func TestMarksAndNotesAreChecked(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.left("v1", 3*time.Second)
		fails(t, phone.CodeInvalid, r.MarkVoicemails(t.Context(), "seen", "v1"))
		require.NoError(t, r.NoteVoicemail(t.Context(), "v1", "call her back"))
		fails(t, phone.CodeInvalid, r.NoteVoicemail(t.Context(), "v1", string(make([]byte, phone.MaxNote+1))))
		require.Equal(t, "call her back", r.inbox()[0].Note)
		fails(t, phone.CodeNotFound, r.ExportVoicemail(t.Context(), "v2", "x.wav", false))
	})
}

// message leaves a message as a caller of g does, and returns the dialog.
func (g *guarded) message(d *fakeDialog, length time.Duration) {
	g.t.Helper()
	sessions := g.media.all()
	require.NotEmpty(g.t, sessions, "the machine did not take the call: %v", d.log)
	m := sessions[len(sessions)-1]
	require.NotNil(g.t, m.machine)
	m.tell(phone.MediaAnswer{SDP: []byte("our answer"), Agreed: phone.Agreed{Codec: "PCMU"}})
	d.tell(phone.DialogConfirmed{})
	g.settled()
	require.Contains(g.t, m.log, "greet")
	require.Empty(g.t, g.Snapshot().Messages, "somebody is told of it")
	d.tell(phone.DialogEnded{Cause: phone.EndRemote})
	v := m.machine.Message
	v.Received, v.Length = time.Now(), length
	m.tell(phone.MediaRecorded{Message: v, Kept: length >= phone.MinVoice})
	g.settled()
}

func TestABlockedCallerLeavesAMessageOfWhichNobodyHears(t *testing.T) {
	g := newGuardedOf(t, "GB", phone.AccountVoicemail{})
	g.blocks(phone.EntryDraft{Number: "+442079460018", Name: "Max Orr", Mode: phone.AllowVoicemails})
	require.NoError(t, g.files.SaveGreeting(phone.GreetingBlocked, phone.Samples{Rate: 8000, Data: []int16{7}}))
	require.NoError(t, g.SetGreeting(t.Context(), phone.GreetingAll, "four"))
	g.until(phone.EventVoicemail)
	before := g.Snapshot()
	events := g.Subscribe()
	d := g.called(from("+442079460018"))
	g.message(d, 12*time.Second)
	require.Equal(t, []string{"accept our answer"}, d.log[:1], "it rang, or was refused")
	require.Equal(t, []int16{7}, g.media.all()[0].machine.Greeting.Data, "the greeting of blocked callers")
	g.until(phone.EventVoicemail)
	after := g.Snapshot()
	require.Empty(t, after.Calls)
	require.Empty(t, after.Messages)
	events.Close()
	for e := range events.Events() {
		require.NotContains(t, []phone.EventKind{
			phone.EventCallStarted, phone.EventCallChanged, phone.EventCallEnded, phone.EventMessage, phone.EventMachine, phone.EventNotice,
		}, e.Kind)
	}
	require.Equal(t, before.Accounts, after.Accounts)

	list, total, err := g.Voicemails(t.Context(), phone.VoicemailQuery{Filter: phone.BlockedVoicemails})
	require.NoError(t, err)
	require.Equal(t, 1, total)
	require.True(t, list[0].Blocked)
	require.True(t, list[0].BlockedNow)
	require.Empty(t, list[0].Call)
	require.Equal(t, "+442079460018", list[0].Number)
	require.Equal(t, "Max Orr", list[0].Name, "as the entry has it")
	counts, err := g.VoicemailCounts(t.Context())
	require.NoError(t, err)
	require.Equal(t, phone.VoicemailCounts{Blocked: 1, All: 1}, counts)
	calls, err := g.History(t.Context(), 0)
	require.NoError(t, err)
	require.Empty(t, calls)
	log, _, err := g.Screened(t.Context(), phone.ScreenedQuery{})
	require.NoError(t, err)
	require.Len(t, log, 1)
}

func TestABlockedCallerWhoSaysNothingIsARowOfTheLog(t *testing.T) {
	g := newGuardedOf(t, "GB", phone.AccountVoicemail{})
	g.blocks(phone.EntryDraft{Number: "+442079460018", Mode: phone.AllowVoicemails})
	g.message(g.called(from("+442079460018")), time.Second)
	g.until(phone.EventScreening)
	_, total, err := g.Voicemails(t.Context(), phone.VoicemailQuery{})
	require.NoError(t, err)
	require.Zero(t, total)
	log, _, err := g.Screened(t.Context(), phone.ScreenedQuery{})
	require.NoError(t, err)
	require.Len(t, log, 1)
}

func TestWhoIsBlockedFromAllReachesNoMachine(t *testing.T) {
	g := newGuardedOf(t, "GB", phone.AccountVoicemail{})
	g.blocks(phone.EntryDraft{Number: "+442079460018", Mode: phone.BlockAll})
	require.Equal(t, 603, rejected(g.called(from("+442079460018"))))
	require.Empty(t, g.media.all())
}

func TestBlockedCallersAreLeftToTheProviderAsSet(t *testing.T) {
	g := newGuardedOf(t, "GB", phone.AccountVoicemail{})
	require.NoError(t, g.AddAccount(t.Context(), phone.Account{
		Address: alice, Country: "GB", Voicemail: phone.AccountVoicemail{Provider: true, Status: 480},
	}, phone.Secret{}, false))
	g.blocks(phone.EntryDraft{Number: "+442079460018", Mode: phone.AllowVoicemails})
	require.Equal(t, 480, rejected(g.called(from("+442079460018"))))
	require.Empty(t, g.media.all())
}

func TestNobodyPicksUpABlockedCaller(t *testing.T) {
	g := newGuardedOf(t, "GB", phone.AccountVoicemail{})
	g.blocks(phone.EntryDraft{Number: "+442079460018", Mode: phone.AllowVoicemails})
	d := g.called(from("+442079460018"))
	for _, try := range []func(context.Context, phone.CallID) error{
		g.PickUp, g.Hangup, g.Answer, g.ToVoicemail,
		func(ctx context.Context, id phone.CallID) error { return g.ListenIn(ctx, id, true) },
	} {
		fails(t, phone.CodeNotFound, try(t.Context(), ""))
	}
	d.tell(phone.DialogEnded{Cause: phone.EndRemote})
}

func TestAMessageHasTheNameOfTheContact(t *testing.T) {
	g := newGuardedOf(t, "GB", phone.AccountVoicemail{})
	g.blocks(phone.EntryDraft{Number: "+442079460018", Mode: phone.AllowVoicemails})
	g.message(g.called(from("+442079460018")), 12*time.Second)
	g.until(phone.EventVoicemail)
	c := g.knows("Max Orr", "020 7946 0018")
	list, _, err := g.Voicemails(t.Context(), phone.VoicemailQuery{})
	require.NoError(t, err)
	require.Equal(t, "Max Orr", list[0].Name)
	require.Equal(t, c.ID, list[0].Contact)
	found, total, err := g.Voicemails(t.Context(), phone.VoicemailQuery{Search: "max"})
	require.NoError(t, err)
	require.Equal(t, 1, total, "it is found by that name")
	require.Equal(t, list, found)
}

func TestNobodyIsToldOfABlockedCallersMessageThatFails(t *testing.T) {
	g := newGuardedOf(t, "GB", phone.AccountVoicemail{})
	g.blocks(phone.EntryDraft{Number: "+442079460018", Mode: phone.AllowVoicemails})
	d := g.called(from("+442079460018"))
	events := g.Subscribe()
	m := g.media.all()[0]
	m.tell(phone.MediaRecorded{Message: m.machine.Message, Err: &phone.Error{Code: phone.CodeStorage, Op: "record"}})
	g.settled()
	require.Equal(t, "end", d.log[len(d.log)-1], "the call ends politely")
	events.Close()
	for e := range events.Events() {
		require.NotEqual(t, phone.EventNotice, e.Kind)
	}
}
