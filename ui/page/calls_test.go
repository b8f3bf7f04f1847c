package page

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/viewtest"
)

// pageSize is what a page has in a window of 900 × 600, beside the rail and under the header.
var pageSize = fyne.NewSize(900-theme.RailWidth, 600-theme.HeaderHeight)

// history is some calls, newest first.
func history() []phone.CallRecord {
	people := []struct {
		name, number string
		result       phone.Result
		out          bool
		ago          time.Duration
	}{
		{"Jo Lee", "+442079460018", phone.Answered, false, 79 * time.Minute},
		{"Ana Cruz", "+442079460021", phone.Missed, false, 108 * time.Minute},
		{"Sam Roy", "+442079460155", phone.Answered, true, 122 * time.Minute},
		{"", "+442079460199", phone.Missed, false, 150 * time.Minute},
		{"Roy, Roy & Sons — the very long name of a company that sells pumps and pipes", "+442079460303", phone.Busy, true, 170 * time.Minute},
		{"", "", phone.Declined, false, 200 * time.Minute},
		{"Max Orr", "+442079460404", phone.Elsewhere, false, 20 * time.Hour},
		{"Mia Berg", "+442079460505", phone.Faulty, true, 21 * time.Hour},
		{"Jo Lee", "+442079460018", phone.Cancelled, true, 22 * time.Hour},
		{"Ana Cruz", "+442079460021", phone.Answered, false, 12 * 24 * time.Hour},
	}
	var records []phone.CallRecord
	for i, p := range people {
		rec := phone.CallRecord{
			ID: phone.CallID(fmt.Sprintf("c%d", i)), Direction: phone.In, Name: p.name, Number: p.number, Account: viewtest.Alice,
			Started: viewtest.Noon.Add(-p.ago), Result: p.result, Reason: "The line is busy.", SIPStatus: 486,
		}
		rec.Ended = rec.Started.Add(time.Duration(40+31*i) * time.Second)
		if p.out {
			rec.Direction = phone.Out
		}
		if p.result == phone.Answered {
			rec.Answered, rec.Reason, rec.SIPStatus = rec.Started, "The other side ended the call.", 200
		}
		records = append(records, rec)
	}
	records[1].CalledBack = viewtest.Noon.Add(-50 * time.Minute)
	return records
}

// calls is the page of calls of a phone, read.
func calls(f *viewtest.Phone) (*Calls, *view.Main, *viewtest.Queue) {
	m, q := viewtest.New(f)
	m.Start(viewtest.Snapshot())
	q.Run()
	c := NewCalls(m)
	m.Go(view.PageCalls)
	q.Run()
	return c, m, q
}

// shown puts a page into a window of the tests.
func shown(t *testing.T, o fyne.CanvasObject) fyne.Window {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	w := test.NewTempWindow(t, container.NewStack(o))
	w.SetPadded(false)
	w.Resize(pageSize)
	return w
}

func TestCallsLook(t *testing.T) {
	golden(t, "calls", pageSize, func(fyne.Window) fyne.CanvasObject {
		c, _, q := calls(&viewtest.Phone{Records: history()})
		c.list.Resize(pageSize)
		q.Run()
		return c
	})
	golden(t, "calls-details", pageSize, func(w fyne.Window) fyne.CanvasObject {
		c, m, q := calls(&viewtest.Phone{Records: history()})
		m.Calls.Row(1)
		q.Run()
		c.details.show(m.Calls.Row(5))
		w.SetContent(c)
		w.Canvas().Focus(c.list)
		c.list.SetCurrent(2)
		return c
	})
	golden(t, "calls-none", pageSize, func(fyne.Window) fyne.CanvasObject {
		c, _, _ := calls(&viewtest.Phone{})
		return c
	})
	golden(t, "calls-none-found", pageSize, func(fyne.Window) fyne.CanvasObject {
		c, _, q := calls(&viewtest.Phone{Records: history()})
		c.search.SetText("zzz")
		q.Run()
		return c
	})
}

func TestCallsByKeyboard(t *testing.T) {
	f := &viewtest.Phone{Records: history()}
	c, _, q := calls(f)
	w := shown(t, c)
	q.Run()
	c.FocusSearch()
	require.Equal(t, fyne.Focusable(c.search), w.Canvas().Focused())
	test.Type(c.search, "ana")
	q.Run()
	require.Equal(t, 4, c.main.Calls.Len(), "two days with a call each")
	key(w, fyne.KeyDown)
	key(w, fyne.KeyReturn)
	q.Run()
	require.Contains(t, f.Log, "dial +442079460021 "+viewtest.Alice)
	key(w, fyne.KeyDelete)
	key(w, fyne.KeyEscape)
	q.Run()
	require.NotContains(t, f.Log, "delete c1", "it asks first")
	key(w, fyne.KeyDelete)
	key(w, fyne.KeyReturn)
	q.Run()
	require.Contains(t, f.Log, "delete c1")
	require.Equal(t, 2, c.main.Calls.Len())
}

func TestKeysStayOnTheirCall(t *testing.T) {
	f := &viewtest.Phone{Records: history()}
	c, m, q := calls(f)
	w := shown(t, c)
	q.Run()
	w.Canvas().Focus(c.list)
	c.list.SetCurrent(2)
	require.Equal(t, "Ana Cruz", m.Calls.Row(2).Party.Title)
	f.Records = append([]phone.CallRecord{{ID: "new", Number: "+442079460999", Started: viewtest.Noon, Result: phone.Missed}}, f.Records...)
	m.Happened(phone.Event{Kind: phone.EventHistory})
	q.Run()
	require.Equal(t, 3, c.list.Current())
	key(w, fyne.KeyReturn)
	q.Run()
	require.Contains(t, f.Log, "dial +442079460021 "+viewtest.Alice)
}

func TestDetails(t *testing.T) {
	f := &viewtest.Phone{Records: history()}
	c, m, q := calls(f)
	w := shown(t, c)
	q.Run()
	row := m.Calls.Row(5)
	c.callMenu(row)[3].Tapped() // call, text, copy, details
	require.True(t, c.details.holder.Visible())
	require.Equal(t, "The line is busy.", c.details.reason.Text())
	require.Equal(t, "Outgoing  ·  09:10  ·  busy  ·  1001@pbx.example  ·  SIP 486", c.details.facts.Text())
	w.Canvas().Focus(c.list)
	key(w, fyne.KeyEscape)
	require.False(t, c.details.holder.Visible())
	c.callMenu(row)[3].Tapped()
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	require.False(t, c.details.holder.Visible())
	copyNumber(row)
	require.Equal(t, "+442079460303", fyne.CurrentApp().Clipboard().Content())
	hidden := m.Calls.Row(6)
	require.Len(t, c.callActions(hidden), 2, "nobody can be called")
	c.call(hidden)
	q.Run()
	require.NotContains(t, fmt.Sprint(f.Log), "dial")
}

// key presses a key where the focus is.
func key(w fyne.Window, name fyne.KeyName) {
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

func TestCallsThatAreNotThere(t *testing.T) {
	f := &viewtest.Phone{}
	c, m, q := calls(f)
	shown(t, c)
	require.Equal(t, "No calls yet. The first one will stand here.", c.nothing.why)
	c.filter.OnChanged(1)
	q.Run()
	require.Equal(t, "No missed calls.", c.nothing.why)
	c.choose(0)
	c.search.SetText("zzz")
	q.Run()
	require.Equal(t, "No call fits “zzz”.", c.nothing.why)
	f.Records = history()
	c.search.SetText("")
	q.Run()
	require.Empty(t, c.nothing.why)
	require.Equal(t, 13, m.Calls.Len())
}

// BenchmarkCallsScroll moves through 100,000 calls by some lines a frame; a frame has 16 ms.
func BenchmarkCallsScroll(b *testing.B) {
	f := &viewtest.Phone{}
	for n := range 100_000 {
		f.Records = append(f.Records, phone.CallRecord{
			ID: phone.CallID(fmt.Sprint(n)), Name: "Jo Lee", Number: "+442079460018", Direction: phone.In, Result: phone.Missed,
			Started: viewtest.Noon.Add(-time.Duration(n) * 7 * time.Minute),
		})
	}
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Light))
	c, _, q := calls(f)
	w := test.NewTempWindow(b, c)
	w.Resize(fyne.NewSize(1440, 900))
	q.Run()
	b.ReportAllocs()
	at := float32(0)
	for b.Loop() {
		at += 140
		if at > 100_000*60 {
			at = 0
		}
		c.list.ScrollToOffset(at)
		q.Run()
	}
}
