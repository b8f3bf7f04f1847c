package page

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view/booktest"
	"github.com/callward/callward/ui/view/viewtest"
	"github.com/callward/callward/ui/widget"
)

// automat has the four triggers, one of them on, and what they did.
func automat() booktest.Automat {
	noon := viewtest.Noon
	did := func(row int64, name phone.TriggerName, who, number string, ago time.Duration, outcome phone.TriggerOutcome, why phone.Withheld) phone.Triggered {
		at := noon.Add(-ago)
		return phone.Triggered{
			Row: row, Time: at, Trigger: name, Event: "Missed call at " + at.Format("15:04") + ".", Name: who, Number: number, Via: viewtest.Alice, Outcome: outcome, Why: why,
		}
	}
	sent := did(4, phone.MissedCallTrigger, "Jo Lee", "+442079460018", 20*time.Minute, phone.TriggerSent, "")
	sent.Text = "Hello Jo, sorry that I missed your call at 11:40. I call you back today. Alice"
	failed := did(2, phone.VoicemailTrigger, "", "+442079460199", 3*time.Hour, phone.TriggerFailed, "")
	failed.Reason = "The server refused it."
	waits := did(1, phone.FirstTextTrigger, "", "+442079460100", 26*time.Hour, phone.TriggerWaiting, "")
	waits.Test, waits.Event = true, "Tried at 10:00."
	return booktest.Automat{
		Sends: []phone.Trigger{
			{Name: phone.MissedCallTrigger, On: true, Template: "Hello {first_name}, sorry that I missed your call at {time}. I call you back today. {agent}", Who: phone.TriggerAll, Once: 4 * time.Hour},
			{Name: phone.VoicemailTrigger, Template: "Hello {first_name}, your message has come.", Who: phone.TriggerAll},
			{Name: phone.CallEndedTrigger, On: true, Template: "Thank you for the call.", Who: phone.TriggerContacts, Delay: 5 * time.Minute, Hours: phone.Hours{Days: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}, From: 9 * time.Hour, To: 17 * time.Hour}},
			{Name: phone.FirstTextTrigger, Template: "Thank you for your text.", Who: phone.TriggerUnknown},
		},
		Sendings: []phone.Triggered{sent, did(3, phone.MissedCallTrigger, "Ana Cruz", "+442079460021", 40*time.Minute, phone.TriggerWithheld, phone.WithheldBlacklisted), failed, waits},
	}
}

// triggers is Settings in a window, open at Text Triggers.
func triggers(t *testing.T) (*rig, fyne.Window) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	r := newRig(&viewtest.Phone{Automat: automat()}, viewtest.Snapshot())
	w := test.NewTempWindow(t, r.Settings)
	w.SetPadded(false)
	w.Resize(wideWindow)
	test.Tap(r.nav[SectionTriggers])
	r.queue.Run()
	return r, w
}

func TestTriggersAreListedAndSwitched(t *testing.T) {
	r, _ := triggers(t)
	s := r.triggers
	require.Len(t, s.rows.Objects, 4)
	row := s.byName[phone.MissedCallTrigger]
	require.Equal(t, "Missed call", row.row.Content().Title)
	require.Equal(t, "At once, to everybody, always", row.row.Content().Subtitle)
	require.Equal(t, "After 5 minutes, to contacts only, in working hours", s.byName[phone.CallEndedTrigger].row.Content().Subtitle)
	require.Equal(t, "Off", s.byName[phone.VoicemailTrigger].row.Content().Subtitle)
	test.Tap(row.on)
	test.Tap(s.byName[phone.VoicemailTrigger].on)
	r.queue.Run()
	require.False(t, r.phone.Sends[0].On)
	require.True(t, r.phone.Sends[1].On)
	require.Equal(t, "Off", row.row.Content().Subtitle)
}

func TestATriggerIsSet(t *testing.T) {
	r, w := triggers(t)
	s := r.triggers
	test.Tap(s.byName[phone.CallEndedTrigger].row)
	r.queue.Run()
	f := s.form
	require.Equal(t, "Thank you for the call.", f.preview.Text())
	require.Equal(t, "23/160, 1 text", f.count.Text())

	chips := map[string]*widget.Chip{}
	for _, o := range test.LaidOutObjects(f.content) {
		if chip, ok := o.(*widget.Chip); ok {
			chips[chip.Text()] = chip
		}
	}
	test.Tap(chips["{name}"])
	require.Equal(t, "Thank you for the call.{name}", f.template.Text)
	f.template.SetText("Thank you for the call.")
	w.Canvas().Focus(f.template)
	f.template.SetText("Hi ")
	f.template.CursorColumn = 3
	r.queue.Run()
	require.Equal(t, "Thank you for the call.", r.phone.Sends[2].Template, "nothing half-typed is kept")
	test.Tap(chips["{first_name}"])
	require.Equal(t, "Hi {first_name}", f.template.Text)
	r.queue.Run()
	require.Equal(t, "Hi Jo", f.preview.Text())
	test.Type(f.template, " 😀")
	r.queue.Run()
	require.Equal(t, "Only 70 characters fit into a text because of 😀", f.wide.Text())
	require.Equal(t, "8/70, 1 text", f.count.Text())
	w.Canvas().Unfocus()
	f.delay.OnChanged(3)
	f.who.OnChanged(2)
	f.once.OnChanged(4)
	f.calls.direction.OnChanged(1)
	f.calls.answered.OnChanged(2)
	test.Tap(f.hours.days[5])
	f.hours.from.SetText("8.30")
	f.hours.from.Entry.OnSubmitted("")
	r.queue.Run()
	require.Equal(t, phone.Trigger{
		Name: phone.CallEndedTrigger, On: true, Template: "Hi {first_name} 😀", Delay: 15 * time.Minute, Who: phone.TriggerUnknown, Once: 7 * 24 * time.Hour,
		Hours:     phone.Hours{Days: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true, 6: true}, From: 8*time.Hour + 30*time.Minute, To: 17 * time.Hour},
		Direction: phone.In, Answered: phone.Unanswered,
	}, r.phone.Sends[2])
	require.Equal(t, "08:30", f.hours.from.Text())

	f.hours.to.SetText("late")
	f.hours.to.Entry.OnSubmitted("")
	require.Equal(t, "Times are such as 9:00 or 17:30, up to 24:00.", f.hours.wrong.Text())
	f.delay.OnChanged(5)
	f.minutes.SetText("much")
	f.minutes.Entry.OnSubmitted("")
	require.Equal(t, "The delay should be from 0 to 1440 minutes.", f.minutes.Error())
	f.minutes.SetText("2")
	w.Canvas().Focus(f.minutes.Entry)
	key(w, fyne.KeyEscape)
	r.queue.Run()
	require.Nil(t, s.shown, "Escape goes back to the list")
	require.Equal(t, 2*time.Minute, r.phone.Sends[2].Delay, "with what was typed")
	require.Equal(t, fyne.Focusable(s.byName[phone.CallEndedTrigger].row), w.Canvas().Focused())
}

func TestATestToABlacklistedNumberSaysSo(t *testing.T) {
	r, _ := triggers(t)
	r.phone.Trial = phone.Triggered{Row: 9, Outcome: phone.TriggerWithheld, Why: phone.WithheldBlacklisted, Number: "+442079460021"}
	test.Tap(r.triggers.byName[phone.MissedCallTrigger].row)
	r.queue.Run()
	f := r.triggers.form
	test.Tap(f.test)
	require.Equal(t, "Type the number that the test goes to.", f.number.Error())
	test.Type(f.number.Entry, "020 7946 0021")
	require.Empty(t, f.number.Error())
	test.Tap(f.test)
	require.True(t, f.test.Disabled())
	r.queue.Run()
	require.Equal(t, "Not sent: this number is blacklisted", f.number.Error())
	require.Contains(t, r.phone.Asked, "test missed-call 020 7946 0021")

	r.phone.Trial = phone.Triggered{Outcome: phone.TriggerWaiting, Number: "+442079460018", Trigger: phone.MissedCallTrigger, Test: true} // it has no row yet
	test.Tap(f.test)
	r.queue.Run()
	require.Empty(t, f.number.Error())
	require.Equal(t, "Waiting to be sent.", r.main.Triggers.Form.Said)
	r.phone.Sendings = append([]phone.Triggered{{Row: 10, Outcome: phone.TriggerSent, Number: "+442079460018", Trigger: phone.MissedCallTrigger, Test: true}}, r.phone.Sendings...)
	r.main.Happened(phone.Event{Kind: phone.EventTriggers})
	r.queue.Run()
	require.Equal(t, "Sent.", r.main.Triggers.Form.Said)
}

func TestTheTriggerLog(t *testing.T) {
	r, _ := triggers(t)
	s := r.triggers
	require.False(t, r.main.TriggerLog.Watched)
	s.tabs.SetSelected(1)
	s.tabs.OnChanged(1)
	r.queue.Run()
	row := widget.NewRow(theme.CallRow)
	s.log.drawRow(1, row)
	require.Equal(t, "Ana Cruz", row.Content().Title)
	require.Equal(t, "Not sent: this number is blacklisted  ·  Missed call at 11:20", row.Content().Subtitle)
	s.log.drawRow(2, row)
	require.Equal(t, theme.Danger, row.Content().SubtitleColor)
	s.log.list.OnActivate(0)
	require.True(t, s.log.details.holder.Visible())
	require.Contains(t, s.log.details.body.Text(), "sorry that I missed your call")
	s.log.filter.OnChanged(2)
	r.queue.Run()
	require.Equal(t, 1, r.main.TriggerLog.Len())
	s.log.search.SetText("zzz")
	r.queue.Run()
	require.Equal(t, "Nothing on this list fits.", s.log.none.Text())
	s.log.search.SetText("")
	s.log.filter.OnChanged(0)
	r.queue.Run()

	var opened []string
	r.main.TriggerLog.OnThread = func(number, via string) { opened = append(opened, number, via) }
	r.main.TriggerLog.Changed()
	test.Tap(s.log.details.thread)
	require.Equal(t, []string{"+442079460018", viewtest.Alice}, opened)

	r.phone.Sendings = r.phone.Sendings[1:]
	r.main.Happened(phone.Event{Kind: phone.EventTriggers})
	r.queue.Run()
	require.Equal(t, 3, r.main.TriggerLog.Len(), "it is live")
}

func TestTriggersLook(t *testing.T) {
	for where, size := range map[string]fyne.Size{"wide": fyne.NewSize(1280-theme.RailWidth, 900-theme.HeaderHeight), "narrow": pageSize} {
		look := func(name string, do func(r *rig)) {
			golden(t, "settings-triggers-"+name+"-"+where, size, func(w fyne.Window) fyne.CanvasObject {
				r := newRig(&viewtest.Phone{Automat: automat()}, three())
				r.Open(SectionTriggers)
				r.queue.Run()
				w.SetContent(r.Settings)
				do(r)
				r.queue.Run()
				return r.Settings
			})
		}
		look("list", func(*rig) {})
		look("form", func(r *rig) { r.main.Triggers.Open(phone.MissedCallTrigger) })
		look("wrong", func(r *rig) {
			r.main.Triggers.Open(phone.CallEndedTrigger)
			f := r.main.Triggers.Form
			f.Type("Danke für den Anruf, {first_name} 😀 → bis bald!")
			f.ChooseDelay(5)
			f.Minutes, f.To, f.Number = "much", "late", "020 7946 0021"
			r.triggers.form.number.SetText(f.Number)
			f.Keep()
			r.phone.Trial = phone.Triggered{Outcome: phone.TriggerWithheld, Why: phone.WithheldBlacklisted}
			f.Test()
			r.queue.Run()
			r.triggers.form.scroll.ScrollToBottom()
		})
		look("log", func(r *rig) {
			r.triggers.tabs.SetSelected(1)
			r.triggers.open(true)
			r.queue.Run()
			r.main.TriggerLog.OnThread = func(string, string) {}
			row, _ := r.main.TriggerLog.Row(0)
			r.main.TriggerLog.Unfold(row)
		})
		look("log-none", func(r *rig) {
			r.phone.Sendings = nil
			r.triggers.tabs.SetSelected(1)
			r.triggers.open(true)
		})
	}
}

func TestATriggerThatCannotBeKeptSaysWhy(t *testing.T) {
	r, _ := triggers(t)
	test.Tap(r.triggers.byName[phone.MissedCallTrigger].row)
	r.queue.Run()
	f := r.triggers.form
	r.phone.Broken = &phone.Error{Code: phone.CodeInvalid, Field: "template", Err: errors.New("the text is too long")}
	f.template.SetText("x")
	f.template.OnFocus(false)
	r.queue.Run()
	require.Equal(t, "The text is too long.", f.mistake.Text())
	require.Equal(t, "x", f.template.Text, "it can be mended")
	r.phone.Broken = &phone.Error{Code: phone.CodeStorage}
	f.who.OnChanged(1)
	r.queue.Run()
	require.Equal(t, 0, f.who.Selected(), "as it is kept")
	require.True(t, f.wrong.Visible())
}
