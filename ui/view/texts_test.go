package view

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view/booktest"
)

const (
	jo  = "+442079460018"
	orr = "+442079460199"
)

// received and sent are texts of the tests, some time ago.
func received(id phone.TextID, number, body string, ago time.Duration) phone.ThreadItem {
	return booktest.Of(phone.Text{ID: id, Direction: phone.In, Number: number, Via: alice, Body: body, Time: noon.Add(-ago), State: phone.TextReceived})
}

func sent(id phone.TextID, number, body string, ago time.Duration, state phone.TextState) phone.ThreadItem {
	return booktest.Of(phone.Text{ID: id, Direction: phone.Out, Number: number, Via: alice, Body: body, Time: noon.Add(-ago), State: state})
}

func seen(item phone.ThreadItem) phone.ThreadItem {
	item.Text.Seen = true
	return item
}

// talks has two threads, that of Jo Lee with a call and a message, that of Max Orr unread and blocked.
func talks() booktest.Chat {
	call := phone.CallRecord{ID: "c1", Direction: phone.In, Number: jo, Started: noon.Add(-80 * time.Minute), Answered: noon.Add(-80 * time.Minute), Ended: noon.Add(-80*time.Minute + 252*time.Second), Result: phone.Answered}
	left := phone.Voicemail{ID: "v1", Number: jo, Received: noon.Add(-50 * time.Minute), Length: 34 * time.Second}
	return booktest.Chat{
		At: noon,
		Talk: []phone.ThreadItem{
			seen(received("t1", jo, "Where is my order?\nIt is late.", 25*time.Hour)),
			{Place: phone.Place{Row: call.Started.UnixMilli(), Kind: phone.PlaceCall}, Call: &call},
			sent("t2", jo, "On its way today.", 76*time.Minute, phone.TextDelivered),
			{Place: phone.Place{Row: left.Received.UnixMilli(), Kind: phone.PlaceVoicemail}, Voicemail: &left},
			received("m1", orr, "Call me at 020 7946 0199", 2*time.Hour),
		},
		Letters: map[string]phone.Thread{
			jo:  {Name: "Jo Lee", Contact: "p1"},
			orr: {Name: "Max Orr", Entry: phone.Entry{ID: "e1", Name: "Max Orr", Number: orr, Mode: phone.AllowVoicemails, Since: time.Date(2026, 5, 3, 9, 0, 0, 0, time.Local)}},
		},
	}
}

// mirror is a Scroller that keeps the lines as it is told of them.
type mirror struct {
	t     *testing.T
	of    *Texts
	lines []ThreadLine
	at    string // where the last Reset went
	away  bool   // not at the end
	first int
}

func (m *mirror) now() []ThreadLine {
	if m.of.Open == nil {
		return nil
	}
	return m.of.Open.Lines
}

func (m *mirror) Reset(at int, top bool) {
	m.lines = append([]ThreadLine(nil), m.now()...)
	m.at, m.away = fmt.Sprint(at, top), at >= 0
	m.first = at
}

func (m *mirror) Prepended(n int) {
	m.lines = append(append([]ThreadLine(nil), m.now()[:n]...), m.lines...)
	m.first += n
	m.follows()
}

func (m *mirror) Appended(n int) {
	m.lines = append(m.lines, m.now()[len(m.lines):]...)
	m.follows()
}

func (m *mirror) Trimmed(top, bottom int) {
	m.lines = append([]ThreadLine(nil), m.lines[top:len(m.lines)-bottom]...)
	m.first -= top
	m.follows()
}

func (m *mirror) RowChanged(i int) { m.lines[i] = m.now()[i] }
func (m *mirror) AtEnd() bool      { return !m.away }
func (m *mirror) First() int       { return m.first }

// follows: what it would draw now is what it was told of.
func (m *mirror) follows() {
	m.t.Helper()
	require.Len(m.t, m.now(), len(m.lines))
	for i := range m.lines {
		require.True(m.t, m.lines[i].same(m.now()[i]))
	}
}

func (m *mirror) shows() {
	m.t.Helper()
	require.Equal(m.t, m.now(), m.lines)
}

// newTalk is the page of texts, read.
func newTalk(t *testing.T) (*Main, *fakePhone, *queue, *mirror) {
	t.Helper()
	f := &fakePhone{Chat: talks()}
	m, q := newMain(f)
	m.Texts.Wait = func(context.Context, time.Duration) {}
	s := &mirror{t: t, of: m.Texts}
	m.Texts.Scroll = s
	m.Start(snapshot())
	m.Go(PageTexts)
	q.run()
	return m, f, q, s
}

// came tells of a text as the phone does.
func came(m *Main, f *fakePhone, item phone.ThreadItem) {
	for i, there := range f.Talk {
		if there.Text != nil && there.Text.ID == item.Text.ID {
			f.Talk = append(f.Talk[:i:i], f.Talk[i+1:]...)
		}
	}
	f.Talk = append(f.Talk, item)
	m.Happened(phone.Event{Kind: phone.EventText, Message: item.Text})
}

// script is what stands in the open thread, a line each.
func script(o *OpenThread) (lines []string) {
	for _, l := range o.Lines {
		switch l.Kind {
		case DayLine:
			lines = append(lines, "= "+l.Title)
		case UnreadLine:
			lines = append(lines, "= unread")
		case EventLine:
			lines = append(lines, "* "+l.Event.Text+" "+l.Event.Time)
		default:
			line := strings.ReplaceAll(l.Text.Body, "\n", " / ") + " " + l.Text.Time
			if l.Text.Out {
				line = "> " + line + " " + l.Text.Word
			}
			lines = append(lines, line)
		}
	}
	return lines
}

func TestTheListOfThreads(t *testing.T) {
	m, f, q, _ := newTalk(t)
	p := m.Texts
	require.Equal(t, 2, p.Len())
	row, _ := p.Row(0)
	require.Equal(t, ThreadRow{Number: jo, Party: Party{Title: "Jo Lee", Number: "+44 20 7946 0018", Name: "Jo Lee"}, Text: "You: On its way today.", When: "10:44"}, row)
	row, _ = p.Row(1)
	require.Equal(t, [4]any{"Call me at 020 7946 0199", "10:00", 1, true}, [4]any{row.Text, row.When, row.Unread, row.Blocked})
	require.Equal(t, 1, p.Unseen)

	f.Letters[jo] = phone.Thread{Name: "Jo Lee", Draft: " \nTomorrow\nor so"}
	came(m, f, received("m2", orr, "Hello?", 0))
	q.run()
	row, _ = p.Row(0)
	require.Equal(t, "Max Orr", row.Party.Title)
	require.Equal(t, 2, p.Unseen)
	row, _ = p.Row(1)
	require.Equal(t, [2]any{"Draft: Tomorrow", true}, [2]any{row.Text, row.Draft})
}

func TestAThreadOpensAtItsEnd(t *testing.T) {
	m, _, q, s := newTalk(t)
	m.Texts.Pick(jo)
	q.run()
	require.Equal(t, []string{
		"= Yesterday", "Where is my order? / It is late. 11:00", "= Today", "* Call 4:12 10:40",
		"> On its way today. 10:44 delivered", "* Voicemail 0:34 11:10",
	}, script(m.Texts.Open))
	require.Equal(t, "-1 true", s.at)
	require.Nil(t, m.Texts.Open.Blocked)
	require.Equal(t, phone.VoicemailID("v1"), m.Texts.Open.Lines[5].Event.Voicemail)
	s.shows()
}

func TestAThreadOpensAtItsFirstUnreadText(t *testing.T) {
	m, f, q, s := newTalk(t)
	for i := range 300 {
		f.Talk = append(f.Talk, seen(received(phone.TextID(fmt.Sprint("old", i)), orr, "x", 200*time.Hour-time.Duration(i)*time.Minute)))
	}
	for i := range 150 {
		f.Talk = append(f.Talk, received(phone.TextID(fmt.Sprint("new", i)), orr, "y", time.Hour-time.Duration(i)*time.Second))
	}
	m.Texts.Pick(orr)
	q.run()
	o := m.Texts.Open
	require.Equal(t, UnreadLine, o.Lines[s.first].Kind)
	require.Equal(t, phone.TextID("m1"), o.Lines[s.first+1].Text.ID, "the first unread text follows the line")
	require.Len(t, o.items, 150)
	require.NotContains(t, f.Said, "see "+orr, "the end is not in sight")

	o.ReachDown()
	q.run()
	require.Equal(t, phone.TextID("new149"), o.Lines[len(o.Lines)-1].Text.ID)
	s.away = false
	o.Look()
	q.run()
	require.Contains(t, f.Said, "see "+orr)
	m.Happened(phone.Event{Kind: phone.EventTexts})
	q.run()
	require.Zero(t, m.Texts.Unseen)
	require.Equal(t, UnreadLine, o.Lines[s.first].Kind, "the line stays while the thread is open")
	s.shows()
}

func TestAThreadReachesBackWithoutEnd(t *testing.T) {
	m, f, q, s := newTalk(t)
	for i := range 1000 {
		f.Talk = append(f.Talk, seen(received(phone.TextID(fmt.Sprint("x", i)), jo, fmt.Sprint("text ", i), 1000*time.Hour-time.Duration(i)*time.Hour/2)))
	}
	m.Texts.Pick(jo)
	q.run()
	o := m.Texts.Open
	reads := len(o.items)
	require.Equal(t, stretch, reads)
	s.away = true
	for range 20 {
		s.first = 3
		o.ReachUp()
		q.run()
		require.LessOrEqual(t, len(o.items), longest)
		require.Equal(t, DayLine, o.Lines[0].Kind)
		s.shows()
	}
	require.Equal(t, "text 0", o.Lines[1].Text.Body)
	for range 20 {
		o.ReachDown()
		q.run()
		require.LessOrEqual(t, len(o.items), longest)
		s.shows()
	}
	require.Equal(t, "Voicemail 0:34", o.Lines[len(o.Lines)-1].Event.Text)
	asked := len(f.Said)
	o.ReachDown()
	q.run()
	require.Len(t, f.Said, asked, "there is no more")
}

func TestATextShowsWithoutReading(t *testing.T) {
	m, f, q, s := newTalk(t)
	m.Texts.Pick(jo)
	q.run()
	f.Said = nil
	item := received("t3", jo, "Thank you!", 0)
	m.Happened(phone.Event{Kind: phone.EventText, Message: item.Text})
	require.Equal(t, "Thank you! 12:00", script(m.Texts.Open)[6], "before anything is read")
	s.shows()
	f.Talk = append(f.Talk, item)
	q.run()
	require.Equal(t, []string{"see " + jo}, f.Said, "it is looked at")

	waits := sent("t4", jo, "You are welcome.", 0, phone.TextWaiting)
	waits.Row++
	waits.Text.Row++
	came(m, f, waits)
	failed := *waits.Text
	failed.State, failed.Reason = phone.TextFailed, "The number does not exist."
	came(m, f, phone.ThreadItem{Place: waits.Place, Text: &failed})
	q.run()
	last := m.Texts.Open.Lines[7].Text
	require.Equal(t, [3]any{phone.TextFailed, "failed", "The number does not exist."}, [3]any{last.State, last.Word, last.Why})
	s.shows()
	m.Texts.Open.Retry("t4")
	q.run()
	require.Contains(t, f.Said, "retry t4")
}

func TestTextsAreSeenOnlyWhereSomebodyLooks(t *testing.T) {
	for name, turn := range map[string]struct{ away, back func(m *Main, s *mirror) }{
		"another page": {func(m *Main, _ *mirror) { m.Go(PageHome) }, func(m *Main, _ *mirror) { m.Go(PageTexts) }},
		"hidden":       {func(m *Main, _ *mirror) { m.Look(false) }, func(m *Main, _ *mirror) { m.Look(true) }},
		"scrolled": {func(m *Main, s *mirror) { s.away = true }, func(m *Main, s *mirror) {
			s.away = false
			m.Texts.Open.Look()
		}},
	} {
		m, f, q, s := newTalk(t)
		m.Texts.Pick(jo)
		q.run()
		turn.away(m, s)
		require.Equal(t, name == "scrolled", m.Watches(jo), name)
		came(m, f, received("t3", jo, "Thank you!", 0))
		q.run()
		require.NotContains(t, f.Said, "see "+jo, name)
		require.Equal(t, 1, m.Texts.Open.Fresh, name)
		turn.back(m, s)
		q.run()
		require.Contains(t, f.Said, "see "+jo, name)
		require.Zero(t, m.Texts.Open.Fresh, name)
	}
}

func TestTextsAreDeletedAndComeBack(t *testing.T) {
	m, f, q, s := newTalk(t)
	m.Texts.Pick(jo)
	q.run()
	o := m.Texts.Open
	o.Delete("t2")
	require.NotContains(t, strings.Join(script(o), "\n"), "On its way", "at once")
	s.shows()
	q.run()
	require.Equal(t, "The text was deleted.", m.Texts.Done)
	m.Texts.Undo()
	q.run()
	require.Contains(t, strings.Join(script(o), "\n"), "On its way")
	s.shows()

	m.Texts.DeleteThread(o.Row())
	require.Nil(t, m.Texts.Open)
	require.Equal(t, 1, m.Texts.Len())
	q.run()
	require.Equal(t, "The thread with Jo Lee was deleted.", m.Texts.Done)
	m.Texts.Undo()
	q.run()
	require.Equal(t, 2, m.Texts.Len())
	require.Equal(t, "restore thread "+jo, f.Said[len(f.Said)-1])
}

func TestTextsAreWrittenFromAnywhere(t *testing.T) {
	m, _, q, _ := newTalk(t)
	focused := 0
	m.Texts.Focus = func() { focused++ }
	m.Go(PageHome)
	m.WriteTo("1002", alice)
	q.run()
	require.Equal(t, [3]any{PageTexts, "1002", alice}, [3]any{m.Page, m.Texts.Open.Number, m.Texts.Open.Via})
	m.WriteTo(orr, "other@pbx.example")
	q.run()
	require.Equal(t, alice, m.Texts.Open.Via, "as the thread goes")
	require.Equal(t, 2, focused)
	m.WriteTo("nobody", alice)
	q.run()
	require.NotEmpty(t, m.Texts.Failed)
}

func TestWhoIsTyping(t *testing.T) {
	m, _, q, _ := newTalk(t)
	m.Texts.Pick(jo)
	q.run()
	s := snapshot()
	s.Composing = []phone.Composing{{Number: jo}}
	s.Gateways = []phone.GatewayStatus{{Gateway: phone.Gateway{Name: "Twilio"}}}
	m.Show(s)
	require.True(t, m.Texts.Open.Typing)
	require.Equal(t, []string{alice, "Twilio"}, m.Texts.Ways)
	m.Show(snapshot())
	require.False(t, m.Texts.Open.Typing)
}

func TestManyTextsAreReadAFewTimes(t *testing.T) {
	m, f, q, _ := newTalk(t)
	m.Texts.Pick(jo)
	q.run()
	f.Said = nil
	for i := range 500 {
		came(m, f, received(phone.TextID(fmt.Sprint("x", i)), jo, "x", -time.Duration(i)*time.Second))
		m.Happened(phone.Event{Kind: phone.EventTexts})
	}
	require.Less(t, len(q.todo), 20)
	q.run()
	require.Less(t, strings.Count(strings.Join(f.Said, "\n"), "timeline"), 5)
	require.Len(t, m.Texts.Open.items, 504)
}

func TestWhatIsDeletedElsewhereGoesThoughATextComes(t *testing.T) {
	m, f, q, s := newTalk(t)
	m.Texts.Pick(jo)
	q.run()
	require.NoError(t, f.DeleteTexts(context.Background(), "t2"))
	m.Happened(phone.Event{Kind: phone.EventTexts})
	came(m, f, received("t3", jo, "Thank you!", 0))
	q.run()
	require.NotContains(t, strings.Join(script(m.Texts.Open), "\n"), "On its way")
	require.Contains(t, strings.Join(script(m.Texts.Open), "\n"), "Thank you!")
	s.shows()
}

// What shows the lines has the right ones, whatever happens in whichever order.
func TestWhatShowsAThreadFollows(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		m, f, q, s := newTalk(t)
		for i := range 700 {
			f.Talk = append(f.Talk, received(phone.TextID(fmt.Sprint("x", i)), jo, "x", time.Duration(r.IntN(3000)+1)*time.Hour+time.Duration(i)*time.Millisecond))
		}
		m.Texts.Pick(jo)
		q.run()
		o := m.Texts.Open
		for i := range 60 {
			s.away = r.IntN(2) == 0
			s.first = r.IntN(max1(len(o.Lines)))
			switch r.IntN(6) {
			case 0:
				o.ReachUp()
			case 1:
				o.ReachDown()
			case 2:
				came(m, f, received(phone.TextID(fmt.Sprint("new", i)), jo, "new", -time.Duration(i)*time.Second))
			case 3:
				if item := o.items[r.IntN(len(o.items))]; item.Text != nil {
					o.Delete(item.Text.ID)
				}
			case 4:
				m.Texts.Undo()
			case 5:
				m.Happened(phone.Event{Kind: phone.EventTexts})
			}
			if r.IntN(3) > 0 {
				q.run()
			}
			s.shows()
		}
		q.run()
		s.shows()
		o.End()
		q.run()
		want, _ := f.Timeline(context.Background(), phone.TimelineQuery{Number: jo, Back: true, Limit: 5})
		for i, item := range o.items[len(o.items)-5:] {
			require.Equal(t, want[i].Place, item.Place)
		}
	}
}

func max1(n int) int {
	if n < 1 {
		return 1
	}
	return n
}
