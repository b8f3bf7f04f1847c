package view

import (
	"slices"
	"strings"

	"github.com/callward/callward/phone"
)

// TemplateForm is a template as typed.
type TemplateForm struct {
	// Place is its place in the list; the length of the list for a new one.
	Place      int
	Name, Text string
	// NameError and TextError say what is wrong with a field.
	NameError, TextError string
}

// AddTemplate opens an empty template.
func (t *TextSetup) AddTemplate() {
	t.Template = &TemplateForm{Place: len(t.Settings.Templates)}
	t.Changed()
}

// EditTemplate opens one of the list.
func (t *TextSetup) EditTemplate(i int) {
	if i < len(t.Settings.Templates) {
		one := t.Settings.Templates[i]
		t.Template = &TemplateForm{Place: i, Name: one.Name, Text: one.Text}
		t.Changed()
	}
}

// CancelTemplate leaves it as it was.
func (t *TextSetup) CancelTemplate() {
	t.Template = nil
	t.Changed()
}

// SaveTemplate keeps the template that is open.
func (t *TextSetup) SaveTemplate() {
	f := t.Template
	if f == nil {
		return
	}
	one := phone.TextTemplate{Name: strings.TrimSpace(f.Name), Text: strings.TrimSpace(f.Text)}
	f.NameError, f.TextError = "", ""
	switch {
	case one.Name == "":
		f.NameError = t.words.L("A template needs a name.")
	case slices.ContainsFunc(t.others(f.Place), func(other phone.TextTemplate) bool { return strings.EqualFold(other.Name, one.Name) }):
		f.NameError = t.words.L("There is a template of this name already.")
	case one.Text == "":
		f.TextError = t.words.L("A template needs a text.")
	default:
		list := slices.Clone(t.Settings.Templates)
		if f.Place < len(list) {
			list[f.Place] = one
		} else {
			list = append(list, one)
		}
		t.Template = nil
		t.Set(func(s *phone.TextSettings) { s.Templates = list })
	}
	t.Changed()
}

// others are the templates but that of a place.
func (t *TextSetup) others(place int) []phone.TextTemplate {
	list := slices.Clone(t.Settings.Templates)
	if place < len(list) {
		list = slices.Delete(list, place, place+1)
	}
	return list
}

// RemoveTemplate removes one of the list at once; Undo brings it back.
func (t *TextSetup) RemoveTemplate(i int) {
	if i >= len(t.Settings.Templates) {
		return
	}
	t.removed = t.Settings.Templates
	t.Undone = t.words.L("{{.Name}} was removed.", map[string]any{"Name": t.removed[i].Name})
	t.Template = nil
	list := t.others(i)
	t.Set(func(s *phone.TextSettings) { s.Templates = list })
}

// Undo brings back the template that was removed last.
func (t *TextSetup) Undo() {
	list := t.removed
	t.Forget()
	if list != nil {
		t.Set(func(s *phone.TextSettings) { s.Templates = list })
	}
}

// Forget puts the offer to undo away.
func (t *TextSetup) Forget() {
	t.Undone, t.removed = "", nil
	t.Changed()
}
