package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// transports are the choices of Transport, as they stand side by side.
var transports = []phone.Transport{phone.UDP, phone.TCP, phone.TLS}

// accountForm is what is typed about an account. For Fyne's goroutine.
type accountForm struct {
	content  fyne.CanvasObject
	scroll   *container.Scroll
	accounts *view.Accounts
	form     *view.AccountForm

	fields map[string]*widget.Field // by the name that errors have
	rare   *fyne.Container
	more   *widget.Button
	wrong  *widget.Paragraph  // what concerns no field
	canvas func() fyne.Canvas // what it is on, nil for nothing; Fyne does not know it of a form that was never drawn
	save   *widget.Button
	column *fyne.Container
	foot   *fyne.Container // the buttons, always in sight
}

// accountField is a field of the form.
type accountField struct {
	name, label, hint string
	text              *string
	rare              bool
}

// fieldsOf are the fields of a form in their order, address and password excepted.
func fieldsOf(f *view.AccountForm) []accountField {
	return []accountField{
		{name: "server", label: lang.L("Server"), hint: lang.L("Where it is not the part after the @."), text: &f.Server},
		{name: "display-name", label: lang.L("Your name, as others see it"), text: &f.DisplayName},
		{name: "country", label: lang.L("Country"), hint: lang.L("Two letters, such as GB or DE: national numbers are read by it."), text: &f.Country},
		{name: "port", label: lang.L("Port"), hint: lang.L("Empty for the usual one."), text: &f.Port, rare: true},
		{name: "proxy", label: lang.L("Outbound proxy"), hint: lang.L("host or host:port"), text: &f.Proxy, rare: true},
		{name: "auth-user", label: lang.L("User name for the password"), hint: lang.L("Where it is not the part before the @."), text: &f.AuthUser, rare: true},
		{name: "interval", label: lang.L("Register every … seconds"), hint: lang.L("Empty for 300."), text: &f.Interval, rare: true},
		{name: "dial-prefix", label: lang.L("Dial before outside numbers"), hint: lang.L("Such as 9."), text: &f.DialPrefix, rare: true},
		{name: "strip-prefix", label: lang.L("Take off callers' numbers"), hint: lang.L("Such as 9."), text: &f.StripPrefix, rare: true},
		{name: "ca", label: lang.L("File of certificates to trust"), hint: lang.L("A PEM file, where the server's certificate is your company's own."), text: &f.CAFile, rare: true},
	}
}

func newAccountForm(a *view.Accounts, canvas func() fyne.Canvas) *accountForm {
	f := &accountForm{accounts: a, canvas: canvas, form: a.Form, fields: map[string]*widget.Field{}, rare: flow(1.5 * theme.Grid), wrong: note()}
	f.save = widget.NewButton(lang.L("Save"), widget.Filled, a.Save)
	f.more = widget.NewButton(lang.L("More"), widget.Plain, func() { f.open(!f.rare.Visible()) }).WithIcon(theme.IconChevronRight)
	transport := widget.NewSegmented([]string{"UDP", "TCP", "TLS"}, func(i int) { f.form.Transport = transports[i] })
	for i, t := range transports {
		if t == f.form.Transport {
			transport.SetSelected(i)
		}
	}
	standard := widget.NewCheck(lang.L("Call by this account where none is chosen"), func(on bool) { f.form.Default = on })
	standard.Set(f.form.Default)
	show(standard, !f.form.Default) // it is chosen elsewhere: some account must be
	f.column = flow(1.5 * theme.Grid)
	title := f.form.Address
	if f.form.New {
		title = lang.L("Add account")
		f.add(f.column, f.newField(accountField{name: "address", label: lang.L("Address"), hint: lang.L("As your provider gave it to you: name@example.org"), text: &f.form.Address}))
	}
	f.add(f.column, f.password())
	for _, field := range fieldsOf(f.form) {
		if field.rare {
			f.add(f.rare, f.newField(field))
		} else {
			f.add(f.column, f.newField(field))
		}
	}
	f.add(f.column, widget.Labelled(lang.L("Transport"), transport), standard,
		newAccountVoicemail(f.form, f.newField, func() { f.column.Refresh() }).content, outward(container.NewHBox(f.more)), f.rare)
	f.rare.Hide()
	foot := flow(theme.Grid, f.wrong, across(theme.Grid, f.save, widget.NewButton(lang.L("Cancel"), widget.Plain, a.Cancel)))
	f.foot = container.New(layout.NewCustomPaddedLayout(1.5*theme.Grid, 2*theme.Grid, theme.PagePadding, theme.PagePadding), foot)
	f.scroll = section(title, nil, container.New(&narrow{theme.FormWidth}, f.column))
	f.content = container.NewBorder(nil, column(0, widget.NewHairline(), f.foot), nil, nil, f.scroll)
	f.refresh()
	return f
}

func (f *accountForm) add(to *fyne.Container, objects ...fyne.CanvasObject) {
	to.Objects = append(to.Objects, objects...)
}

func (f *accountForm) newField(of accountField) *widget.Field {
	field := widget.NewField(of.label)
	field.SetText(*of.text)
	field.SetHint(of.hint)
	f.bind(of.name, field, of.text)
	return field
}

// password is empty at first, whatever is stored.
func (f *accountForm) password() *widget.Field {
	field := widget.NewPasswordField(lang.L("Password"))
	if !f.form.New {
		field.SetHint(lang.L("Empty leaves the password as it is."))
	}
	f.bind("password", field, &f.form.Password)
	return field
}

// bind takes over what is typed; what was wrong with it is no more said then.
func (f *accountForm) bind(name string, field *widget.Field, text *string) {
	f.fields[name] = field
	field.Entry.OnChanged = func(typed string) {
		*text = typed
		if field.Error() != "" {
			field.SetError("")
		}
	}
	field.Entry.OnFocus = func(in bool) {
		if in {
			reveal(f.scroll, field)
		}
	}
	field.Entry.OnSubmitted = func(string) { f.accounts.Save() }
	field.Entry.OnKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyEscape {
			f.accounts.Cancel()
		}
		return key == fyne.KeyEscape
	}
}

// open shows the rare fields, or puts them away.
func (f *accountForm) open(on bool) {
	show(f.rare, on)
	if on {
		f.more.SetText(lang.L("Less"))
		f.more.WithIcon(theme.IconChevronDown)
	} else {
		f.more.SetText(lang.L("More"))
		f.more.WithIcon(theme.IconChevronRight)
	}
	f.column.Refresh()
}

// refresh says what is wrong beside the fields.
func (f *accountForm) refresh() {
	other, first := "", (*widget.Field)(nil)
	for name, text := range f.form.Errors {
		if first = f.fields[name]; first == nil {
			other = text
		}
	}
	for name, field := range f.fields {
		field.SetError(f.form.Errors[name])
	}
	for _, field := range fieldsOf(f.form) {
		if field.rare && f.form.Errors[field.name] != "" {
			f.open(true)
		}
	}
	say(f.wrong, other, theme.Danger)
	defer f.focus(first)
	if f.form.Saving {
		f.save.Disable()
	} else {
		f.save.Enable()
	}
	f.column.Refresh()
	f.foot.Refresh()
}

// reveal scrolls to where a field can be seen whole.
func reveal(scroll *container.Scroll, field fyne.CanvasObject) {
	drv := fyne.CurrentApp().Driver()
	top := drv.AbsolutePositionForObject(field).Y - drv.AbsolutePositionForObject(scroll.Content).Y
	bottom := top + field.Size().Height + theme.Grid
	switch at := scroll.Offset.Y; {
	case top-theme.Grid < at:
		scroll.ScrollToOffset(fyne.NewPos(0, top-theme.Grid))
	case bottom > at+scroll.Size().Height:
		scroll.ScrollToOffset(fyne.NewPos(0, bottom-scroll.Size().Height))
	}
}

// focus puts the cursor into a field, where there is one.
func (f *accountForm) focus(field *widget.Field) {
	if on := f.canvas(); on != nil && field != nil {
		on.Focus(field.Entry)
		reveal(f.scroll, field) // its error is under it by now
	}
}

// begin puts the cursor into the first field.
func (f *accountForm) begin() {
	first := f.fields["password"]
	if f.form.New {
		first = f.fields["address"]
	}
	f.focus(first)
}
