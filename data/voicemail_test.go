package data_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// message is one that somebody left some minutes after noon.
func message(id phone.VoicemailID, name string, minutes int) phone.Voicemail {
	return phone.Voicemail{
		ID: id, Call: phone.CallID("call of " + id), Account: "1001@pbx.example", Number: "+442079460018", Name: name,
		Received: noon.Add(time.Duration(minutes) * time.Minute), Length: 12500 * time.Millisecond, Wave: []byte{1, 2, 255},
	}
}

func inbox(t testing.TB, store *data.Store, q phone.VoicemailQuery) (ids []phone.VoicemailID, total int) {
	t.Helper()
	part, total, err := store.Voicemails(t.Context(), q)
	require.NoError(t, err)
	for _, v := range part {
		ids = append(ids, v.ID)
	}
	return ids, total
}

// someMessages has a from Zoë, b from a blocked caller, and c from a hidden one that was heard.
func someMessages(t *testing.T, dir string) *data.Store {
	t.Helper()
	store := open(t, dir)
	a, b, c := message("a", "Zoë", 1), message("b", "Max", 2), message("c", "", 3)
	b.Blocked, b.Call, b.Number = true, "", "+442079460021"
	c.Number, c.Heard = "", true
	require.NoError(t, store.AddVoicemails(t.Context(), []phone.Voicemail{c, a, b}))
	return store
}

func TestAMessageComesBackAsItWas(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	v := message("a", "Zoë", 1)
	v.Heard, v.Done, v.Note = true, true, "Call back on Monday"
	require.NoError(t, store.AddVoicemails(t.Context(), []phone.Voicemail{v}))
	other := v
	other.Name = "Other"
	require.NoError(t, store.AddVoicemails(t.Context(), []phone.Voicemail{other}), "it is there already")
	require.NoError(t, store.AddVoicemails(t.Context(), nil))
	require.NoError(t, store.Close())
	store = open(t, dir)
	part, total, err := store.Voicemails(t.Context(), phone.VoicemailQuery{})
	require.NoError(t, err)
	require.Equal(t, []phone.Voicemail{v}, part)
	require.Equal(t, 1, total)
	one, err := store.Voicemail(t.Context(), "a")
	require.NoError(t, err)
	require.Equal(t, v, one)
	_, err = store.Voicemail(t.Context(), "b")
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
}

func TestTheInboxIsChosenFrom(t *testing.T) {
	store := someMessages(t, t.TempDir())
	require.NoError(t, store.NoteVoicemail(t.Context(), "c", "Ärger mit der 100%-Rechnung"))
	for _, tt := range []struct {
		q     phone.VoicemailQuery
		want  []phone.VoicemailID
		total int
	}{
		{phone.VoicemailQuery{}, []phone.VoicemailID{"c", "b", "a"}, 3},
		{phone.VoicemailQuery{Offset: 1, Limit: 1}, []phone.VoicemailID{"b"}, 3},
		{phone.VoicemailQuery{Filter: phone.UnheardVoicemails}, []phone.VoicemailID{"b", "a"}, 2},
		{phone.VoicemailQuery{Filter: phone.BlockedVoicemails}, []phone.VoicemailID{"b"}, 1},
		{phone.VoicemailQuery{Numbers: []string{"1003", "+442079460018"}}, []phone.VoicemailID{"a"}, 1},
		{phone.VoicemailQuery{Search: "zoe"}, []phone.VoicemailID{"a"}, 1},
		{phone.VoicemailQuery{Search: "020 7946 0018"}, []phone.VoicemailID{"a"}, 1},
		{phone.VoicemailQuery{Search: "0207946"}, []phone.VoicemailID{"b", "a"}, 2},
		{phone.VoicemailQuery{Search: "ARGER"}, []phone.VoicemailID{"c"}, 1},
		{phone.VoicemailQuery{Search: "100%"}, []phone.VoicemailID{"c"}, 1},
		{phone.VoicemailQuery{Search: "%"}, []phone.VoicemailID{"c"}, 1},
		{phone.VoicemailQuery{Search: "max", Filter: phone.UnheardVoicemails}, []phone.VoicemailID{"b"}, 1},
		{phone.VoicemailQuery{Search: "nobody"}, nil, 0},
		{phone.VoicemailQuery{Search: "nobody", Named: []string{"+442079460021"}}, []phone.VoicemailID{"b"}, 1},
	} {
		ids, total := inbox(t, store, tt.q)
		require.Equal(t, tt.want, ids, "%+v", tt.q)
		require.Equal(t, tt.total, total, "%+v", tt.q)
	}
}

func TestMarksAreCounted(t *testing.T) {
	store := someMessages(t, t.TempDir())
	counts := func() phone.VoicemailCounts {
		c, err := store.VoicemailCounts(t.Context())
		require.NoError(t, err)
		return c
	}
	mark := func(m phone.VoicemailMark, ids ...phone.VoicemailID) phone.Voicemail {
		require.NoError(t, store.MarkVoicemails(t.Context(), ids, m))
		v, err := store.Voicemail(t.Context(), ids[0])
		require.NoError(t, err)
		return v
	}
	require.Equal(t, phone.VoicemailCounts{Unheard: 1, Blocked: 1, All: 3}, counts())
	require.True(t, mark(phone.MarkHeard, "a", "b", "none").Heard)
	require.Equal(t, phone.VoicemailCounts{All: 3}, counts())
	require.False(t, mark(phone.MarkUnheard, "a").Heard)
	done := mark(phone.MarkDone, "a")
	require.True(t, done.Done && done.Heard)
	still := mark(phone.MarkOpen, "a")
	require.True(t, !still.Done && still.Heard)
	mark(phone.MarkDone, "a")
	again := mark(phone.MarkUnheard, "a")
	require.True(t, !again.Done && !again.Heard)
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(store.NoteVoicemail(t.Context(), "none", "x")))
}

func TestADeletedMessageLeavesATombstoneUntilItIsDropped(t *testing.T) {
	store := someMessages(t, t.TempDir())
	require.NoError(t, store.DeleteVoicemails(t.Context(), []phone.VoicemailID{"a", "b"}, false))
	ids, total := inbox(t, store, phone.VoicemailQuery{})
	require.Equal(t, []phone.VoicemailID{"c"}, ids)
	require.Equal(t, 1, total)
	known, err := store.VoicemailIDs(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[phone.VoicemailID]bool{"a": true, "b": true, "c": false}, known)
	gone, err := store.Voicemail(t.Context(), "a")
	require.NoError(t, err)
	require.Equal(t, "Zoë", gone.Name)
	require.NoError(t, store.AddVoicemails(t.Context(), []phone.Voicemail{gone}))
	counts, err := store.VoicemailCounts(t.Context())
	require.NoError(t, err)
	require.Equal(t, phone.VoicemailCounts{All: 1}, counts, "its file does not bring it back")
	require.NoError(t, store.DeleteVoicemails(t.Context(), []phone.VoicemailID{"b", "c", "none"}, true))
	ids, _ = inbox(t, store, phone.VoicemailQuery{})
	require.Equal(t, []phone.VoicemailID{"c", "b"}, ids)

	old, err := store.VoicemailsToDrop(t.Context(), time.Now().Add(-time.Minute))
	require.NoError(t, err)
	require.Empty(t, old)
	old, err = store.VoicemailsToDrop(t.Context(), time.Now().Add(time.Minute))
	require.NoError(t, err)
	require.Equal(t, []phone.VoicemailID{"a"}, old)
	require.NoError(t, store.DropVoicemails(t.Context(), old))
	known, err = store.VoicemailIDs(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[phone.VoicemailID]bool{"b": false, "c": false}, known)
	_, err = store.Voicemail(t.Context(), "a")
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
	heard, err := store.HeardVoicemails(t.Context(), noon.Add(time.Hour))
	require.NoError(t, err)
	require.Equal(t, []phone.VoicemailID{"c"}, heard)
	heard, err = store.HeardVoicemails(t.Context(), noon)
	require.NoError(t, err)
	require.Empty(t, heard)
	require.NoError(t, store.DeleteVoicemails(t.Context(), []phone.VoicemailID{"c"}, false))
	heard, err = store.HeardVoicemails(t.Context(), noon.Add(time.Hour))
	require.NoError(t, err)
	require.Empty(t, heard, "it is deleted already")
}

func TestMessagesOfOneMomentAreAllThere(t *testing.T) {
	store := open(t, t.TempDir())
	var list []phone.Voicemail
	for _, id := range []phone.VoicemailID{"a", "b", "c"} {
		list = append(list, message(id, "", 1))
	}
	require.NoError(t, store.AddVoicemails(t.Context(), append(list, message("early", "", 0))))
	ids, total := inbox(t, store, phone.VoicemailQuery{})
	require.Equal(t, []phone.VoicemailID{"c", "b", "a", "early"}, ids)
	require.Equal(t, 4, total)
}

func TestHistoryLeadsToTheMessage(t *testing.T) {
	store := someMessages(t, t.TempDir())
	for _, id := range []phone.CallID{"call of a", "call of nobody"} {
		require.NoError(t, store.SaveCall(t.Context(), phone.CallRecord{ID: id, Direction: phone.In, Started: noon, Result: phone.Missed}))
	}
	leads := map[phone.CallID]phone.VoicemailID{}
	for _, rec := range calls(t, store, 0) {
		leads[rec.ID] = rec.Voicemail
	}
	require.Equal(t, map[phone.CallID]phone.VoicemailID{"call of a": "a", "call of nobody": ""}, leads)
	require.NoError(t, store.DeleteVoicemails(t.Context(), []phone.VoicemailID{"a"}, false))
	for _, rec := range calls(t, store, 0) {
		require.Empty(t, rec.Voicemail, "it was deleted")
	}
	require.NoError(t, store.DeleteVoicemails(t.Context(), []phone.VoicemailID{"a"}, true))
	keys := chosen(t.Context(), t, store, phone.CallQuery{Missed: true})
	require.Len(t, keys, 2)
	require.Contains(t, []phone.VoicemailID{keys[0].Voicemail, keys[1].Voicemail}, phone.VoicemailID("a"))
}

func TestWhoTakesTheMessagesOfAnAccountIsKept(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	acc := phone.Account{ID: "a", Address: "1001@pbx.example", Transport: phone.UDP, Voicemail: phone.AccountVoicemail{
		After: 25 * time.Second, Provider: true, Status: 480, Number: "*97",
	}}
	require.NoError(t, store.SaveAccount(t.Context(), acc))
	require.NoError(t, store.Close())
	store = open(t, dir)
	require.Equal(t, acc.Voicemail, accounts(t, store)[0].Voicemail)
	acc.Voicemail = phone.AccountVoicemail{}
	require.NoError(t, store.SaveAccount(t.Context(), acc))
	require.Zero(t, accounts(t, store)[0].Voicemail)
}
