package view_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/assets"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/viewtest"
)

var full = &phone.Error{Code: phone.CodeStorage}

func newData(k *viewtest.Keeper) (*view.DataState, *viewtest.Queue) {
	q := &viewtest.Queue{}
	return view.NewDataState("/data", "/home/jo", k, q, viewtest.Words{}, func() time.Time { return viewtest.Noon }), q
}

func TestBackup(t *testing.T) {
	k := &viewtest.Keeper{}
	d, q := newData(k)
	require.Equal(t, "/home/jo/callward-2026-11-24.backup", d.Target)
	d.Target = "~/x.backup"
	d.Backup()
	d.Backup()
	require.True(t, d.Working)
	q.Run()
	require.False(t, d.Working)
	require.Equal(t, []string{"backup /home/jo/x.backup"}, k.Log)
	require.Equal(t, "The backup is in /home/jo/x.backup.", d.Notice)

	k.Err = &phone.Error{Code: phone.CodeExists, Err: errors.New("there is a file of that name already")}
	d.Backup()
	q.Run()
	require.Equal(t, "There is a file of that name already.", d.Error)
	require.Empty(t, d.Notice)
}

func TestABackupNeedsAWholePath(t *testing.T) {
	k := &viewtest.Keeper{}
	d, q := newData(k)
	for target, want := range map[string]string{
		" ": "Say which file the backup should go to.", "x.backup": "The file should be a whole path, with all its folders.",
	} {
		d.Target = target
		d.Backup()
		require.Equal(t, want, d.Error)
	}
	q.Run()
	require.Empty(t, k.Log)
}

func TestWherePasswordsAre(t *testing.T) {
	d, q := newData(&viewtest.Keeper{})
	d.Read()
	require.Empty(t, d.Passwords, "the keyring may take its time")
	q.Run()
	require.Equal(t, "Passwords are kept in the system's keyring.", d.Passwords)
}

func TestOpenFolder(t *testing.T) {
	k := &viewtest.Keeper{Err: errors.New("there is no file manager")}
	d, q := newData(k)
	d.OpenFolder()
	q.Run()
	require.Equal(t, "There is no file manager.", d.Notice)
}

func TestAppearance(t *testing.T) {
	k, q := &viewtest.Keeper{Settings: map[string]string{"ui.appearance": "dark", "ui.language": "de"}}, &viewtest.Queue{}
	a := view.NewAppearance(k, q, viewtest.Words{})
	a.Read()
	q.Run()
	require.Equal(t, view.Dark, a.Mode)
	require.Equal(t, "de", a.Language)
	a.SetMode(view.BySystem)
	a.SetLanguage("en")
	require.True(t, a.Restart)
	a.SetLanguage("xx")
	require.Equal(t, "en", a.Language)
	a.SetLanguage("de")
	require.False(t, a.Restart, "it is the one that the window was opened with")
	q.Run()
	require.Equal(t, map[string]string{"ui.appearance": "", "ui.language": "de"}, k.Settings)

	k.Err = full
	a.SetMode(view.Light)
	require.Equal(t, view.Light, a.Mode, "for this time at least")
	q.Run()
	require.Contains(t, a.Notice, "cannot be written")
}

func TestAppearanceThatNobodyKnowsIsTheSystems(t *testing.T) {
	k, q := &viewtest.Keeper{Settings: map[string]string{"ui.appearance": "pink", "ui.language": "xx"}}, &viewtest.Queue{}
	a := view.NewAppearance(k, q, viewtest.Words{})
	a.Read()
	q.Run()
	require.Equal(t, view.BySystem, a.Mode)
	require.Empty(t, a.Language)
}

func TestRingtone(t *testing.T) {
	k, q := &viewtest.Keeper{Tone: "Calm"}, &viewtest.Queue{}
	r := view.NewRingtone(k, q, viewtest.Words{})
	require.Equal(t, []string{"Classic", "Calm", "Bright"}, r.Options)
	r.Read()
	q.Run()
	require.Equal(t, 1, r.Chosen)
	r.Choose(7)
	r.Choose(2)
	q.Run()
	require.Equal(t, "Bright", k.Tone)
	k.Err = full
	r.Choose(0)
	q.Run()
	require.Contains(t, r.Notice, "cannot be written")
}

func TestRobotsAreCalledOnThePracticeExchange(t *testing.T) {
	f := &viewtest.Phone{}
	m, q := viewtest.New(f)
	s := viewtest.Practising()
	s.Accounts = append(s.Accounts, viewtest.Snapshot().Accounts...)
	m.Show(s)
	m.CallRobot("600")
	q.Run()
	require.Equal(t, []string{"dial 600 1001@practice.invalid"}, f.Log)
}

func TestAbout(t *testing.T) {
	a := view.NewAbout("1.2.0", "=== a/b v1 MIT\n\nDo.\n\n=== of four words, no head\nMore.\n\n=== c v2 ISC\n\nDo too.\n")
	require.Equal(t, []view.Licence{{"a/b", "v1", "MIT", "Do."}, {"c", "v2", "ISC", "Do too."}}, a.Licences)
	real := view.NewAbout("", assets.Licences)
	require.Greater(t, len(real.Licences), 20)
	for _, l := range real.Licences {
		require.NotEmpty(t, l.Text, l.Name)
		require.NotEqual(t, "Other", l.Kind, l.Name)
	}
}
