package page

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/booktest"
	"github.com/callward/callward/ui/view/viewtest"
	"github.com/callward/callward/ui/widget"
)

const (
	joNumber  = "+442079460018"
	anaNumber = "+442079460021"
	maxNumber = "+442079460199"
)

// chat has some threads: that of Jo Lee with all that can stand in one, that of Max Orr blocked.
func chat() booktest.Chat {
	text := func(id phone.TextID, number, body string, ago time.Duration) phone.Text {
		return phone.Text{ID: id, Direction: phone.In, Number: number, Via: viewtest.Alice, Body: body, Time: viewtest.Noon.Add(-ago), State: phone.TextReceived, Seen: true}
	}
	mine := func(id phone.TextID, number, body string, ago time.Duration, state phone.TextState) phone.Text {
		t := text(id, number, body, ago)
		t.Direction, t.State = phone.Out, state
		return t
	}
	call := phone.CallRecord{Direction: phone.In, Number: joNumber, Started: viewtest.Noon.Add(-80 * time.Minute), Answered: viewtest.Noon.Add(-80 * time.Minute), Ended: viewtest.Noon.Add(-80*time.Minute + 252*time.Second), Result: phone.Answered}
	missed := phone.CallRecord{Direction: phone.In, Number: joNumber, Started: viewtest.Noon.Add(-45 * time.Minute), Result: phone.Missed}
	left := phone.Voicemail{ID: "v3", Number: joNumber, Received: viewtest.Noon.Add(-44 * time.Minute), Length: 34 * time.Second}
	auto := mine("t5", joNumber, "We missed your call, and call you back.", 43*time.Minute, phone.TextSent)
	auto.Trigger = "missed-call"
	failed := mine("t6", joNumber, "The driver could not find you.", 30*time.Minute, phone.TextFailed)
	failed.Reason = "The number does not exist."
	waits := mine("t8", joNumber, "Are you there?", 10*time.Minute, phone.TextWaiting)
	waits.Reason = "The other side is not there now."
	picture := text("t7", joNumber, "", 20*time.Minute)
	picture.Type = "image/png"
	unread := text("a1", anaNumber, "See you then 👋", 168*time.Minute)
	unread.Seen = false
	blocked := phone.Entry{ID: "e1", Name: "Max Orr", Number: maxNumber, Mode: phone.AllowVoicemails, Since: time.Date(2026, 5, 3, 9, 0, 0, 0, time.Local)}
	return booktest.Chat{
		At: viewtest.Noon,
		Talk: []phone.ThreadItem{
			booktest.Of(text("t1", joNumber, "Hello, where is my order? It is at https://shop.example.org/orders/4711, or call 020 7946 0018.", 25*time.Hour)),
			{Place: phone.Place{Row: call.Started.UnixMilli(), Kind: phone.PlaceCall}, Call: &call},
			booktest.Of(mine("t3", joNumber, "On its way today.", 76*time.Minute, phone.TextDelivered)),
			booktest.Of(mine("t4", joNumber, "Between two and four: please be there, since the driver cannot wait and takes the parcel back with him if nobody opens.", 76*time.Minute-time.Second, phone.TextSent)),
			{Place: phone.Place{Row: missed.Started.UnixMilli(), Kind: phone.PlaceCall}, Call: &missed},
			{Place: phone.Place{Row: left.Received.UnixMilli(), Kind: phone.PlaceVoicemail}, Voicemail: &left},
			booktest.Of(auto), booktest.Of(failed), booktest.Of(picture),
			booktest.Of(waits),
			booktest.Of(unread),
			booktest.Of(text("m1", maxNumber, "Call me", 50*time.Hour)),
			booktest.Of(text("l1", "+442079460303", "A very long text of somebody with a very long name, that does not fit into the row", 9*24*time.Hour)),
		},
		Letters: map[string]phone.Thread{
			joNumber: {Name: "Jo Lee", Contact: "c1"}, anaNumber: {Name: "Ana Cruz", Contact: "c2"}, maxNumber: {Name: "Max Orr", Entry: blocked},
			"+442079460303": {Name: "Roy, Roy & Sons — the very long name of a company", Draft: "Dear all,\nthank you"},
		},
	}
}

// templates are what / offers.
func templates() booktest.Automat {
	return booktest.Automat{Texting: phone.TextSettings{Templates: []phone.TextTemplate{
		{Name: "Order", Text: "Hello {first_name}, your order is on its way."}, {Name: "Opening hours", Text: "We are open from nine to five."},
	}}}
}

// textStage is a window with the page of texts open.
func textStage(t *testing.T, size fyne.Size) (*stage, *Texts) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	f := &viewtest.Phone{Records: history(), Book: book(), Inbox: mailbox(), Automat: templates(), Chat: chat()}
	m, q := viewtest.New(f)
	page := NewTexts(m)
	s := &stage{Shell: NewShell(m, map[view.Page]fyne.CanvasObject{
		view.PageTexts: page, view.PageVoicemails: NewVoicemails(m), view.PageContacts: NewContacts(m), view.PageCalls: NewCalls(m),
	}), phone: f, q: q}
	s.win = test.NewTempWindow(t, s.Object())
	s.win.SetPadded(false)
	s.win.Resize(size)
	m.Start(viewtest.Snapshot())
	m.Go(view.PageTexts)
	q.Run()
	return s, page
}

func TestTextsLook(t *testing.T) {
	for where, size := range map[string]fyne.Size{"wide": wideWindow, "narrow": narrowWindow} {
		look := func(name string, do func(p *Texts, m *view.Main, q *viewtest.Queue)) {
			golden(t, name+"-"+where, size, func(w fyne.Window) fyne.CanvasObject {
				f := &viewtest.Phone{Records: history(), Book: book(), Inbox: mailbox(), Automat: templates(), Chat: chat()}
				if name == "texts-empty" {
					f.Chat = booktest.Chat{}
				}
				m, q := viewtest.New(f)
				page := NewTexts(m)
				shell := NewShell(m, map[view.Page]fyne.CanvasObject{view.PageTexts: page})
				w.SetContent(shell.Object())
				w.Resize(size)
				s := viewtest.Snapshot()
				s.Composing = []phone.Composing{{Number: anaNumber}}
				if name == "texts-thread" {
					s.Gateways = []phone.GatewayStatus{{Gateway: phone.Gateway{Name: "Twilio"}}}
				}
				m.Start(s)
				m.Go(view.PageTexts)
				q.Run()
				do(page, m, q)
				q.Run()
				return shell.Object()
			})
		}
		pick := func(number string) func(p *Texts, m *view.Main, q *viewtest.Queue) {
			return func(_ *Texts, m *view.Main, q *viewtest.Queue) { m.Texts.Pick(number) }
		}
		look("texts", func(*Texts, *view.Main, *viewtest.Queue) {})
		look("texts-empty", func(*Texts, *view.Main, *viewtest.Queue) {})
		look("texts-thread", pick(joNumber))
		look("texts-unread", pick(anaNumber))
		look("texts-blocked", func(p *Texts, m *view.Main, q *viewtest.Queue) {
			m.Texts.Pick(maxNumber)
			q.Run()
			p.pane.compose.field.SetText("We are sorry, “Max”: the driver was there at two, and again at four. We have put the parcel into the shop at the corner for you, open until eight.")
		})
		look("texts-choices", func(p *Texts, m *view.Main, q *viewtest.Queue) {
			m.Texts.Pick(joNumber)
			q.Run()
			p.pane.compose.field.SetText("/")
		})
		look("texts-new", func(p *Texts, m *view.Main, q *viewtest.Queue) {
			m.Texts.Begin()
			q.Run()
			p.begun.to.SetText("o")
		})
		look("texts-search", func(p *Texts, m *view.Main, q *viewtest.Queue) {
			p.search.SetText("the")
			q.Run()
			m.Texts.PickFound(m.Texts.Found[0])
		})
	}
}

// said are what was asked of the texts, but what is read and what is begun.
func (s *stage) said() []string {
	var all []string
	for _, said := range s.phone.Said {
		if said != "timeline" && !strings.HasPrefix(said, "compose") && !strings.HasPrefix(said, "draft") {
			all = append(all, said)
		}
	}
	return all
}

func TestATextIsWrittenAndSent(t *testing.T) {
	s, page := textStage(t, wideWindow)
	page.list.OnActivate(0)
	s.q.Run()
	test.Type(s.win.Canvas().Focused(), "See you at four")
	require.Contains(t, s.main.Texts.Open.Count, "15/160")
	s.phone.Said = nil
	s.key(fyne.KeyReturn)
	require.Equal(t, []string{"send " + joNumber + " See you at four " + viewtest.Alice}, s.said())
	require.Empty(t, page.pane.compose.field.Text())
	last := s.main.Texts.Open.Lines[len(s.main.Texts.Open.Lines)-1]
	require.Equal(t, "See you at four", last.Text.Body)

	test.Type(s.win.Canvas().Focused(), "/ord")
	s.q.Run()
	s.key(fyne.KeyReturn)
	require.Equal(t, "Hello Jo, your order is on its way.", page.pane.compose.field.Text(), "Enter chooses a template, and sends nothing")
	require.Len(t, s.said(), 1)
}

func TestWhyATextWaitsIsSaid(t *testing.T) {
	s, page := textStage(t, wideWindow)
	s.main.Texts.Pick(joNumber)
	s.q.Run()
	require.NotNil(t, s.win.Canvas().Focused(), "the cursor is in the field")
	for _, line := range page.pane.lines() {
		if line.Text.ID == "t8" {
			b := page.pane.bubble(line.Text)
			require.Equal(t, "The other side is not there now.", b.Trouble)
			require.True(t, b.Calm)
			require.NotEmpty(t, b.Retry)
			return
		}
	}
	require.Fail(t, "there is no such text")
}

func TestLinksOfATextLead(t *testing.T) {
	s, page := textStage(t, wideWindow)
	page.list.OnActivate(0)
	s.q.Run()
	links := page.pane.at(1).Text.Links
	require.Len(t, links, 2)
	page.pane.follow(links[1])
	s.q.Run()
	require.Contains(t, s.phone.Log, "dial 02079460018", "through the gate")
	opened := &opener{App: fyne.CurrentApp()}
	fyne.SetCurrentApp(opened)
	page.pane.follow(links[0])
	for _, bad := range []string{"file:///etc/passwd", "javascript:alert(1)", "smb://host/x"} {
		page.pane.follow(view.Link{URL: bad})
	}
	require.Equal(t, []string{"https://shop.example.org/orders/4711"}, opened.urls)
}

// opener is an app that opens nothing.
type opener struct {
	fyne.App
	urls []string
}

func (o *opener) OpenURL(u *url.URL) error {
	o.urls = append(o.urls, u.String())
	return nil
}

func TestTheBannerFollowsTheBlacklist(t *testing.T) {
	s, page := textStage(t, wideWindow)
	s.main.Texts.Pick(joNumber)
	s.q.Run()
	require.False(t, page.pane.blocked.banner.Visible())
	one := s.phone.Letters[joNumber]
	one.Entry = phone.Entry{ID: "e9", Number: joNumber, Mode: phone.BlockAll, Since: viewtest.Noon}
	s.phone.Letters[joNumber] = one
	s.main.Happened(phone.Event{Kind: phone.EventBlacklist})
	s.q.Run()
	require.True(t, page.pane.blocked.banner.Visible())
	require.Equal(t, "Jo Lee is blacklisted since 24 November, Block all.", page.pane.blocked.now.Text)
	require.Contains(t, itemTexts(threadItems(s.main, s.main.Texts.Open)), "Unblock")
}

func itemTexts(items []widget.MenuItem) (texts []string) {
	for _, item := range items {
		texts = append(texts, item.Text)
	}
	return texts
}

func TestANarrowWindowShowsTheListOrTheThread(t *testing.T) {
	s, page := textStage(t, narrowWindow)
	s.open(true) // the panel takes the room
	s.win.Resize(narrowWindow)
	require.True(t, page.lay.alone())
	list := page.parts.Objects[0]
	require.True(t, list.Visible())
	page.list.OnActivate(0)
	s.q.Run()
	require.False(t, list.Visible())
	require.True(t, page.pane.head.back.Visible())
	page.pane.head.back.OnTapped()
	require.True(t, list.Visible())
	require.False(t, page.pane.content.Visible())
	page.list.OnActivate(0)
	s.q.Run()
	s.open(false)
	require.True(t, list.Visible())
	require.False(t, page.pane.head.back.Visible())
}

func TestTheArrowLeadsFromTheSearchToWhatWasFound(t *testing.T) {
	s, page := textStage(t, wideWindow)
	page.search.SetText("driver")
	s.q.Run()
	require.Zero(t, s.main.Texts.Len(), "no name has it")
	require.NotEmpty(t, s.main.Texts.Found)
	s.win.Canvas().Focus(page.search)
	s.key(fyne.KeyDown)
	s.key(fyne.KeyReturn)
	s.q.Run()
	require.NotNil(t, s.main.Texts.Open, "the title of what was found is passed over")
	require.Equal(t, joNumber, s.main.Texts.Open.Number)
}

func TestANewTextIsBegun(t *testing.T) {
	s, page := textStage(t, wideWindow)
	s.main.Texts.Begin()
	require.Equal(t, fyne.Focusable(page.begun.to), s.win.Canvas().Focused())
	test.Type(page.begun.to, "ana")
	s.q.Run()
	s.key(fyne.KeyDown)
	s.key(fyne.KeyReturn)
	require.Equal(t, anaNumber, s.main.Texts.Open.Number)
	require.True(t, page.pane.compose.field.Focused())
}

func TestTextsAreWrittenFromOtherPages(t *testing.T) {
	s, page := textStage(t, wideWindow)
	text := func(items []widget.MenuItem) {
		for _, item := range items {
			if item.Text == "Text" {
				item.Tapped()
				s.q.Run()
				return
			}
		}
		require.Fail(t, "there is no Text")
	}
	for name, do := range map[string]func(){
		"a message": func() {
			text(voicemailItems(s.main, view.VoicemailRow{Number: anaNumber, Account: viewtest.Alice}, true))
		},
		"a call": func() {
			calls := s.pages[view.PageCalls].(*Calls)
			text(calls.callMenu(view.CallRow{ID: "c1", Number: anaNumber, Again: anaNumber, Account: viewtest.Alice}))
		},
	} {
		s.main.Texts.Close()
		s.main.Go(view.PageHome)
		do()
		require.Equal(t, view.PageTexts, s.main.Page, name)
		require.Equal(t, anaNumber, s.main.Texts.Open.Number, name)
		require.True(t, page.pane.compose.field.Focused(), name)
	}
}

func TestAVoicemailInAThreadOpens(t *testing.T) {
	s, page := textStage(t, wideWindow)
	s.main.Texts.Pick(joNumber)
	s.q.Run()
	for i := range page.pane.lines() {
		if page.pane.at(i).Event.Voicemail != "" {
			line := page.pane.create(int(view.EventLine)).(*widget.EventLine)
			page.pane.draw(i, line)
			line.OnTapped()
			s.q.Run()
			require.Equal(t, view.PageVoicemails, s.main.Page)
			require.Equal(t, phone.VoicemailID("v3"), s.main.Voicemails.Open.ID)
			return
		}
	}
	require.Fail(t, "there is no voicemail")
}
