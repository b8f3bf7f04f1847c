package page

import (
	"math"
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

// talk is how loud somebody is who leaves a message.
func talk() []byte {
	wave := make([]byte, phone.MaxWave)
	for i := range wave {
		at := float64(i)
		wave[i] = byte(max(6, 110+90*math.Sin(at/2.3)*math.Sin(at/19)+50*math.Cos(at/5)))
	}
	return wave
}

// mailbox has some messages, newest first.
func mailbox() booktest.Inbox {
	left := func(id phone.VoicemailID, name, number string, ago, long time.Duration) phone.Voicemail {
		return phone.Voicemail{ID: id, Name: name, Number: number, Account: viewtest.Alice, Received: viewtest.Noon.Add(-ago), Length: long, Wave: talk()}
	}
	ana := left("v1", "Ana Cruz", "+442079460021", 108*time.Minute, 34*time.Second)
	ana.Contact = "c2"
	max := left("v2", "Max Orr", "+442079460199", 150*time.Minute, 62*time.Second)
	max.Blocked, max.BlockedNow = true, true
	jo := left("v3", "Jo Lee", "+442079460018", 3*time.Hour, 3*time.Minute)
	jo.Heard, jo.Note, jo.Contact = true, "Wants the invoice of March again.\nCall before Friday.", "c1"
	hidden := left("v4", "", "", 26*time.Hour, 12*time.Second)
	hidden.Heard, hidden.Done = true, true
	long := left("v5", "Roy, Roy & Sons — the very long name of a company that sells pumps and pipes", "+442079460303", 9*24*time.Hour, 155*time.Second)
	return booktest.Inbox{
		Mail: []phone.Voicemail{ana, max, jo, hidden, long},
		Machine: phone.MachineSettings{
			MaxLength: 3 * time.Minute, Talking: true, Away: true, DoNotDisturb: true, KeepPicked: true, Language: "en",
		},
		Spoken: []phone.Greeting{
			{Kind: phone.GreetingAll, Own: true, Sound: sound(8)},
			{Kind: phone.GreetingBlocked, Sound: sound(8)},
			{Kind: phone.GreetingAway, Own: true, Sound: sound(5)},
		},
	}
}

// sound is silence of that many seconds.
func sound(seconds int) phone.Samples {
	return phone.Samples{Rate: 8000, Data: make([]int16, 8000*seconds)}
}

// mailStage is a window with the page of messages open.
func mailStage(t *testing.T, size fyne.Size) (*stage, *Voicemails) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	f := &viewtest.Phone{Records: history(), Book: book(), Inbox: mailbox()}
	m, q := viewtest.New(f)
	page := NewVoicemails(m)
	s := &stage{Shell: NewShell(m, map[view.Page]fyne.CanvasObject{view.PageVoicemails: page, view.PageContacts: NewContacts(m)}), phone: f, q: q}
	s.win = test.NewTempWindow(t, s.Object())
	s.win.SetPadded(false)
	s.win.Resize(size)
	m.Start(viewtest.Snapshot())
	m.Go(view.PageVoicemails)
	q.Run()
	return s, page
}

// plays is a snapshot in which a message is played.
func plays(id phone.VoicemailID, at, long time.Duration) phone.Snapshot {
	s := viewtest.Snapshot()
	s.Player = phone.Player{Voicemail: id, Playing: true, Position: at, Length: long, Speed: 1.5, Role: phone.Speaker}
	return s
}

// leaving is a snapshot in which Jo Lee leaves a message.
func leaving(calls ...phone.Call) phone.Snapshot {
	s := viewtest.Snapshot(calls...)
	call := viewtest.Caller("c7")
	call.State = phone.Messaging
	s.Messages = []phone.LiveMessage{{Call: call, Phase: phone.MachineRecords, Length: 12 * time.Second, Level: -20}}
	return s
}

func TestVoicemailsLook(t *testing.T) {
	for where, size := range map[string]fyne.Size{"wide": wideWindow, "narrow": narrowWindow} {
		look := func(name string, s phone.Snapshot, do func(p *Voicemails, m *view.Main, q *viewtest.Queue)) {
			golden(t, name+"-"+where, size, func(w fyne.Window) fyne.CanvasObject {
				m, q := viewtest.New(&viewtest.Phone{Records: history(), Book: book(), Inbox: mailbox()})
				page := NewVoicemails(m)
				shell := NewShell(m, map[view.Page]fyne.CanvasObject{view.PageVoicemails: page})
				w.SetContent(shell.Object())
				w.Resize(size)
				m.Start(s)
				q.Run()
				do(page, m, q)
				q.Run()
				return shell.Object()
			})
		}
		look("voicemails", viewtest.Snapshot(), func(_ *Voicemails, m *view.Main, _ *viewtest.Queue) { m.Go(view.PageVoicemails) })
		look("voicemail-player", plays("v3", 75*time.Second, 3*time.Minute), func(p *Voicemails, m *view.Main, q *viewtest.Queue) {
			m.OpenVoicemail("v3")
			q.Run()
			canvasOf(p).Focus(p.list)
			p.list.SetCurrent(2)
		})
		look("voicemail-home", viewtest.Snapshot(), func(_ *Voicemails, m *view.Main, _ *viewtest.Queue) {})
		look("voicemail-live", leaving(), func(_ *Voicemails, m *view.Main, _ *viewtest.Queue) {
			s := leaving()
			s.NoRoom = true
			s.Accounts[0].Waiting = phone.MessagesWaiting{Waiting: true, New: 3}
			s.Player = plays("v1", 12*time.Second, 34*time.Second).Player
			m.Show(s)
		})
		if where == "wide" {
			continue
		}
		look("voicemail-blocked", viewtest.Snapshot(), func(_ *Voicemails, m *view.Main, _ *viewtest.Queue) { m.OpenVoicemail("v2") })
		look("voicemail-chosen", viewtest.Snapshot(), func(_ *Voicemails, m *view.Main, q *viewtest.Queue) {
			m.Go(view.PageVoicemails)
			q.Run()
			m.Voicemails.Choose("v1")
			m.Voicemails.Choose("v3")
		})
		look("voicemail-deleted", viewtest.Snapshot(), func(_ *Voicemails, m *view.Main, q *viewtest.Queue) {
			m.Go(view.PageVoicemails)
			q.Run()
			m.Voicemails.Delete("v1", "v3")
		})
		look("voicemail-heard", viewtest.Snapshot(), func(p *Voicemails, m *view.Main, q *viewtest.Queue) {
			m.Go(view.PageVoicemails)
			m.Voicemails.Mark(phone.MarkHeard, "v1", "v2", "v5")
			q.Run()
			m.Voicemails.Show(phone.UnheardVoicemails)
		})
		golden(t, "voicemail-empty-narrow", size, func(w fyne.Window) fyne.CanvasObject {
			m, q := viewtest.New(&viewtest.Phone{})
			shell := NewShell(m, map[view.Page]fyne.CanvasObject{view.PageVoicemails: NewVoicemails(m)})
			w.SetContent(shell.Object())
			w.Resize(size)
			m.Start(viewtest.Snapshot())
			m.Go(view.PageVoicemails)
			q.Run()
			return shell.Object()
		})
	}
}

// rowOf is the row in a list that has a title.
func rowOf(t *testing.T, in fyne.CanvasObject, title string) *widget.LoneRow {
	t.Helper()
	for _, o := range test.LaidOutObjects(in) {
		if row, ok := o.(*widget.LoneRow); ok && row.Visible() && row.Content().Title == title {
			return row
		}
	}
	t.Fatalf("there is no row %q", title)
	return nil
}

func TestVoicemailsByKeyboard(t *testing.T) {
	s, page := mailStage(t, wideWindow)
	page.FocusSearch()
	require.Equal(t, fyne.Focusable(page.search), s.win.Canvas().Focused())
	s.key(fyne.KeyDown)
	require.Equal(t, fyne.Focusable(page.list), s.win.Canvas().Focused())
	s.key(fyne.KeyReturn)
	require.Equal(t, "Ana Cruz", page.pane.name.Text())
	s.key(fyne.KeyDown)
	require.Equal(t, "Max Orr", page.pane.name.Text())
	s.key(fyne.KeySpace)
	require.Equal(t, []string{"play v2 0s"}, s.phone.Did)
	s.shows(plays("v2", 20*time.Second, 62*time.Second))
	require.Equal(t, "0:20 / 1:02", page.pane.place.Text())
	require.Equal(t, "1.5×", speedWords()[page.pane.speed.Selected()])
	for _, key := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeySpace} {
		s.key(key)
	}
	s.key(fyne.KeyDelete)
	require.Equal(t, []string{"play v2 0s", "seek 15s", "seek 25s", "pause true", "close", "delete [v2]"}, s.phone.Did)
	require.False(t, page.pane.content.Visible())
	tapButton(t, page.content, "Undo")
	s.q.Run()
	require.Equal(t, 5, s.main.Voicemails.Len())
}

func TestAClickInTheWaveformSeeks(t *testing.T) {
	s, page := mailStage(t, wideWindow)
	s.main.OpenVoicemail("v3")
	s.q.Run()
	s.shows(plays("v3", 90*time.Second, 3*time.Minute))
	require.InDelta(t, 0.5, page.pane.wave.Heard(), 0.001)
	width := page.pane.wave.Size().Width
	page.pane.wave.Tapped(&fyne.PointEvent{Position: fyne.NewPos(width/4, 10)})
	s.q.Run()
	require.Equal(t, []string{"seek 45s"}, s.phone.Did)
}

func TestWhatCanBeDoneAboutAMessage(t *testing.T) {
	s, page := mailStage(t, wideWindow)
	s.main.OpenVoicemail("v2")
	s.q.Run()
	tapButton(t, page.pane.parts, "Call back")
	s.q.Run()
	require.NotNil(t, s.main.Blocked, "through the gate")
	s.main.Abort()
	tapButton(t, page.pane.parts, "Done")
	tapButton(t, page.pane.parts, "Mark heard")
	tapButton(t, page.pane.parts, "Unblock")
	s.q.Run()
	require.Equal(t, "Unblocked: Max Orr.", s.main.Voicemails.Done)
	require.Equal(t, []string{"mark done [v2]", "mark heard [v2]"}, s.phone.Did)

	s.main.OpenVoicemail("v3")
	s.q.Run()
	tapButton(t, page.pane.parts, "Block…")
	require.NotNil(t, s.main.Adding)
	s.main.StopAdding()
	s.win.Canvas().Focus(page.pane.note)
	require.Contains(t, page.pane.note.Text, "Call before Friday.")
	page.pane.note.SetText("Done on Tuesday.")
	s.win.Canvas().Unfocus()
	s.q.Run()
	require.Contains(t, s.phone.Did, "note v3 Done on Tuesday.")
	require.Equal(t, "Done on Tuesday.", s.phone.Mail[2].Note)
}

func TestSomeMessagesAtOnce(t *testing.T) {
	s, page := mailStage(t, wideWindow)
	row, _ := s.main.Voicemails.Row(0)
	for _, item := range voicemailItems(s.main, row, true) {
		if item.Text == "Select" {
			item.Tapped()
		}
	}
	page.activate(4)
	require.Equal(t, "2 messages chosen", page.choice.count.Text())
	tapButton(t, page.choice.object, "Mark heard")
	s.q.Run()
	require.Equal(t, []string{"mark heard [v1 v5]"}, s.phone.Did)
	require.False(t, page.choice.object.Visible())
	page.activate(4)
	s.q.Run()
	require.Equal(t, phone.VoicemailID("v5"), s.main.Voicemails.Open.ID, "it opens again")
}

func TestTheOpenMessageCanBeLeftOutOfThoseThatAreChosen(t *testing.T) {
	s, page := mailStage(t, wideWindow)
	page.activate(2)
	s.q.Run()
	s.main.Voicemails.Choose("v1")
	require.Equal(t, []phone.VoicemailID{"v1", "v3"}, s.main.Voicemails.Choice())
	var row widget.Row
	page.drawRow(2, &row)
	require.True(t, row.Content().Selected)
	page.activate(2)
	page.drawRow(2, &row)
	require.Equal(t, phone.VoicemailID("v3"), s.main.Voicemails.Open.ID)
	require.False(t, row.Content().Selected, "what is done to those that are chosen is not done to it")
}

func TestTheKeysStayOnTheirMessage(t *testing.T) {
	s, page := mailStage(t, wideWindow)
	s.win.Canvas().Focus(page.list)
	page.list.SetCurrent(2)
	s.phone.Mail = append([]phone.Voicemail{{ID: "new", Number: "+442079460999", Received: viewtest.Noon}}, s.phone.Mail...)
	s.main.Happened(phone.Event{Kind: phone.EventVoicemail})
	s.q.Run()
	s.key(fyne.KeyDelete)
	require.Equal(t, []string{"delete [v3]"}, s.phone.Did)
}

func TestHomeHasTheNewestMessages(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{Records: history(), Inbox: mailbox()}, viewtest.Snapshot())
	require.Equal(t, "2 unheard, 1 blocked", s.home.mail.counts.Text())
	require.Equal(t, 4, s.home.mail.fits)
	test.Tap(s.home.mail.rows[1].play)
	s.q.Run()
	require.Equal(t, []string{"play v2 0s"}, s.phone.Did)
	require.Equal(t, view.PageHome, s.main.Page, "in place")
	s.shows(plays("v2", 12*time.Second, 62*time.Second))
	require.Equal(t, "0:12 / 1:02", s.home.mail.rows[1].row.Content().Cells[1].Text)
	over := plays("v2", 62*time.Second, 62*time.Second)
	over.Player.Playing = false
	s.shows(over)
	require.Equal(t, "1:02", s.home.mail.rows[1].row.Content().Cells[1].Text, "it is over")
	test.Tap(rowOf(t, s.home.root, "Jo Lee"))
	s.q.Run()
	require.Equal(t, view.PageVoicemails, s.main.Page)
	require.Equal(t, phone.VoicemailID("v3"), s.main.Voicemails.Open.ID)
	s.main.Go(view.PageHome)
	tapButton(t, s.home.root, "All voicemails →")
	require.Equal(t, view.PageVoicemails, s.main.Page)
}

func TestHomeKeepsItsRoomForCallsAndMessages(t *testing.T) {
	crowded := leaving()
	crowded.NoRoom = true
	crowded.Accounts[0].Waiting = phone.MessagesWaiting{New: 3}
	s := newStage(t, narrowWindow, &viewtest.Phone{Records: history(), Inbox: mailbox()}, crowded)
	driver := fyne.CurrentApp().Driver()
	bottom := driver.AbsolutePositionForObject(s.home.mail.root).Y + s.home.mail.root.MinSize().Height
	require.LessOrEqual(t, bottom, narrowWindow.Height)
	require.GreaterOrEqual(t, s.home.list.Size().Height, theme.CallRow)
	require.GreaterOrEqual(t, s.home.mail.fits, 1)
	title := driver.AbsolutePositionForObject(s.home.title).Y
	for _, o := range test.LaidOutObjects(s.home.root) {
		if b, ok := o.(*widget.Button); ok && b.Text() == "Pick up" {
			require.Less(t, driver.AbsolutePositionForObject(b).Y+b.Size().Height, title, "over the calls")
		}
	}
}

func TestAMessageThatIsBeingLeftIsOnHome(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, leaving())
	tapButton(t, s.home.root, "Listen in")
	s.q.Run()
	heard := leaving()
	heard.Messages[0].Listening = true
	s.shows(heard)
	tapButton(t, s.home.root, "Stop listening")
	tapButton(t, s.home.root, "Pick up")
	s.q.Run()
	require.Equal(t, []string{"listen c7 true", "listen c7 false", "pick up c7"}, s.phone.Did)

	s.shows(leaving(viewtest.Talking("c1", time.Minute)))
	tapButton(t, s.home.root, "Pick up")
	require.NotNil(t, s.main.Next, "it asks about the call that is up")
	for _, over := range s.win.Canvas().Overlays().List() {
		tapButton(t, over, "End and pick up")
	}
	s.q.Run()
	require.Equal(t, []string{"hangup c1"}, s.phone.Log)
	require.Equal(t, "pick up c7", s.phone.Did[len(s.phone.Did)-1])
}

func TestTheProvidersVoicemailIsCalled(t *testing.T) {
	waiting := viewtest.Snapshot()
	waiting.Accounts[0].Account.Voicemail.Number = "*97"
	waiting.Accounts[0].Waiting = phone.MessagesWaiting{New: 3}
	s := newStage(t, wideWindow, &viewtest.Phone{}, waiting)
	tapButton(t, s.home.root, "Call voicemail")
	s.q.Run()
	require.Equal(t, []string{"dial *97 " + viewtest.Alice}, s.phone.Log)
}

func TestACallLeadsToItsMessage(t *testing.T) {
	records := history()
	records[1].Voicemail = "v1"
	c, m, q := calls(&viewtest.Phone{Records: records, Inbox: mailbox()})
	m.Calls.Row(2)
	q.Run()
	row := m.Calls.Row(2)
	require.Equal(t, "+44 20 7946 0021  ·  left a message  ·  called back 11:10", callContent(row).Subtitle)
	c.callActions(row)[0].Tapped()
	q.Run()
	require.Equal(t, phone.VoicemailID("v1"), m.Voicemails.Open.ID)
	require.Empty(t, messageActions(m, m.Calls.Row(1)))
}

func TestTheContactsCardListsItsMessages(t *testing.T) {
	s, _ := mailStage(t, wideWindow)
	s.main.OpenContact("c1")
	s.q.Run()
	test.Tap(rowOf(t, s.win.Content(), "Jo Lee"))
	s.q.Run()
	require.Equal(t, view.PageVoicemails, s.main.Page)
	require.Equal(t, phone.VoicemailID("v3"), s.main.Voicemails.Open.ID)
}

func TestTheRailCountsUnheardMessages(t *testing.T) {
	f := &viewtest.Phone{Inbox: mailbox()}
	s := newStage(t, wideWindow, f, viewtest.Snapshot())
	badge := func() int {
		var items []*widget.RailItem
		for _, o := range test.LaidOutObjects(s.win.Content()) {
			if item, ok := o.(*widget.RailItem); ok {
				items = append(items, item)
			}
		}
		return items[3].Count() // between Texts and Contacts
	}
	require.Equal(t, 2, badge())
	f.Mail = f.Mail[1:2]
	s.main.Happened(phone.Event{Kind: phone.EventVoicemail})
	s.q.Run()
	require.Zero(t, badge(), "blocked callers make none")
	require.Equal(t, "1 blocked", s.home.mail.counts.Text())
}

func TestThePresenceIsChosenInTheHeader(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{}, viewtest.Snapshot())
	for _, item := range s.header.items() {
		if item.Text == "Do not disturb" {
			item.Tapped()
		}
	}
	s.q.Run()
	require.Equal(t, []string{"presence dnd"}, s.phone.Did)
	away := viewtest.Snapshot()
	away.Presence = phone.Away
	s.shows(away)
	require.Equal(t, "1001  Away", s.header.state.Text())
	require.Equal(t, theme.Warning, lineColor(s.main.Line))
}

func TestTheRingingWindowSendsToVoicemail(t *testing.T) {
	m, q := viewtest.New(&viewtest.Phone{})
	content := NewRinging(m)
	shown(t, content)
	m.Show(viewtest.Snapshot(viewtest.Caller("c1")))
	tapButton(t, content, "Voicemail")
	q.Run()
	require.Empty(t, m.Ringing.Notice)
}
