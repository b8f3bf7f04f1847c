package page

import (
	"context"
	"errors"
	"strings"
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

// keeper keeps what the phone of viewtest does not.
type keeper struct {
	tone     string
	settings map[string]string
	log      []string
	err      error
}

func (k *keeper) Ringtones() []string                      { return []string{"Classic", "Calm", "Bright"} }
func (k *keeper) Ringtone(context.Context) (string, error) { return k.tone, k.err }
func (k *keeper) SetRingtone(_ context.Context, name string) error {
	k.tone = name
	return k.err
}

func (k *keeper) Setting(_ context.Context, key string) (string, error) {
	return k.settings[key], k.err
}

func (k *keeper) SetSetting(_ context.Context, key, value string) error {
	k.settings[key] = value
	return k.err
}

func (k *keeper) Backup(_ context.Context, file string) error {
	k.log = append(k.log, "backup "+file)
	return k.err
}

func (k *keeper) OpenFolder(context.Context) error {
	k.log = append(k.log, "open")
	return k.err
}

// rig is the settings of a phone that remembers.
type rig struct {
	*Settings
	phone    *viewtest.Phone
	keeper   *keeper
	main     *view.Main
	queue    *viewtest.Queue
	deps     SettingsDeps
	listened []bool
}

func newRig(f *viewtest.Phone, s phone.Snapshot) *rig {
	r := &rig{phone: f, keeper: &keeper{tone: "Calm", settings: map[string]string{}}}
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
	for name, build := range map[string]func() *rig{
		"accounts":       func() *rig { return newRig(&viewtest.Phone{}, three()) },
		"accounts-empty": func() *rig { return newRig(&viewtest.Phone{}, phone.Snapshot{}) },
		"accounts-remove": func() *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.list.byName["sales@callco.example"].asks(true)
			return r
		},
		"account-add": func() *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.main.Accounts.Add()
			return r
		},
		"account-edit": func() *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.main.Accounts.Edit("alice@other.example")
			r.main.Accounts.Form.Errors = map[string]string{"port": "The port should be a number from 1 to 65535, or empty."}
			r.main.Accounts.Changed()
			return r
		},
		"audio": func() *rig {
			r := newRig(sounding(), three())
			r.Open(SectionAudio)
			r.queue.Run()
			r.main.Audio.TestMicrophone()
			r.SetLevels(-18, -40)
			return r
		},
		"audio-none": func() *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.Open(SectionAudio)
			r.queue.Run()
			return r
		},
		"ringing": func() *rig {
			r := newRig(sounding(), three())
			r.Open(SectionRinging)
			r.queue.Run()
			return r
		},
		"appearance": func() *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.deps.Appearance.SetLanguage("de")
			r.Open(SectionAppearance)
			return r
		},
		"practice": func() *rig {
			r := newRig(&viewtest.Phone{}, viewtest.Practising())
			r.Open(SectionPractice)
			return r
		},
		"data": func() *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.Open(SectionData)
			r.deps.Data.Backup()
			r.queue.Run()
			return r
		},
		"about": func() *rig {
			r := newRig(&viewtest.Phone{}, three())
			r.Open(SectionAbout)
			return r
		},
	} {
		golden(t, "settings-"+name, pageSize, func(fyne.Window) fyne.CanvasObject { return build().Settings })
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
	shown(t, r.Settings)
	row := r.list.byName["sales@callco.example"]
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

func TestBackup(t *testing.T) {
	r := newRig(&viewtest.Phone{}, three())
	d := r.deps.Data
	for target, want := range map[string]string{"": "Say which file the backup should go to.", "x.backup": "The file should be a whole path, with all its folders."} {
		d.Target = target
		d.Backup()
		require.Equal(t, want, d.Error)
	}
	d.Target = "~/x.backup"
	d.Backup()
	d.Backup()
	r.queue.Run()
	require.Equal(t, []string{"backup /home/jo/x.backup"}, r.keeper.log)
	require.Equal(t, "The backup is in /home/jo/x.backup.", d.Notice)
	r.keeper.err = &phone.Error{Code: phone.CodeExists, Err: errors.New("there is a file of that name already")}
	d.Backup()
	r.queue.Run()
	require.True(t, strings.HasPrefix(d.Error, "There is a file"))
}

func TestAppearance(t *testing.T) {
	r := newRig(&viewtest.Phone{}, three())
	r.keeper.settings["ui.appearance"], r.keeper.settings["ui.language"] = "dark", "de"
	a := r.deps.Appearance
	a.Read()
	r.queue.Run()
	require.Equal(t, view.Dark, a.Mode)
	require.Equal(t, "de", a.Language)
	a.SetMode(view.BySystem)
	a.SetLanguage("en")
	require.True(t, a.Restart)
	a.SetLanguage("xx")
	a.SetLanguage("de")
	require.False(t, a.Restart)
	r.queue.Run()
	require.Equal(t, map[string]string{"ui.appearance": "", "ui.language": "de"}, r.keeper.settings)
}

func TestRingtone(t *testing.T) {
	r := newRig(sounding(), three())
	tone := r.deps.Ringtone
	tone.Read()
	r.queue.Run()
	require.Equal(t, 1, tone.Chosen)
	tone.Choose(2)
	tone.Choose(7)
	r.queue.Run()
	require.Equal(t, "Bright", r.keeper.tone)
}

func TestRobotsAreCalledOnThePracticeExchange(t *testing.T) {
	r := newRig(&viewtest.Phone{}, viewtest.Practising())
	r.main.CallRobot("600")
	r.queue.Run()
	require.Equal(t, []string{"dial 600 1001@practice.invalid"}, r.phone.Log)
}
