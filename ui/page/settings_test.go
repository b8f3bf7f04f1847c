package page

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/assets"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/viewtest"
)

// rig is the settings of a phone that remembers.
type rig struct {
	*Settings
	phone    *viewtest.Phone
	keeper   *viewtest.Keeper
	main     *view.Main
	queue    *viewtest.Queue
	deps     SettingsDeps
	listened []bool
}

func newRig(f *viewtest.Phone, s phone.Snapshot) *rig {
	r := &rig{phone: f, keeper: &viewtest.Keeper{Tone: "Calm"}}
	r.main, r.queue = viewtest.New(f)
	w, k := viewtest.Words{}, r.keeper
	r.deps = SettingsDeps{
		Ringtone: view.NewRingtone(k, r.queue, w), Appearance: view.NewAppearance(k, r.queue, w),
		Data:   view.NewDataState("/home/jo/.local/share/callward", "/home/jo", k, r.queue, w, func() time.Time { return viewtest.Noon }),
		About:  view.NewAbout("1.2.0", assets.Licences),
		Listen: func(on bool) { r.listened = append(r.listened, on) },
	}
	r.main.Start(s)
	r.main.Go(view.PageSettings)
	r.Settings = NewSettings(r.main, r.deps)
	r.Open(SectionAccounts) // as the first look does
	r.queue.Run()
	return r
}

// three is a snapshot of accounts that are well, on their way, and refused.
func three() phone.Snapshot {
	s := viewtest.Snapshot()
	s.Accounts = append(s.Accounts,
		phone.AccountStatus{Account: phone.Account{ID: "a2", Address: "sales@callco.example"}, State: phone.Registering},
		phone.AccountStatus{
			Account: phone.Account{ID: "a3", Address: "alice@other.example", Server: "sip.other.example", Port: 5070, Transport: phone.TLS}, State: phone.Failed,
			Reason: "Wrong password: the server refused the user name or password. Correct them to try again.",
		})
	return s
}

func sounding() *viewtest.Phone {
	return &viewtest.Phone{
		Known: []phone.Device{
			{Name: "Jabra Evolve2 65", Role: phone.Microphone, Chosen: true},
			{Name: "Built-in Audio", Role: phone.Microphone, Default: true},
			{Name: "Jabra Evolve2 65", Role: phone.Speaker, Chosen: true},
			{Name: "Built-in Audio", Role: phone.Speaker, Default: true},
			{Name: "Built-in Audio", Role: phone.RingDevice, Default: true, Chosen: true},
		},
		Percent: map[phone.DeviceRole]int{phone.Microphone: 100, phone.Speaker: 80, phone.RingDevice: 150},
	}
}

func TestSettingsLook(t *testing.T) {
	for name, build := range map[string]func(w fyne.Window) *rig{
		"accounts":       func(fyne.Window) *rig { return newRig(&viewtest.Phone{}, three()) },
		"accounts-empty": func(fyne.Window) *rig { return newRig(&viewtest.Phone{}, phone.Snapshot{}) },
		"accounts-remove": func(fyne.Window) *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.list.byName["sales@callco.example"].asks(true)
			return r
		},
		"account-add": func(fyne.Window) *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.main.Accounts.Add()
			return r
		},
		"account-edit": func(w fyne.Window) *rig {
			r := newRig(&viewtest.Phone{}, three())
			w.SetContent(r.Settings)
			r.main.Accounts.Edit("alice@other.example")
			r.list.form.fields["port"].SetText("many")
			r.main.Accounts.Save()
			return r
		},
		"audio": func(fyne.Window) *rig {
			r := newRig(sounding(), three())
			r.Open(SectionAudio)
			r.queue.Run()
			r.main.Audio.TestMicrophone()
			r.SetLevels(-18, -40)
			return r
		},
		"audio-none": func(fyne.Window) *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.Open(SectionAudio)
			r.queue.Run()
			return r
		},
		"ringing": func(fyne.Window) *rig {
			r := newRig(sounding(), three())
			r.Open(SectionRinging)
			r.queue.Run()
			return r
		},
		"appearance": func(fyne.Window) *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.deps.Appearance.SetLanguage("de")
			r.Open(SectionAppearance)
			return r
		},
		"practice": func(fyne.Window) *rig {
			r := newRig(&viewtest.Phone{}, viewtest.Practising())
			r.Open(SectionPractice)
			return r
		},
		"data": func(fyne.Window) *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.Open(SectionData)
			r.deps.Data.Backup()
			r.queue.Run()
			return r
		},
		"about": func(fyne.Window) *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.Open(SectionAbout)
			return r
		},
	} {
		golden(t, "settings-"+name, pageSize, func(w fyne.Window) fyne.CanvasObject { return build(w).Settings })
	}
}

func TestSettingsListenWhileMetersAreSeen(t *testing.T) {
	r := newRig(sounding(), three())
	shown(t, r.Settings)
	r.Open(SectionAudio)
	r.main.Go(view.PageHome)
	r.main.Go(view.PageSettings)
	r.Open(SectionAbout)
	require.Equal(t, []bool{true, false, true, false}, r.listened)
}

func TestAddingAnAccount(t *testing.T) {
	r := newRig(&viewtest.Phone{}, phone.Snapshot{})
	w := shown(t, r.Settings)
	r.Open(SectionAbout)
	r.main.Accounts.Add() // from anywhere
	require.Equal(t, SectionAccounts, r.open)
	form := r.list.form
	require.Equal(t, fyne.Focusable(form.fields["address"].Entry), w.Canvas().Focused())
	test.Type(form.fields["address"].Entry, "jo@pbx.example")
	test.Type(form.fields["password"].Entry, "secret")
	form.open(true)
	test.Type(form.fields["port"].Entry, "many")
	key(w, fyne.KeyReturn)
	require.Contains(t, form.fields["port"].Error(), "from 1 to 65535")
	form.fields["port"].Entry.SetText("5070")
	require.Empty(t, form.fields["port"].Error(), "it is being mended")
	test.Tap(form.save)
	require.True(t, form.save.Disabled())
	r.queue.Run()
	require.Contains(t, r.phone.Log, "save jo@pbx.example secret")
	require.Equal(t, 5070, r.phone.Saved.Port)
	require.True(t, r.phone.Saved.Default, "the first one")
	require.Nil(t, r.list.shown)
}

func TestAFormThatWasOpenedElsewhereHasTheFocus(t *testing.T) {
	r := newRig(&viewtest.Phone{}, phone.Snapshot{})
	w := shown(t, r.Settings)
	r.Hide()
	r.main.Accounts.Add()
	require.Nil(t, w.Canvas().Focused())
	r.Show()
	require.Equal(t, fyne.Focusable(r.list.form.fields["address"].Entry), w.Canvas().Focused())
}

func TestThePasswordThatIsStoredIsNotShown(t *testing.T) {
	r := newRig(&viewtest.Phone{}, three())
	shown(t, r.Settings)
	r.main.Accounts.Edit("alice@other.example")
	form := r.list.form
	require.Empty(t, form.fields["password"].Text())
	require.Nil(t, form.fields["address"])
	test.Tap(form.save)
	r.queue.Run()
	require.Contains(t, r.phone.Log, "save alice@other.example", "without a password")
}

func TestRemovingAnAccountAsks(t *testing.T) {
	r := newRig(&viewtest.Phone{}, three())
	w := shown(t, r.Settings)
	row := r.list.byName["sales@callco.example"]
	row.asks(true)
	require.Equal(t, fyne.Focusable(row.cancel), w.Canvas().Focused(), "the keys are on what does no harm")
	row.remove.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	require.False(t, row.question.Visible())
	row.asks(true)
	test.Tap(row.cancel)
	require.False(t, row.question.Visible())
	row.asks(true)
	test.Tap(row.remove)
	r.queue.Run()
	require.Equal(t, []string{"remove sales@callco.example"}, r.phone.Log)
	r.main.Show(viewtest.Snapshot())
	require.Len(t, r.list.rows.Objects, 1)
}

// newShellOf is the window with the settings of a rig.
func newShellOf(r *rig) *Shell {
	return NewShell(r.main, map[view.Page]fyne.CanvasObject{view.PageSettings: r.Settings})
}
