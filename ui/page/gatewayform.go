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

// gatewayKinds are the choices of the kind, as they stand side by side.
var gatewayKinds = []phone.GatewayKind{phone.TwilioGateway, phone.HTTPGateway}

// gatewayForm is what is typed about a gateway. For Fyne's goroutine.
type gatewayForm struct {
	content  fyne.CanvasObject
	scroll   *container.Scroll
	gateways *view.Gateways
	form     *view.GatewayForm
	canvas   func() fyne.Canvas

	fields map[string][]*widget.Field   // by the name that errors have: some belong to one kind each
	boxes  map[string]*widget.Paragraph // what is wrong with fields of several lines
	twilio *fyne.Container
	http   *fyne.Container
	poll   *widget.Field
	wrong  *widget.Paragraph // what concerns no field
	save   *widget.Button
	column *fyne.Container
	foot   *fyne.Container // the buttons, always in sight
}

func newGatewayForm(g *view.Gateways, canvas func() fyne.Canvas) *gatewayForm {
	f := &gatewayForm{gateways: g, form: g.Form, canvas: canvas, fields: map[string][]*widget.Field{}, boxes: map[string]*widget.Paragraph{}, wrong: note()}
	form := f.form
	title := form.Name
	kind := widget.Labelled(lang.L("Provider"), widget.NewSegmented([]string{"Twilio", lang.L("Other, by HTTP")}, func(i int) {
		form.Kind = gatewayKinds[i]
		f.refresh()
	}))
	if form.New {
		title = lang.L("Add gateway")
	}
	show(kind, form.New)
	f.twilio, f.http = f.layTwilio(), f.layHTTP()
	f.column = flow(1.5*theme.Grid, kind,
		f.field("name", lang.L("Name"), lang.L("What texts are said to go by."), &form.Name),
		f.field("number", lang.L("Number"), lang.L("That texts come from: +44…"), &form.Number),
		f.field("country", lang.L("Country"), lang.L("Two letters, such as GB or DE: national numbers are read by it."), &form.Country),
		f.twilio, f.http,
		f.field("ca", lang.L("File of certificates to trust"), lang.L("A PEM file, where the server's certificate is your company's own."), &form.CAFile))
	f.save = widget.NewButton(lang.L("Save"), widget.Filled, g.Save)
	foot := flow(theme.Grid, f.wrong, across(theme.Grid, f.save, widget.NewButton(lang.L("Cancel"), widget.Plain, g.Cancel)))
	f.foot = container.New(layout.NewCustomPaddedLayout(1.5*theme.Grid, 2*theme.Grid, theme.PagePadding, theme.PagePadding), foot)
	f.scroll = section(title, nil, container.New(&narrow{theme.FormWidth}, f.column))
	f.content = container.NewBorder(nil, column(0, widget.NewHairline(), f.foot), nil, nil, f.scroll)
	f.refresh()
	return f
}

// layTwilio is what Twilio needs.
func (f *gatewayForm) layTwilio() *fyne.Container {
	form := f.form
	f.poll = f.field("poll", lang.L("Every … seconds"), lang.L("From 2 to 3600."), &form.Seconds)
	polls := widget.NewCheck(lang.L("Ask for incoming texts"), func(on bool) {
		form.Polls = on
		f.refresh()
	})
	polls.Set(form.Polls)
	return flow(1.5*theme.Grid,
		f.field("user", lang.L("Account SID"), lang.L("It begins with AC, and stands in Twilio's console."), &form.User),
		f.secret(lang.L("Auth token")), polls, f.poll)
}

// layHTTP is what any other provider needs.
func (f *gatewayForm) layHTTP() *fyne.Container {
	form := f.form
	about := widget.NewParagraph(lang.L("In URL, headers and body these are filled in, written as each place needs it: {to} and {from} are the numbers, {text} is what is sent, {id} names the text, {user} and {secret} are as below."), widget.Small)
	return flow(1.5*theme.Grid, about,
		f.field("url", lang.L("URL"), lang.L("Such as https://sms.example.org/send"), &form.URL),
		f.field("method", lang.L("Method"), "", &form.Method),
		f.box("headers", lang.L("Headers"), lang.L("One a line: Content-Type: application/json"), 2, &form.Headers),
		f.box("body", lang.L("Body"), `{"to": "{to}", "from": "{from}", "text": "{text}"}`, 4, &form.Body),
		f.field("reference", lang.L("Where the id is in the answer"), lang.L("Such as data.messages.0.id; may be empty."), &form.Reference),
		f.field("user", lang.L("User name"), lang.L("What {user} stands for; may be empty."), &form.User),
		f.secret(lang.L("Secret")))
}

func (f *gatewayForm) field(name, label, hint string, text *string) *widget.Field {
	field := widget.NewField(label)
	field.SetText(*text)
	field.SetHint(hint)
	f.bind(name, field, text)
	return field
}

// secret is empty at first, whatever is stored.
func (f *gatewayForm) secret(label string) *widget.Field {
	field := widget.NewPasswordField(label)
	field.SetHint(lang.L("It is kept in the keyring, and never shown again."))
	if !f.form.New {
		field.SetHint(lang.L("Empty leaves it as it is."))
	}
	f.bind("secret", field, &f.form.Secret)
	return field
}

// bind takes over what is typed; what was wrong with it is no more said then.
func (f *gatewayForm) bind(name string, field *widget.Field, text *string) {
	f.fields[name] = append(f.fields[name], field)
	field.Entry.OnChanged = func(typed string) {
		*text = typed
		if field.Error() != "" {
			field.SetError("")
		}
	}
	field.Entry.OnSubmitted = func(string) { f.gateways.Save() }
	field.Entry.OnKey = f.escape
}

func (f *gatewayForm) escape(key fyne.KeyName) bool {
	if key == fyne.KeyEscape {
		f.gateways.Cancel()
	}
	return key == fyne.KeyEscape
}

// box is a field of several lines, with an example in it while it is empty.
func (f *gatewayForm) box(name, label, example string, lines int, text *string) fyne.CanvasObject {
	entry, wrong := widget.NewMultiLine(lines), widget.NewParagraph("", widget.Small)
	entry.SetPlaceHolder(example)
	entry.SetText(*text)
	f.boxes[name] = wrong
	wrong.Hide()
	entry.OnChanged = func(typed string) {
		*text = typed
		say(wrong, "", theme.Danger)
	}
	entry.OnKey = f.escape
	return flow(theme.Grid/2, widget.Labelled(label, entry), wrong)
}

// refresh says what is wrong beside the fields, and shows those of the kind.
func (f *gatewayForm) refresh() {
	form := f.form
	show(f.twilio, form.Kind == phone.TwilioGateway)
	show(f.http, form.Kind == phone.HTTPGateway)
	show(f.poll, form.Polls)
	other, first := "", (*widget.Field)(nil)
	for name, text := range form.Errors {
		if f.fields[name] == nil && f.boxes[name] == nil {
			other = text
		}
	}
	for name, fields := range f.fields {
		for _, field := range fields {
			field.SetError(form.Errors[name])
			if form.Errors[name] != "" && (len(fields) == 1 || (field == fields[0]) == (form.Kind == phone.TwilioGateway)) {
				first = field
			}
		}
	}
	for name, wrong := range f.boxes {
		say(wrong, form.Errors[name], theme.Danger)
	}
	say(f.wrong, other, theme.Danger)
	setEnabled(f.save, !form.Saving)
	f.twilio.Refresh()
	f.http.Refresh()
	f.column.Refresh()
	f.foot.Refresh()
	f.focus(first)
}

// focus puts the cursor into a field, where there is one, and scrolls to it.
func (f *gatewayForm) focus(field *widget.Field) {
	if on := f.canvas(); on != nil && field != nil {
		on.Focus(field.Entry)
		reveal(f.scroll, field)
	}
}

// begin puts the cursor into the first field.
func (f *gatewayForm) begin() { f.focus(f.fields["name"][0]) }
