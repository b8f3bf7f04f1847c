package page

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// fileSheets shows the window of an import or export while there is one.
type fileSheets struct {
	shell *Shell
	work  *view.FileWork
	open  *fileSheet
}

func newFileSheets(s *Shell) {
	f := &fileSheets{shell: s}
	onChange(&s.main.Changed, f.draw)
}

func (f *fileSheets) draw() {
	work, on := f.shell.main.File, canvasOf(f.shell.root)
	if work == f.work || on == nil {
		return
	}
	if f.open != nil {
		f.open.sheet.Close()
		f.open = nil
	}
	if f.work = work; work != nil {
		f.open = newFileSheet(on, work)
	}
}

// fileSheet is the window. For Fyne's goroutine.
type fileSheet struct {
	work  *view.FileWork
	sheet *widget.Sheet

	path    *widget.Field
	columns *fyne.Container
	table   *phone.TablePreview // whose columns are shown
	state   *widget.Paragraph
	skipped *widget.Paragraph
	cancel  *widget.Button
	act     *widget.Button
}

func newFileSheet(on fyne.Canvas, work *view.FileWork) *fileSheet {
	s := &fileSheet{work: work, columns: flow(theme.Grid / 2), state: note(), skipped: widget.NewParagraph("", widget.Small)}
	s.path = widget.NewField(lang.L("File"))
	s.path.SetText(work.Path)
	s.path.Entry.OnChanged = work.Type
	s.path.Entry.OnSubmitted = func(string) { work.Go() }
	s.path.Entry.OnKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyEscape {
			work.Cancel()
		}
		return key == fyne.KeyEscape
	}
	s.path.SetHint(hintOf(work))
	s.cancel = widget.NewButton(lang.L("Cancel"), widget.Plain, work.Cancel)
	s.act = widget.NewButton("", widget.Filled, work.Go)
	content := scrolled(on, flow(1.5*theme.Grid, s.path, s.columns, s.state, s.skipped))
	s.sheet = widget.ShowSheet(on, titleOf(work), content, s.path.Entry, s.cancel, s.act)
	onChange(&work.Changed, s.draw)
	s.draw()
	return s
}

func titleOf(work *view.FileWork) string {
	switch {
	case work.Message != "":
		return lang.L("Save the message")
	case work.Contacts && work.Export:
		return lang.L("Export contacts")
	case work.Contacts:
		return lang.L("Import contacts")
	case work.Export:
		return lang.L("Export the blacklist")
	}
	return lang.L("Import a blacklist")
}

func hintOf(work *view.FileWork) string {
	switch {
	case work.Message != "":
		return lang.L("A WAV file, with its whole path.")
	case work.Export && work.Contacts:
		return lang.L("vCards; a name that ends in .csv makes a table.")
	case work.Export:
		return lang.L("A CSV file with number, name and mode.")
	case work.Contacts:
		return lang.L("A vCard file (.vcf) or a table (.csv), with its whole path.")
	}
	return lang.L("A CSV file with number, name and mode (voicemail or all), with its whole path.")
}

// draw shows how far it is.
func (s *fileSheet) draw() {
	w := s.work
	over := w.Report != nil || w.Written != ""
	s.path.SetError(w.Error)
	show(s.path, !over)
	s.drawColumns()
	text := w.Written
	switch {
	case w.Working && w.Done > 0:
		text = lang.L("{{.Count}} read…", map[string]any{"Count": w.Done})
	case w.Working:
		text = lang.L("Reading…")
	case w.Report != nil:
		text = lang.L("{{.Added}} added, {{.Merged}} merged, {{.Unchanged}} unchanged, {{.Skipped}} skipped.", map[string]any{
			"Added": w.Report.Added, "Merged": w.Report.Merged, "Unchanged": w.Report.Unchanged, "Skipped": w.Report.SkippedCount,
		})
	}
	say(s.state, text, theme.Text)
	s.drawSkipped()
	s.act.SetText(s.verb(over))
	show(s.cancel, !over)
	if w.Working {
		s.act.Disable()
	} else {
		s.act.Enable()
	}
	s.sheet.Relay()
}

func (s *fileSheet) verb(over bool) string {
	switch {
	case over:
		return lang.L("Close")
	case s.work.Message != "":
		return lang.L("Save")
	case s.work.Export:
		return lang.L("Export")
	}
	return lang.L("Import")
}

// drawSkipped lists what was left out, and why.
func (s *fileSheet) drawSkipped() {
	const most = 50
	lines := s.work.Skips(most)
	s.skipped.SetText(strings.Join(lines, "\n"))
	show(s.skipped, len(lines) > 0)
}

// drawColumns shows what each column of a table is for, with what stands in it.
func (s *fileSheet) drawColumns() {
	table := s.work.Table
	show(s.columns, table != nil && s.work.Report == nil)
	if table == s.table {
		return
	}
	s.table = table
	s.columns.Objects = nil
	if table == nil {
		return
	}
	uses, words := columnUses()
	s.columns.Add(widget.NewText(lang.L("What the columns are for"), widget.SmallStrong))
	for i, column := range table.Columns {
		at := -1
		for j, use := range uses {
			if use == column {
				at = j
			}
		}
		mine, shown := uses, words
		if at < 0 { // a label of its own
			at, mine, shown = len(uses), append(uses[:len(uses):len(uses)], column), append(words[:len(words):len(words)], fmt.Sprintf("%s: %s", lang.L("Number"), column.Label))
		}
		choice := widget.NewChoice(shown, func(j int) { s.work.SetColumn(i, mine[j]) })
		choice.Set(shown, at)
		s.columns.Add(container.NewBorder(nil, nil, nil, choice, middled(columnHead(table, i))))
	}
	s.columns.Refresh()
}

// columnHead is the header of a column, and what stands in its first rows.
func columnHead(table *phone.TablePreview, i int) fyne.CanvasObject {
	var sample []string
	for _, row := range table.Rows {
		if i < len(row) && strings.TrimSpace(row[i]) != "" && len(sample) < 2 {
			sample = append(sample, row[i])
		}
	}
	header := ""
	if i < len(table.Header) {
		header = table.Header[i]
	}
	return column(0, widget.NewText(header, widget.Strong).Shrink(), widget.NewText(strings.Join(sample, ", "), widget.Small).Shrink())
}

// columnUses are what a column may be for, and how that is said.
func columnUses() (uses []phone.Column, words []string) {
	add := func(word string, use phone.Use, label string) {
		uses, words = append(uses, phone.Column{Use: use, Label: label}), append(words, word)
	}
	add(lang.L("Not used"), phone.UseNothing, "")
	add(lang.L("Name"), phone.UseName, "")
	add(lang.L("First name"), phone.UseFirstName, "")
	add(lang.L("Last name"), phone.UseLastName, "")
	add(lang.L("Company"), phone.UseCompany, "")
	add(lang.L("Note"), phone.UseNote, "")
	add(lang.L("Number"), phone.UseNumber, "")
	for _, label := range view.Labels {
		add(fmt.Sprintf("%s: %s", lang.L("Number"), labelText(label)), phone.UseNumber, label)
	}
	add(lang.L("Label of the next number"), phone.UseLabel, "")
	return uses, words
}
