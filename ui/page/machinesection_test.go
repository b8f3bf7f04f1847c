package page

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/viewtest"
	"github.com/callward/callward/ui/widget"
)

// machine is Settings in a window, open at Voicemail.
func machine(t *testing.T) (*rig, fyne.Window) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	r := newRig(&viewtest.Phone{Inbox: mailbox()}, viewtest.Snapshot())
	w := test.NewTempWindow(t, r.Settings)
	w.SetPadded(false)
	w.Resize(wideWindow)
	r.main.OpenSettings(view.SettingVoicemail)
	r.queue.Run()
	require.Equal(t, SectionVoicemail, r.open)
	return r, w
}

func TestAGreetingIsRecordedInSettings(t *testing.T) {
	r, w := machine(t)
	part := r.machine.greetings.rows[1]
	require.Equal(t, "As for everybody  ·  0:08", part.state.Text())
	tapButton(t, part.object, "Record")
	require.True(t, part.records.Visible())
	require.Equal(t, fyne.Focusable(part.stop), w.Canvas().Focused(), "Space stops it")
	require.True(t, r.machine.greetings.rows[0].record.Disabled(), "one at a time")
	r.queue.Run()
	require.True(t, part.recorded.Visible())
	test.Tap(part.try)
	test.Tap(part.use)
	r.queue.Run()
	require.False(t, part.recorded.Visible())
	require.Equal(t, []string{"record", "play greeting draft", "keep blocked"}, r.phone.Did)
}

func TestAGreetingIsBroughtIn(t *testing.T) {
	r, w := machine(t)
	part := r.machine.greetings.rows[0]
	r.main.Greetings.BringIn(part.kind)
	require.Equal(t, fyne.Focusable(part.path.Entry), w.Canvas().Focused())
	test.Type(part.path.Entry, "/tmp/hello.wav")
	key(w, fyne.KeyReturn)
	r.queue.Run()
	require.Equal(t, []string{"greeting all /tmp/hello.wav"}, r.phone.Did)
	require.False(t, part.file.Visible())
	tapButton(t, part.object, "Listen")
	r.queue.Run()
	s := viewtest.Snapshot()
	s.Player = phone.Player{Greeting: phone.GreetingAll, Playing: true, Length: 8 * time.Second}
	r.main.Show(s)
	tapButton(t, part.object, "Stop")
	r.queue.Run()
	require.Equal(t, []string{"greeting all /tmp/hello.wav", "play greeting all", "close"}, r.phone.Did)
}

func TestTheMachineIsSetInSettings(t *testing.T) {
	r, _ := machine(t)
	s := r.machine
	require.True(t, s.talking.On())
	test.Tap(s.talking)
	test.Tap(s.next)
	s.keep.OnChanged(2)
	s.length.OnChanged(4)
	s.language.OnChanged(1)
	r.queue.Run()
	require.Equal(t, phone.MachineSettings{
		MaxLength: 5 * time.Minute, Away: true, DoNotDisturb: true, KeepPicked: true, Language: "de", Keep: 30 * 24 * time.Hour,
	}, r.phone.Machine)
	require.True(t, r.main.Voicemails.Next)
}

func TestTheVoicemailOfAnAccount(t *testing.T) {
	r, w := machine(t)
	r.main.Accounts.Edit(viewtest.Alice)
	w.Resize(fyne.NewSize(900, 1400))
	for _, text := range []string{"Take calls that nobody answers", "Messages stay with your provider"} {
		for _, o := range test.LaidOutObjects(r.list.form.content) {
			if check, ok := o.(*widget.Check); ok && check.Text() == text {
				test.Tap(check)
			}
		}
	}
	form := r.list.form
	require.Equal(t, "25", form.fields["voicemail-after"].Text())
	form.fields["voicemail-after"].SetText("200")
	form.fields["voicemail-number"].SetText("*97")
	r.main.Accounts.Save()
	require.Contains(t, form.fields["voicemail-after"].Error(), "from 5 to 120 seconds")
	form.fields["voicemail-after"].SetText("20")
	r.main.Accounts.Save()
	r.queue.Run()
	require.Equal(t, phone.AccountVoicemail{After: 20 * time.Second, Provider: true, Number: "*97"}, r.phone.Saved.Voicemail)
}

func TestMachineLook(t *testing.T) {
	for name, build := range map[string]func(w fyne.Window) *rig{
		"voicemail": func(fyne.Window) *rig {
			r := newRig(&viewtest.Phone{Inbox: mailbox()}, three())
			r.Open(SectionVoicemail)
			r.queue.Run()
			r.main.Greetings.Record(phone.GreetingBlocked)
			r.SetLevels(-18, -40)
			return r
		},
		"voicemail-recorded": func(fyne.Window) *rig {
			r := newRig(&viewtest.Phone{Inbox: mailbox()}, three())
			r.Open(SectionVoicemail)
			r.queue.Run()
			r.main.Greetings.Record(phone.GreetingBlocked)
			r.queue.Run()
			return r
		},
		"voicemail-file": func(fyne.Window) *rig {
			r := newRig(&viewtest.Phone{Inbox: mailbox()}, three())
			r.Open(SectionVoicemail)
			r.queue.Run()
			r.main.Greetings.BringIn(phone.GreetingAll)
			r.main.Greetings.Take()
			return r
		},
		"account-voicemail": func(w fyne.Window) *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.main.Accounts.Edit("alice@other.example")
			form := r.main.Accounts.Form
			form.Answers, form.Provider = true, true
			r.main.Accounts.Form = nil
			r.main.Accounts.Changed()
			r.main.Accounts.Form = form
			r.main.Accounts.Changed()
			w.SetContent(r.Settings)
			w.Resize(pageSize)
			r.list.form.scroll.ScrollToBottom()
			return r
		},
	} {
		golden(t, "settings-"+name, pageSize, func(w fyne.Window) fyne.CanvasObject { return build(w).Settings })
	}
}
