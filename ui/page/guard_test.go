package page

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/booktest"
	"github.com/callward/callward/ui/view/viewtest"
	"github.com/callward/callward/ui/widget"
)

// book is a list with an entry of each kind, two contacts, and a log.
func book() booktest.Book {
	noon := viewtest.Noon
	jo := phone.Contact{ID: "c1", Name: "Jo Lee", Company: "Lee Plumbing", Numbers: []phone.ContactNumber{
		{Label: "work", Text: "+44 20 7946 0018", Number: "+442079460018"},
		{Label: "mobile", Text: "+44 7700 900123", Number: "+447700900123"},
		{Label: "SIP", Text: "jo@lee.example", Number: "jo@lee.example"},
	}}
	ana := phone.Contact{ID: "c2", Name: "Ana Cruz", Numbers: []phone.ContactNumber{{Label: "mobile", Text: "+44 20 7946 0021", Number: "+442079460021"}}}
	entry := func(id phone.EntryID, kind phone.EntryKind, mode phone.Mode, number, name string, blocked int) phone.Entry {
		return phone.Entry{ID: id, Kind: kind, Mode: mode, Number: number, Text: number, Name: name, Blocked: blocked, Since: noon.AddDate(0, -2, 0)}
	}
	whole := entry("e1", phone.KindContact, phone.AllowVoicemails, "+442079460018", "Jo Lee", 3)
	whole.Contact, whole.Others, whole.Last = "c1", []string{"+447700900123", "jo@lee.example"}, noon.Add(-time.Hour)
	soon := entry("e2", phone.KindNumber, phone.BlockAll, "+442079460199", "", 12)
	soon.Expires = noon.AddDate(0, 0, 30)
	blocked := func(row int64, kind phone.ScreenedKind, v phone.Verdict, number, name string, ago time.Duration) phone.Screened {
		return phone.Screened{Row: row, Kind: kind, Verdict: v, Number: number, Name: name, Time: noon.Add(-ago), Account: viewtest.Alice, Entry: "e1", EntryName: "Jo Lee", EntryText: "+1900"}
	}
	text := blocked(2, phone.ScreenedText, phone.Verdict{Mode: phone.BlockAll, Kind: phone.KindNumber, Header: "P-Asserted-Identity", Received: "02079460199@trunk.example", Number: "+442079460199"}, "+442079460199", "", 26*time.Hour)
	text.Text, text.EntryName, text.EntryText = "You have won! Call +1 900 555 0100 now.", "", "+442079460199"
	return booktest.Book{
		People: []phone.Contact{jo, ana},
		List: []phone.Entry{
			whole, soon, entry("e3", phone.KindPrefix, phone.BlockAll, "+1900", "Premium numbers", 0), entry("e4", phone.KindHidden, phone.AllowVoicemails, "", "", 1),
			entry("e5", phone.KindNumber, phone.LetThrough, "+442079460100", "Our own office", 0), entry("e6", phone.KindContacts, phone.LetThrough, "", "", 0),
		},
		Rows: []phone.Screened{
			blocked(3, phone.ScreenedCall, phone.Verdict{Mode: phone.AllowVoicemails, Kind: phone.KindContact, Header: "From", Received: "02079460018@pbx.example", Number: "+442079460018"}, "+442079460018", "Jo Lee", 20*time.Minute),
			text,
			blocked(1, phone.ScreenedCall, phone.Verdict{Mode: phone.BlockAll, Kind: phone.KindPrefix, Header: "From", Received: "+19005550100@trunk.example", Number: "+19005550100"}, "+19005550100", "", 50*time.Hour),
		},
		Lately:   phone.Replay{Calls: 3, Texts: 2, Contacts: 1},
		Found:    phone.Passage{Verdict: phone.Verdict{Mode: phone.AllowVoicemails, Kind: phone.KindContact, Row: 1, Header: "From", Received: "020 7946 0018", Number: "+442079460018"}, Entry: whole},
		Refusing: phone.Screening{Decline: 603, Keep: 90 * 24 * time.Hour},
	}
}

// guardStage is a window with Settings open at a section.
func guardStage(t *testing.T, section Section) (*stage, *rig) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	f := &viewtest.Phone{Records: history(), Book: book()}
	r := newRig(f, viewtest.Snapshot())
	st := &stage{Shell: newShellOf(r), phone: f, q: r.queue}
	st.win = test.NewTempWindow(t, st.Object())
	st.win.SetPadded(false)
	st.win.Resize(wideWindow)
	test.Tap(r.nav[section])
	r.queue.Run()
	return st, r
}

// adds waits for what was asked, and returns the window Add Blacklist Numbers.
func (s *stage) adds(t *testing.T) *entrySheet {
	t.Helper()
	s.q.Run()
	require.NotNil(t, s.entries.open, "it is open")
	return s.entries.open
}

// blacklistOf is the section that is open.
func blacklistOf(r *rig) *view.Blacklist { return r.main.Blacklist }

func titles(b *view.Blacklist) (all []string) {
	for i := range b.Len() {
		row, _ := b.Row(i)
		all = append(all, row.Title)
	}
	return all
}

func TestANumberIsBlockedByMouse(t *testing.T) {
	s, r := guardStage(t, SectionBlacklist)
	before := titles(blacklistOf(r))
	r.main.AddEntry(phone.KindNumber, false) // what Add does
	sheet := s.adds(t)
	require.Equal(t, fyne.Focusable(sheet.number.Entry), s.win.Canvas().Focused())
	require.True(t, sheet.whole.Disabled(), "there is no contact yet")
	require.Equal(t, 0, sheet.mode.Selected(), "Block and Allow Voicemails is chosen beforehand")
	require.False(t, sheet.rare.Visible(), "More is closed")

	test.Type(sheet.number.Entry, "jo")
	s.q.Run()
	require.True(t, sheet.offers.Visible())
	sheet.offers.Objects[1].(*matchRow).MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	s.q.Run()
	require.Equal(t, "+44 7700 900123", sheet.number.Text())
	require.Equal(t, "Jo Lee", sheet.name.Text())
	require.False(t, sheet.offers.Visible())
	require.False(t, sheet.whole.Disabled())
	test.Tap(sheet.save)
	s.q.Run()
	require.Nil(t, s.entries.open)
	require.Nil(t, s.win.Canvas().Overlays().Top())
	r.main.Happened(phone.Event{Kind: phone.EventBlacklist})
	s.q.Run()
	require.Equal(t, append([]string{"Jo Lee"}, before...), titles(blacklistOf(r)))
	require.Equal(t, phone.AllowVoicemails, s.phone.List[0].Mode)
}

func TestAWrongNumberIsExplainedBesideItsField(t *testing.T) {
	s, r := guardStage(t, SectionBlacklist)
	r.main.AddEntry(phone.KindNumber, false)
	sheet := s.adds(t)
	for _, text := range []string{"", "nonsense", "112", "+442079460199"} {
		sheet.number.Entry.SetText(text)
		s.q.Run()
		test.Tap(sheet.save)
		s.q.Run()
		require.NotEmpty(t, sheet.number.Error(), text)
		require.NotNil(t, s.entries.open)
	}
	require.True(t, sheet.change.Visible(), "it is on the list already")
	sheet.form.EditTaken()
	test.Tap(sheet.save)
	s.q.Run()
	require.Nil(t, s.entries.open)
	require.Len(t, s.phone.List, 6)
	require.Equal(t, phone.AllowVoicemails, s.phone.List[1].Mode)
}

func TestTheWindowIsLeftByEscape(t *testing.T) {
	s, r := guardStage(t, SectionBlacklist)
	for _, field := range []func(*entrySheet) fyne.Focusable{
		func(e *entrySheet) fyne.Focusable { return e.number.Entry }, func(e *entrySheet) fyne.Focusable { return e.name.Entry },
		func(e *entrySheet) fyne.Focusable { return e.more }, func(e *entrySheet) fyne.Focusable { return e.save },
	} {
		r.main.AddEntry(phone.KindNumber, false)
		sheet := s.adds(t)
		s.win.Canvas().Focus(field(sheet))
		s.key(fyne.KeyEscape)
		require.Nil(t, r.main.Adding)
		require.Nil(t, s.win.Canvas().Overlays().Top())
	}
}

func TestEntriesAreRemovedAndComeBack(t *testing.T) {
	s, r := guardStage(t, SectionBlacklist)
	b := blacklistOf(r)
	all := titles(b)
	row, _ := b.Row(0)
	b.Remove(row)
	s.q.Run()
	require.Equal(t, all[1:], titles(b))
	require.Equal(t, "Jo Lee was removed.", b.Undone)
	b.Undo()
	s.q.Run()
	require.ElementsMatch(t, all, titles(b))

	b.Mark(true)
	first, _ := b.Row(0)
	second, _ := b.Row(1)
	b.Toggle(first.Entry.ID)
	b.Toggle(second.Entry.ID)
	b.RemoveMarked()
	s.q.Run()
	require.Equal(t, "2 entries were removed.", b.Undone)
	require.Len(t, titles(b), len(all)-2)
	require.False(t, b.Marking)

	s.phone.Book.Err = &phone.Error{Code: phone.CodeStorage, Op: "x"}
	row, _ = b.Row(0)
	b.Remove(row)
	s.q.Run()
	require.NotEmpty(t, b.Failed)
	require.Empty(t, s.phone.Log)
}

func TestTheBlockedLogUnblocks(t *testing.T) {
	s, r := guardStage(t, SectionBlockedLog)
	log := r.main.BlockedLog
	require.Equal(t, 3, log.Len())
	row, _ := log.Row(0)
	require.Equal(t, "Blocked with the contact Jo Lee", row.Why)
	log.Unblock(row)
	s.q.Run()
	require.Equal(t, "Unblocked: all numbers of Jo Lee.", log.Done)
	require.Len(t, s.phone.List, 5)
	log.Undo()
	s.q.Run()
	require.Len(t, s.phone.List, 6)

	prefix, _ := log.Row(2)
	require.True(t, prefix.Through)
	log.LetThrough(prefix)
	s.q.Run()
	require.Equal(t, phone.LetThrough, s.phone.List[0].Mode)
	log.Set(365, 607)
	s.q.Run()
	require.Equal(t, phone.Screening{Decline: 607, Keep: 365 * 24 * time.Hour}, s.phone.Refusing)
}

func TestACallIsBlockedFromItsMenu(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{Records: history(), Book: book()}, viewtest.Snapshot(talking("c1", time.Minute)))
	card := s.cards.cards["c1"]
	card.openMenu()
	require.NotNil(t, s.win.Canvas().Overlays().Top())
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	s.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	sheet := s.adds(t)
	require.Equal(t, "+442079460018", sheet.number.Text())
	require.Equal(t, "Jo Lee", sheet.name.Text())
}

func TestAContactIsAddedChangedAndDeleted(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	f := &viewtest.Phone{Records: history(), Book: book()}
	m, q := viewtest.New(f)
	page := NewContacts(m)
	shell := NewShell(m, map[view.Page]fyne.CanvasObject{view.PageContacts: page})
	w := test.NewTempWindow(t, shell.Object())
	w.Resize(wideWindow)
	m.Start(viewtest.Snapshot())
	m.Go(view.PageContacts)
	q.Run()
	require.Equal(t, 2, m.Contacts.Len())

	m.Contacts.Add("", "")
	form := page.form
	test.Type(form.name.Entry, "Max Orr")
	test.Type(form.fields[0].Entry, "nonsense")
	test.Tap(form.save)
	q.Run()
	require.NotEmpty(t, form.fields[0].Error(), "it is said beside the number")
	m.Go(view.PageHome)
	m.Go(view.PageContacts)
	q.Run()
	require.Equal(t, "Max Orr", page.form.name.Text(), "what was typed is still there")
	form.fields[0].Entry.SetText("1003")
	test.Tap(form.save)
	q.Run()
	require.Nil(t, m.Contacts.Form)
	require.Equal(t, "Max Orr", m.Contacts.Open.Name)
	require.Equal(t, 3, m.Contacts.Len())

	row := page.card.lines.Objects[0].(*widget.LoneRow)
	test.Tap(row)
	q.Run()
	require.Equal(t, []string{"dial 1003"}, f.Log, "a click calls")
	m.Contacts.Delete()
	q.Run()
	require.Equal(t, 2, m.Contacts.Len())
	require.Equal(t, "Max Orr was deleted.", m.Contacts.Undone)
	m.Contacts.Undo()
	q.Run()
	require.Equal(t, 3, m.Contacts.Len())
}

func TestWhatIsTypedAboutAContactStays(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{Records: history(), Book: book()}, viewtest.Snapshot())
	page := NewContacts(s.main)
	s.main.Go(view.PageContacts)
	s.q.Run()
	p := s.main.Contacts
	p.Add("", "")
	require.False(t, page.add.Visible(), "Save is the one filled button")
	p.Pick("c2")
	s.q.Run()
	require.Nil(t, p.Form, "nothing was typed")
	require.Equal(t, "Ana Cruz", p.Open.Name)
	require.True(t, page.add.Visible())

	p.Add("", "")
	test.Type(page.form.name.Entry, "Max Orr")
	for _, other := range []func(){
		func() { p.Pick("c2") }, func() { s.main.OpenContact("c2") }, func() { s.main.AddContact("+442079460199", "Sam Roy", viewtest.Alice) },
	} {
		p.Form.Errors = map[string]string{}
		other()
		s.q.Run()
		require.NotNil(t, p.Form)
		require.Equal(t, "Max Orr", page.form.name.Text())
		require.True(t, page.form.wrong.Visible(), "it is said why")
	}
}

func TestAContactShowsWhichOfItsNumbersAreBlocked(t *testing.T) {
	m, q := viewtest.New(&viewtest.Phone{Book: book()})
	m.Start(viewtest.Snapshot())
	m.OpenContact("c2")
	q.Run()
	require.False(t, m.Contacts.Lines[0].Blocked)
	m.Block("+442079460021", "", "")
	q.Run()
	m.Adding.Save()
	q.Run()
	m.Happened(phone.Event{Kind: phone.EventBlacklist})
	q.Run()
	require.True(t, m.Contacts.Lines[0].Blocked, "at once")
}

func TestTabGoesThroughTheFormOfAContact(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{Book: book()}, viewtest.Snapshot())
	page := NewContacts(s.main)
	w := test.NewTempWindow(t, page)
	page.Canvas = w.Canvas()
	s.main.Contacts.Add("", "")
	test.FocusNext(w.Canvas())
	require.Equal(t, fyne.Focusable(page.form.company.Entry), w.Canvas().Focused())
	test.FocusNext(w.Canvas())
	require.IsType(t, (*widget.Choice)(nil), w.Canvas().Focused(), "which number it is, before the number")
	test.FocusNext(w.Canvas())
	require.Equal(t, fyne.Focusable(page.form.fields[0].Entry), w.Canvas().Focused())
	require.False(t, page.form.note.AcceptsTab(), "Tab leaves the note")
}

func TestGuardLook(t *testing.T) {
	for where, size := range map[string]fyne.Size{"wide": wideWindow, "narrow": narrowWindow} {
		look := func(name string, section Section, do func(r *rig)) {
			if where == "wide" && name != "blacklist" { // the rest is the same in both
				return
			}
			golden(t, name+"-"+where, size, func(w fyne.Window) fyne.CanvasObject {
				r := newRig(&viewtest.Phone{Records: history(), Book: book()}, viewtest.Snapshot())
				shell := newShellOf(r)
				w.SetContent(shell.Object())
				w.Resize(size)
				r.Open(section)
				r.queue.Run()
				do(r)
				r.queue.Run()
				return shell.Object()
			})
		}
		look("blacklist", SectionBlacklist, func(r *rig) {
			r.main.Blacklist.Unfold("e1")
			r.main.Passage.Type("020 7946 0018")
		})
		look("blacklist-add", SectionBlacklist, func(r *rig) { r.main.Block("+442079460018", "", viewtest.Alice) })
		look("blacklist-offers", SectionBlacklist, func(r *rig) {
			r.main.AddEntry(phone.KindNumber, false)
			r.main.Adding.Type("jo")
		})
		look("blacklist-taken", SectionBlacklist, func(r *rig) {
			r.main.AddEntry(phone.KindNumber, false)
			r.main.Adding.Type("+442079460199")
			r.main.Adding.SetExpires(4)
			r.main.Adding.Save()
		})
		look("blacklist-prefix", SectionBlacklist, func(r *rig) { r.main.AddEntry(phone.KindPrefix, false) })
		look("blacklist-undo", SectionBlacklist, func(r *rig) {
			row, _ := r.main.Blacklist.Row(0)
			r.main.Blacklist.Remove(row)
			r.queue.Run()
			r.main.Blacklist.Mark(true)
			r.main.Blacklist.Toggle("e3")
		})
		look("blacklist-paused", SectionBlacklist, func(r *rig) {
			s := viewtest.Snapshot()
			s.Unscreened = viewtest.Noon.Add(42 * time.Minute)
			r.main.Show(s)
		})
		look("blacklist-through", SectionBlacklist, func(r *rig) { r.main.Blacklist.Show(true) })
		look("blacklist-empty", SectionBlacklist, func(r *rig) {
			r.phone.List = nil
			r.main.Blacklist.Read()
		})
		look("blockedlog", SectionBlockedLog, func(r *rig) {
			row, _ := r.main.BlockedLog.Row(1)
			r.main.BlockedLog.Unfold(row)
		})
	}
}

func TestContactsLook(t *testing.T) {
	for where, size := range map[string]fyne.Size{"wide": wideWindow, "narrow": narrowWindow} {
		look := func(name string, do func(r *rig)) {
			if where == "wide" && name != "contacts" { // the rest is the same in both
				return
			}
			golden(t, name+"-"+where, size, func(w fyne.Window) fyne.CanvasObject {
				r := newRig(&viewtest.Phone{Records: history(), Book: book()}, viewtest.Snapshot())
				shell := NewShell(r.main, map[view.Page]fyne.CanvasObject{view.PageContacts: NewContacts(r.main), view.PageSettings: r.Settings})
				w.SetContent(shell.Object())
				w.Resize(size)
				r.main.Go(view.PageContacts)
				r.queue.Run()
				do(r)
				r.queue.Run()
				return shell.Object()
			})
		}
		look("contacts", func(r *rig) { r.main.Contacts.Choose("c1") })
		look("contacts-form", func(r *rig) {
			r.main.Contacts.Choose("c1")
			r.queue.Run()
			r.main.Contacts.Edit()
			r.main.Contacts.Form.Numbers[1].Text = "nonsense"
			r.main.Contacts.Save()
		})
		look("contacts-undo", func(r *rig) {
			r.main.Contacts.Choose("c2")
			r.queue.Run()
			r.main.Contacts.Delete()
		})
		look("contacts-empty", func(r *rig) {
			r.phone.People = nil
			r.main.Contacts.Read()
		})
		look("contacts-import", func(r *rig) {
			r.main.Files = fakeFiles{}
			r.main.OpenFile(true, false)
			r.main.File.Type("/home/jo/people.csv")
			r.main.File.Go()
		})
		look("contacts-report", func(r *rig) {
			r.main.Files = fakeFiles{}
			r.main.OpenFile(true, false)
			r.main.File.Type("/home/jo/people.csv")
			r.main.File.Go()
			r.queue.Run()
			r.main.File.Go()
		})
	}
}

// fakeFiles has one table, and adds nothing.
type fakeFiles struct{ view.Files }

func (fakeFiles) Preview(string) (*phone.TablePreview, error) {
	return &phone.TablePreview{
		Header: []string{"Name", "Firma", "Telefon mobil", "Bemerkung"}, Rows: [][]string{{"Jo Lee", "Lee Plumbing", "+44 7700 900123", ""}, {"Max Orr", "", "020 7946 0155", "calls late"}},
		Columns: []phone.Column{{Use: phone.UseName}, {Use: phone.UseCompany}, {Use: phone.UseNumber, Label: "mobile"}, {Use: phone.UseNote}},
	}, nil
}

func (fakeFiles) ImportContacts(context.Context, string, []phone.Column, phone.Progress) (phone.ImportReport, error) {
	return phone.ImportReport{Added: 12, Merged: 1, Unchanged: 3, SkippedCount: 2, Skipped: []phone.Skipped{
		{Line: 4, What: "Max Orr", Why: "It has no number and no SIP address."}, {Line: 9, What: "BEGIN:VCARD", Why: "The card has no end."},
	}}, nil
}
