package page

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/viewtest"
	"github.com/callward/callward/ui/widget"
)

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

func TestAPictureIsTakenFromAFile(t *testing.T) {
	s := newStage(t, wideWindow, &viewtest.Phone{Book: book()}, viewtest.Snapshot())
	page := NewContacts(s.main)
	s.main.Contacts.Add("", "")
	form := page.form
	test.Type(form.name.Entry, "Max Orr")
	form.fields[0].Entry.SetText("1003")
	dir := t.TempDir()
	text := filepath.Join(dir, "a.txt")
	require.NoError(t, os.WriteFile(text, []byte("no picture"), 0o600))
	for _, path := range []string{filepath.Join(dir, "none.png"), dir, text, os.DevNull} {
		form.picture.SetText(path)
		form.submit()
		s.q.Run()
		require.NotEmpty(t, form.picture.Error(), path)
		require.NotNil(t, s.main.Contacts.Form)
	}
	// A device may never end: this one would fill the memory.
	if device := "/dev/zero"; exists(device) {
		_, err := readPicture(device)
		require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
	}

	file := filepath.Join(dir, "max.png")
	var picture bytes.Buffer
	require.NoError(t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))))
	require.NoError(t, os.WriteFile(file, picture.Bytes(), 0o600))
	form.picture.SetText(file)
	form.submit()
	s.q.Run()
	require.Nil(t, s.main.Contacts.Form)
	require.Equal(t, picture.Bytes(), s.main.Contacts.Open.Picture)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
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
