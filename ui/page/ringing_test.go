package page

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view/viewtest"
)

func TestRingingByKeyboard(t *testing.T) {
	f := &viewtest.Phone{}
	m, q := viewtest.New(f)
	m.Show(viewtest.Snapshot(viewtest.Caller("c1"), viewtest.Caller("c2")))
	RingingKey(m, &fyne.KeyEvent{Name: fyne.KeySpace})
	RingingKey(m, &fyne.KeyEvent{Name: fyne.KeyEscape})
	m.Show(viewtest.Snapshot(viewtest.Caller("c1"), viewtest.Caller("c2")))
	RingingKey(m, &fyne.KeyEvent{Name: fyne.KeyReturn})
	q.Run()
	require.Equal(t, []string{"decline c1", "answer c2"}, f.Log)
}

func TestEscapeDeclinesWhateverHasTheKeys(t *testing.T) {
	f := &viewtest.Phone{}
	m, q := viewtest.New(f)
	w := shown(t, NewRinging(m))
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { RingingKey(m, e) })
	m.Show(viewtest.Snapshot(viewtest.Caller("c1")))
	w.Canvas().FocusNext()
	require.NotNil(t, w.Canvas().Focused())
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	q.Run()
	require.Equal(t, []string{"decline c1"}, f.Log)
}

func TestWhichNumberWasCalled(t *testing.T) {
	m, _ := viewtest.New(&viewtest.Phone{})
	call := viewtest.Caller("c1")
	for was, want := range map[string][2]string{
		"+442079460100": {"Call for +44 20 7946 0100", viewtest.Alice},
		"1001":          {"Call for " + viewtest.Alice, ""},
		"":              {"Call for " + viewtest.Alice, ""},
	} {
		call.Called = was
		m.Show(viewtest.Snapshot(call))
		called, account := calledText(m.Ringing)
		require.Equal(t, want, [2]string{called, account}, was)
	}
	call.Account = "1001@" + phone.PracticeDomain
	m.Show(viewtest.Practising(call))
	called, account := calledText(m.Ringing)
	require.Equal(t, [2]string{"Call for 1001", "Practice"}, [2]string{called, account})
}

func TestRingingLook(t *testing.T) {
	size := fyne.NewSize(theme.RingingWidth, theme.RingingHeight)
	golden(t, "ringing", size, func(fyne.Window) fyne.CanvasObject {
		m, _ := viewtest.New(&viewtest.Phone{})
		content := NewRinging(m)
		require.Equal(t, size, content.MinSize())
		m.Show(viewtest.Snapshot(viewtest.Caller("c1")))
		return content
	})
	golden(t, "ringing-busy", size, func(fyne.Window) fyne.CanvasObject {
		m, _ := viewtest.New(&viewtest.Phone{})
		content := NewRinging(m)
		m.Show(viewtest.Snapshot(viewtest.Talking("c0", time.Minute), viewtest.Caller("c1"), viewtest.Caller("c2")))
		return content
	})
	golden(t, "ringing-hidden", size, func(fyne.Window) fyne.CanvasObject {
		f := &viewtest.Phone{Err: &phone.Error{Code: phone.CodeInternal}}
		m, q := viewtest.New(f)
		content := NewRinging(m)
		hidden := viewtest.Caller("c1")
		hidden.Name, hidden.Number = "", ""
		m.Show(viewtest.Snapshot(hidden))
		m.Ringing.Answer()
		q.Run()
		m.Show(viewtest.Snapshot(hidden))
		return content
	})
	golden(t, "ringing-doubt", size, func(fyne.Window) fyne.CanvasObject {
		m, _ := viewtest.New(&viewtest.Phone{})
		content := NewRinging(m)
		call := viewtest.Caller("c1")
		call.Called, call.Contact = "+442079460100", phone.ContactName{ID: "p", Name: call.Name, Company: "Lee Plumbing"}
		call.Caller.Claims = []phone.Claim{{Source: "From", User: "+442079460018", Number: call.Number, Unverified: true}}
		m.Show(viewtest.Snapshot(call))
		require.Equal(t, size, content.MinSize())
		return content
	})
}
