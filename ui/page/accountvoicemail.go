package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// accountVoicemail is the part of an account's form that says who takes messages. For Fyne's goroutine.
type accountVoicemail struct {
	content  *fyne.Container
	form     *view.AccountForm
	after    *widget.Field
	provider *fyne.Container // what belongs to the provider's voicemail
	grown    func()
}

// newAccountVoicemail builds it; bind takes over what is typed, and grown is told of another height.
func newAccountVoicemail(f *view.AccountForm, bind func(accountField) *widget.Field, grown func()) *accountVoicemail {
	v := &accountVoicemail{form: f, grown: grown}
	answers := widget.NewCheck(lang.L("Take calls that nobody answers"), func(on bool) {
		f.Answers = on
		v.refresh()
	})
	answers.Set(f.Answers)
	v.after = bind(accountField{name: "voicemail-after", label: lang.L("After … seconds"), hint: lang.L("From 5 to 120."), text: &f.After})
	provider := widget.NewCheck(lang.L("Messages stay with your provider"), func(on bool) {
		f.Provider = on
		v.refresh()
	})
	provider.Set(f.Provider)
	status := widget.NewSegmented([]string{"486  " + lang.L("Busy"), "480  " + lang.L("Not there")}, func(i int) { f.Busy = i == 0 })
	if !f.Busy {
		status.SetSelected(1)
	}
	number := bind(accountField{name: "voicemail-number", label: lang.L("Number of the voicemail"), hint: lang.L("What you dial to hear your provider's messages, such as *97."), text: &f.VoicemailNumber})
	v.provider = flow(1.5*theme.Grid, widget.Labelled(lang.L("Calls are left to the provider with"), container.NewHBox(status)), number)
	v.content = flow(1.5*theme.Grid, widget.NewSectionTitle(lang.L("Voicemail")), answers, v.after, provider, v.provider)
	v.refresh()
	return v
}

func (v *accountVoicemail) refresh() {
	show(v.after, v.form.Answers)
	show(v.provider, v.form.Provider)
	v.content.Refresh()
	v.grown()
}
