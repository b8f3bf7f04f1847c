package page

import (
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
	log.Set(365, 607, true)
	s.q.Run()
	require.Equal(t, phone.Screening{Decline: 607, DropTexts: true, Keep: 365 * 24 * time.Hour}, s.phone.Refusing)
	log.Set(90, 607, log.Drop)
	s.q.Run()
	require.True(t, s.phone.Refusing.DropTexts)
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
