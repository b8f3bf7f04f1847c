package view

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view/booktest"
)

// mailbox has three messages, the second of a blocked caller.
func mailbox() booktest.Inbox {
	left := func(id phone.VoicemailID, name, number string, ago time.Duration) phone.Voicemail {
		return phone.Voicemail{ID: id, Name: name, Number: number, Account: alice, Received: noon.Add(-ago), Length: 34 * time.Second, Wave: []byte{1, 2, 3}}
	}
	jo, max, sam := left("v1", "Jo Lee", "+442079460018", time.Hour), left("v2", "Max Orr", "+442079460199", 2*time.Hour), left("v3", "Sam Roy", "+442079460155", 26*time.Hour)
	jo.Note = "Wants the invoice.\nBefore Friday."
	max.Blocked, max.BlockedNow = true, true
	return booktest.Inbox{Mail: []phone.Voicemail{jo, max, sam}}
}

// newMail is the page of messages, read.
func newMail(t *testing.T) (*Main, *fakePhone, *queue) {
	t.Helper()
	f := &fakePhone{Inbox: mailbox()}
	m, q := newMain(f)
	m.Start(snapshot())
	m.Go(PageVoicemails)
	q.run()
	require.Equal(t, 3, m.Voicemails.Len())
	return m, f, q
}

// listed are the names in the list.
func listed(v *Voicemails) (names []string) {
	for i := range v.Len() {
		row, _ := v.Row(i)
		names = append(names, row.Party.Title)
	}
	return names
}

func TestRowsOfVoicemails(t *testing.T) {
	m, _, _ := newMail(t)
	row, _ := m.Voicemails.Row(0)
	require.Equal(t, VoicemailRow{
		ID: "v1", Party: Party{Title: "Jo Lee", Number: "+44 20 7946 0018", Name: "Jo Lee"}, Number: "+442079460018", Account: alice,
		When: "11:00", Moment: "11:00", Length: "0:34", Note: "Wants the invoice.",
	}, row)
	row, _ = m.Voicemails.Row(1)
	require.True(t, row.Blocked)
	row, _ = m.Voicemails.Row(2)
	require.Equal(t, [2]string{"23 November", "23 November, 10:00"}, [2]string{row.When, row.Moment})
}

func TestVoicemailsAreFilteredAndFound(t *testing.T) {
	m, _, q := newMail(t)
	v := m.Voicemails
	v.Show(phone.BlockedVoicemails)
	q.run()
	require.Equal(t, []string{"Max Orr"}, listed(v))
	v.Show(phone.AllVoicemails)
	v.Mark(phone.MarkHeard, "v1")
	q.run()
	v.Show(phone.UnheardVoicemails)
	q.run()
	require.Equal(t, []string{"Max Orr", "Sam Roy"}, listed(v))
	v.Show(phone.AllVoicemails)
	v.Find("sam")
	q.run()
	require.Equal(t, []string{"Sam Roy"}, listed(v))
}

func TestTheBadgeCountsNoBlockedCaller(t *testing.T) {
	m, f, q := newMail(t)
	require.Equal(t, phone.VoicemailCounts{Unheard: 2, Blocked: 1, All: 3}, m.Messages.Counts)
	m.Voicemails.Mark(phone.MarkHeard, "v3")
	m.Happened(phone.Event{Kind: phone.EventVoicemail})
	q.run()
	require.Equal(t, 1, m.Messages.Counts.Unheard)
	require.Contains(t, f.Did, "mark heard [v3]")
}

func TestACallHasItsMessageOnceThatIsThere(t *testing.T) {
	f := &fakePhone{records: []phone.CallRecord{{ID: "c1", Number: "1002", Started: noon, Result: phone.Declined}}}
	m, q := newMain(f)
	m.Start(snapshot())
	m.Go(PageCalls)
	q.run()
	m.Happened(phone.Event{Kind: phone.EventHistory})
	q.run()
	f.records[0].Voicemail = "v1"
	m.Happened(phone.Event{Kind: phone.EventVoicemail})
	q.run()
	for _, list := range []*Calls{m.Today, m.Calls} {
		list.Row(1)
		q.run()
		require.Equal(t, phone.VoicemailID("v1"), list.Row(1).Voicemail)
	}
}

func TestThePlayerOfAMessage(t *testing.T) {
	m, f, q := newMail(t)
	v := m.Voicemails
	v.Pick("v1")
	q.run()
	require.Equal(t, "Wants the invoice.\nBefore Friday.", v.Open.Text)
	v.Skip(1) // of nothing that plays
	v.Seek(0.5)
	q.run()
	require.Equal(t, []string{"play v1 17s"}, f.Did)

	s := snapshot()
	s.Player = phone.Player{Voicemail: "v1", Playing: true, Position: 3 * time.Second, Length: 34 * time.Second, Speed: 1.5, Role: phone.RingDevice}
	m.Beat(s)
	require.True(t, m.Moves())
	require.Equal(t, 3*time.Second, m.Player.Position("v1"))
	require.Zero(t, m.Player.Position("v2"))
	f.Did = nil
	v.Skip(-1)
	v.Skip(1)
	v.Toggle()
	m.Player.SetSpeed(2)
	q.run()
	require.Equal(t, []string{"seek 0s", "seek 8s", "pause true", "player 2 ring"}, f.Did)

	closed := snapshot()
	closed.Player = phone.Player{Speed: 2, Role: phone.RingDevice}
	m.Beat(closed)
	require.False(t, m.Moves())
	require.Equal(t, 2.0, m.Player.Now.Speed, "it stays for the next one")
	f.Fails = &phone.Error{Code: phone.CodeState, Err: errors.New("you are in a call: end it before you listen to something")}
	v.Toggle()
	q.run()
	require.Equal(t, "You are in a call: end it before you listen to something.", m.Player.Notice)
}

func TestTheNextUnheardOneFollows(t *testing.T) {
	for wanted, next := range map[bool][]string{false: nil, true: {"play v3 0s"}} {
		m, f, q := newMail(t)
		m.Voicemails.SetNext(wanted)
		m.Voicemails.Pick("v1")
		q.run()
		f.Did = nil
		s := snapshot()
		s.Player = phone.Player{Voicemail: "v1", Playing: true, Position: 33 * time.Second, Length: 34 * time.Second}
		m.Beat(s)
		s.Player.Playing, s.Player.Position = false, 34*time.Second-time.Nanosecond // as it is rounded
		m.Beat(s)
		q.run()
		require.Equal(t, next, f.Did, "and none of a blocked caller in between")
		if wanted {
			require.Equal(t, phone.VoicemailID("v3"), m.Voicemails.Open.ID)
			require.Equal(t, "on", f.Likes["ui.voicemail.next"])
		}
	}
}

func TestAPauseIsNoEnd(t *testing.T) {
	m, f, q := newMail(t)
	m.Voicemails.SetNext(true)
	q.run()
	s := snapshot()
	s.Player = phone.Player{Voicemail: "v1", Playing: true, Position: 20 * time.Second, Length: 34 * time.Second}
	m.Beat(s)
	s.Player.Playing = false
	m.Beat(s)
	q.run()
	require.Empty(t, f.Did)
}

func TestDeletedVoicemailsComeBack(t *testing.T) {
	m, f, q := newMail(t)
	v := m.Voicemails
	v.Pick("v1")
	q.run()
	v.Choose("v1")
	v.Choose("v3")
	v.Choose("v2")
	v.Choose("v2")
	v.Delete(v.Choice()...)
	require.Equal(t, []string{"Max Orr"}, listed(v), "at once")
	require.Nil(t, v.Open)
	require.Empty(t, v.Choice())
	q.run()
	require.Equal(t, "2 messages deleted.", v.Done)
	require.True(t, v.Undoes)
	v.Undo()
	q.run()
	require.Equal(t, []string{"Jo Lee", "Max Orr", "Sam Roy"}, listed(v))
	require.Equal(t, []string{"delete [v1 v3]", "restore [v1 v3]"}, f.Did)
	require.Empty(t, v.Done)
}

func TestTheOpenMessageIsAmongThoseThatAreChosen(t *testing.T) {
	m, _, q := newMail(t)
	v := m.Voicemails
	v.Pick("v1")
	q.run()
	v.Choose("v3")
	require.Equal(t, []phone.VoicemailID{"v1", "v3"}, v.Choice())
	v.Choose("v1")
	require.Equal(t, []phone.VoicemailID{"v3"}, v.Choice(), "it can be left out")
}

func TestACallerIsUnblockedFromAMessage(t *testing.T) {
	m, f, q := newMail(t)
	f.List = []phone.Entry{{ID: "e1", Kind: phone.KindNumber, Mode: phone.AllowVoicemails, Number: "+442079460199", Text: "+442079460199"}}
	row, _ := m.Voicemails.Row(1)
	m.Voicemails.Unblock(row)
	q.run()
	require.Empty(t, f.List)
	require.Equal(t, "Unblocked: Max Orr.", m.Voicemails.Done)
	m.Voicemails.Undo()
	q.run()
	require.Len(t, f.List, 1)
}

func TestANoteIsKeptByItself(t *testing.T) {
	m, f, q := newMail(t)
	v := m.Voicemails
	v.Pick("v3")
	q.run()
	v.Type("v3", "Call")
	v.Type("v3", "Call Sam")
	q.run()
	require.Equal(t, []string{"note v3 Call Sam"}, f.Did)
	v.Type("v3", "Call Sam again")
	v.Note("v3", "Call Sam again") // left the field
	q.run()
	require.Equal(t, []string{"note v3 Call Sam", "note v3 Call Sam again"}, f.Did, "once")
	f.Fails = &phone.Error{Code: phone.CodeStorage}
	v.Note("v3", "x")
	q.run()
	require.NotEmpty(t, v.Failed)
}

func TestAMessageIsSavedAsAFile(t *testing.T) {
	m, f, q := newMail(t)
	m.Home = "/home/jo"
	row, _ := m.Voicemails.Row(0)
	m.SaveVoicemail(row)
	require.Equal(t, "/home/jo/voicemail-Jo Lee.wav", m.File.Path)
	f.Files = []string{m.File.Path}
	m.File.Go()
	q.run()
	require.Equal(t, "There is a file already.", m.File.Error)
	m.File.Type("jo.wav")
	m.File.Go()
	q.run()
	require.Equal(t, "It is in /home/jo/jo.wav.", m.File.Written)
	require.Equal(t, []string{"export v1 /home/jo/jo.wav"}, f.Did)
}

func TestAContactHasItsMessages(t *testing.T) {
	f := &fakePhone{Inbox: mailbox(), Book: booktest.Book{People: []phone.Contact{
		{ID: "p1", Name: "Jo Lee", Numbers: []phone.ContactNumber{{Text: "+44 20 7946 0018", Number: "+442079460018"}}}, {ID: "p2", Name: "Ana"},
	}}}
	m, q := newMain(f)
	m.Start(snapshot())
	m.OpenContact("p1")
	q.run()
	require.Len(t, m.Contacts.Messages, 1)
	m.OpenVoicemail(m.Contacts.Messages[0].ID)
	q.run()
	require.Equal(t, PageVoicemails, m.Page)
	require.Equal(t, "Jo Lee", m.Voicemails.Open.Party.Title)
	m.OpenContact("p2")
	q.run()
	require.Empty(t, m.Contacts.Messages, "one without a number has none")
}
