package page

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view/booktest"
	"github.com/callward/callward/ui/view/viewtest"
	"github.com/callward/callward/ui/widget"
)

// gateways is a snapshot of accounts and two gateways, one of which is refused.
func gateways() phone.Snapshot {
	s := three()
	s.Gateways = []phone.GatewayStatus{
		{Gateway: phone.Gateway{ID: "g1", Name: "Twilio GB", Kind: phone.TwilioGateway, Number: "+442079460100", Country: "GB", User: "AC0123", Poll: phone.UsualPoll}},
		{
			Gateway: phone.Gateway{ID: "g2", Name: "Our SMS server", Kind: phone.HTTPGateway, Number: "+442079460101", URL: "https://sms.example.org/send", Method: "PUT", Body: "{text}"},
			Fault:   "The server refuses the user name or the secret. Correct them to try again.",
		},
	}
	return s
}

// texting is a phone that texts with two templates.
func texting() *viewtest.Phone {
	return &viewtest.Phone{Automat: booktest.Automat{Texting: phone.TextSettings{
		Composing: true, Sound: true, StopWords: []string{"STOPP", "ARRET"},
		Templates: []phone.TextTemplate{{Name: "Call back", Text: "I call you back within the hour."}, {Name: "Opening hours", Text: "We are here from Monday to Friday,\nfrom nine to five."}},
	}}}
}

// textsPage is Settings in a window, open at Texts.
func textsPage(t *testing.T, f *viewtest.Phone) (*rig, *textsSection, fyne.Window) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	r := newRig(f, gateways())
	w := test.NewTempWindow(t, r.Settings)
	w.SetPadded(false)
	w.Resize(wideWindow)
	test.Tap(r.nav[SectionTexts])
	r.queue.Run()
	return r, r.texts, w
}

func TestHowTextsAreSet(t *testing.T) {
	r, s, _ := textsPage(t, texting())
	require.True(t, s.typing.On())
	require.Equal(t, "STOPP, ARRET", s.stop.Text())
	test.Tap(s.typing)
	test.Tap(s.sound)
	s.way.OnChanged(len(r.main.TextSetup.Ways) - 1)
	s.stop.SetText("STOPP, BASTA,, STOPP")
	s.stop.Entry.OnFocus(false)
	s.start.SetText("WEITER")
	s.start.Entry.OnSubmitted("")
	r.queue.Run()
	want := texting().Texting
	want.Composing, want.Sound, want.Via, want.StopWords, want.StartWords = false, false, "Our SMS server", []string{"STOPP", "BASTA"}, []string{"WEITER"}
	require.Equal(t, want, r.phone.Texting)

	r.phone.Broken = &phone.Error{Code: phone.CodeInvalid, Field: "stop-words", Err: errors.New("there can be 50 words")}
	s.stop.SetText("many")
	s.stop.Entry.OnSubmitted("")
	r.queue.Run()
	require.Equal(t, "There can be 50 words.", s.stop.Error())
	require.Equal(t, "many", s.stop.Text(), "it can be mended")
	require.False(t, s.notice.Visible())
	r.phone.Broken = &phone.Error{Code: phone.CodeStorage}
	test.Tap(s.sound)
	r.queue.Run()
	require.False(t, s.sound.On(), "as it is kept")
	require.True(t, s.notice.Visible())
}

func TestTemplatesAreAddedChangedAndRemoved(t *testing.T) {
	r, s, w := textsPage(t, texting())
	p := s.template
	require.Len(t, p.rows.Objects, 2)
	test.Tap(p.add)
	require.Equal(t, fyne.Focusable(p.name.Entry), w.Canvas().Focused())
	test.Type(p.name.Entry, "call back")
	test.Type(p.text, "Soon.")
	test.Tap(p.save)
	require.Equal(t, "There is a template of this name already.", p.name.Error())
	p.name.SetText("Soon")
	test.Tap(p.save)
	r.queue.Run()
	require.Equal(t, phone.TextTemplate{Name: "Soon", Text: "Soon."}, r.phone.Texting.Templates[2])
	require.False(t, p.form.Visible())

	test.Tap(p.rows.Objects[0].(*widget.LoneRow))
	require.Equal(t, "I call you back within the hour.", p.text.Text)
	p.text.SetText("")
	test.Tap(p.save)
	require.Equal(t, "A template needs a text.", p.wrong.Text())
	key(w, fyne.KeyEscape)
	require.Nil(t, r.main.TextSetup.Template)
	r.main.TextSetup.RemoveTemplate(1)
	r.queue.Run()
	require.Len(t, p.rows.Objects, 2)
	require.True(t, s.undo.banner.Visible())
	test.Tap(s.undo.undo)
	r.queue.Run()
	require.Len(t, r.phone.Texting.Templates, 3)
	require.Equal(t, "Opening hours", r.phone.Texting.Templates[1].Name)
}

func TestAGatewayIsAdded(t *testing.T) {
	r, s, w := textsPage(t, texting())
	test.Tap(s.gateways.add)
	f := s.form
	require.Equal(t, fyne.Focusable(f.fields["name"][0].Entry), w.Canvas().Focused())
	require.False(t, f.http.Visible())
	test.Type(f.fields["name"][0].Entry, "Mine")
	test.Type(f.fields["number"][0].Entry, "020")
	test.Type(f.fields["user"][0].Entry, "AC99")
	test.Type(f.fields["secret"][0].Entry, "token")
	f.fields["poll"][0].SetText("1")
	test.Tap(f.save)
	require.Equal(t, "Incoming texts can be asked for every 2 to 3600 seconds.", f.fields["poll"][0].Error())
	f.fields["poll"][0].SetText("30")
	test.Tap(f.save)
	require.True(t, f.save.Disabled())
	r.queue.Run()
	require.Contains(t, f.fields["number"][0].Error(), "needs its number", "beside the field that it names")
	f.fields["number"][0].SetText("+442079460100")
	test.Tap(f.save)
	r.queue.Run()
	require.Nil(t, s.form)
	require.Equal(t, []phone.Gateway{{ID: "g1", Name: "Mine", Kind: phone.TwilioGateway, Number: "+442079460100", User: "AC99", Poll: 30e9}}, r.phone.Lines)
	require.Equal(t, "token", r.phone.Token.Reveal())
}

func TestAGatewayIsChangedWithItsSecretUnseen(t *testing.T) {
	r, s, _ := textsPage(t, texting())
	test.Tap(s.gateways.byID["g2"].row)
	f := s.form
	require.True(t, f.http.Visible())
	require.Empty(t, f.fields["secret"][1].Text())
	require.True(t, f.fields["secret"][1].Entry.Password)
	f.fields["url"][0].SetText("https://sms.example.org/v2?text={text}")
	test.Tap(f.save)
	r.queue.Run()
	require.Equal(t, "https://sms.example.org/v2?text={text}", r.phone.Lines[0].URL)
	require.Equal(t, "PUT", r.phone.Lines[0].Method)
	require.Empty(t, r.phone.Token.Reveal(), "it stays as it is")
}

func TestAGatewayIsTriedAndRemoved(t *testing.T) {
	r, s, w := textsPage(t, texting())
	r.phone.TrialText = phone.Text{ID: "t1", State: phone.TextWaiting}
	row := s.gateways.byID["g1"]
	r.main.Gateways.Try("g1")
	require.Equal(t, fyne.Focusable(row.number.Entry), w.Canvas().Focused())
	test.Tap(row.send)
	require.Equal(t, "Type the number that the test goes to.", row.number.Error())
	test.Type(row.number.Entry, "+442079460018")
	test.Tap(row.send)
	r.queue.Run()
	require.Equal(t, "Waiting to be sent.", r.main.Gateways.Trial.Said)
	r.main.Happened(phone.Event{Kind: phone.EventText, Message: &phone.Text{ID: "t1", State: phone.TextDelivered}})
	require.Equal(t, "Delivered.", r.main.Gateways.Trial.Said)
	r.main.Happened(phone.Event{Kind: phone.EventText, Message: &phone.Text{ID: "t1", State: phone.TextFailed, Reason: "The number is not reached."}})
	require.Equal(t, "Failed: The number is not reached.", row.number.Error())
	w.Canvas().Focus(row.number.Entry)
	key(w, fyne.KeyEscape)
	require.Nil(t, r.main.Gateways.Trial)

	row.asks(true)
	require.Equal(t, fyne.Focusable(row.cancel), w.Canvas().Focused(), "the keys are on what does no harm")
	test.Tap(row.cancel)
	row.asks(true)
	test.Tap(row.remove)
	r.queue.Run()
	require.Equal(t, []string{"try g1 +442079460018", "remove g1"}, r.phone.Asked)
}

func TestTextSettingsLook(t *testing.T) {
	for where, size := range map[string]fyne.Size{"wide": fyne.NewSize(1280-theme.RailWidth, 1000-theme.HeaderHeight), "narrow": pageSize} {
		look := func(name string, f *viewtest.Phone, s phone.Snapshot, do func(r *rig)) {
			golden(t, "settings-texts-"+name+"-"+where, size, func(w fyne.Window) fyne.CanvasObject {
				r := newRig(f, s)
				r.Open(SectionTexts)
				r.queue.Run()
				w.SetContent(r.Settings)
				do(r)
				return r.Settings
			})
		}
		look("list", texting(), gateways(), func(r *rig) { r.main.Gateways.Try("g1") })
		look("none", &viewtest.Phone{}, viewtest.Snapshot(), func(*rig) {})
		look("template", texting(), three(), func(r *rig) {
			r.main.TextSetup.RemoveTemplate(1)
			r.main.TextSetup.AddTemplate()
			r.main.TextSetup.SaveTemplate()
		})
		look("remove", texting(), gateways(), func(r *rig) {
			r.texts.gateways.byID["g2"].asks(true)
			r.texts.content.ScrollToBottom()
		})
		look("twilio", texting(), three(), func(r *rig) {
			r.main.Gateways.Add()
			r.main.Gateways.Form.Seconds = "1"
			r.main.Gateways.Save()
		})
		look("http", texting(), gateways(), func(r *rig) { r.main.Gateways.Edit("g2") })
	}
}
