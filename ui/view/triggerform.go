package view

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// DelayChoices are how long after its event a trigger may send, OnceChoices for how long a number gets no second text;
// 0 is at once, and always one.
var (
	DelayChoices = []time.Duration{0, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour}
	OnceChoices  = []time.Duration{0, time.Hour, 4 * time.Hour, 24 * time.Hour, 7 * 24 * time.Hour}
)

// TriggerPlaceholders are what stands in a template for what is known of the event.
var TriggerPlaceholders = []string{"{name}", "{first_name}", "{number}", "{agent}", "{account}", "{time}"}

// WeekDays are the days as a week is written here, Monday first.
var WeekDays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// TriggerForm is the trigger that is open. What is chosen is kept at once, what is typed once it is left.
type TriggerForm struct {
	Name phone.TriggerName
	// Title is the event that it follows, About says more of it.
	Title, About string
	// Trigger is how it is set.
	Trigger phone.Trigger
	// Template, Minutes, From, To and Number are as typed: the text, its delay, the working hours, and whom a test goes to.
	Template, Minutes, From, To, Number string
	// OtherDelay tells that Minutes are typed.
	OtherDelay bool
	// Spans are for how long a number gets no second text: OnceChoices, and one of its own.
	Spans []time.Duration
	// Preview is what the text would say, Count how long that is, as "43/160, 1 text", and Wide what makes it longer.
	Preview, Count, Wide string
	// Errors are by the name of a field, "" for what concerns none.
	Errors map[string]string
	// Said is what became of a test, Fails that nothing was, or will be, sent. Testing is set while it is asked.
	Said           string
	Fails, Testing bool

	of      *Triggers
	asking  bool // the preview is on its way
	waiting phone.Triggered
}

func newTriggerForm(t *Triggers, row TriggerRow) *TriggerForm {
	one := row.Trigger
	spans := slices.Clone(OnceChoices)
	if !slices.Contains(spans, one.Once) {
		spans = append(spans, one.Once)
	}
	return &TriggerForm{
		Name: one.Name, Title: row.Title, About: t.words.L(triggerAbout[one.Name]), Trigger: one, Template: one.Template,
		Minutes: minutesOf(one.Delay), OtherDelay: !slices.Contains(DelayChoices, one.Delay), From: timeOfDay(one.Hours.From), To: timeOfDay(one.Hours.To),
		Spans: spans, Errors: map[string]string{}, of: t,
	}
}

// follow takes over how it is set, also by somebody else; what is being typed stays.
func (f *TriggerForm) follow(now phone.Trigger) {
	was := f.Trigger
	f.Trigger = now
	if f.Template == was.Template && now.Template != was.Template {
		f.Type(now.Template)
	}
	if f.Minutes == minutesOf(was.Delay) {
		f.Minutes = minutesOf(now.Delay)
	}
	if f.From == timeOfDay(was.Hours.From) && f.To == timeOfDay(was.Hours.To) {
		f.From, f.To = timeOfDay(now.Hours.From), timeOfDay(now.Hours.To)
	}
}

// set changes something of the trigger; field is where it is said what is wrong with that.
func (f *TriggerForm) set(field string, change func(*phone.Trigger)) {
	f.of.set(f.Name, field, change)
	if i := f.of.place(f.Name); i >= 0 {
		f.Trigger = f.of.List[i].Trigger
		f.of.Changed()
	}
}

// refuse says what is wrong: beside the field that it names, else beside that which was changed.
func (f *TriggerForm) refuse(field string, err error, said string) {
	if i := f.of.place(f.Name); i >= 0 {
		f.Trigger = f.of.List[i].Trigger
	}
	if err == nil {
		return
	}
	var e *phone.Error
	if errors.As(err, &e) && e.Code == phone.CodeInvalid && e.Field != "" {
		field = e.Field
	}
	f.Errors[field] = said
}

// Type replaces the template. It is kept once it is left.
func (f *TriggerForm) Type(template string) {
	if template == f.Template {
		return
	}
	f.Template = template
	delete(f.Errors, "template")
	f.preview()
	f.of.Changed()
}

// preview asks what the text would say, and again where it has changed until that is there.
func (f *TriggerForm) preview() {
	if f.asking {
		return
	}
	f.asking = true
	template, said := f.Template, ""
	f.of.worker.Do(func(ctx context.Context) (err error) {
		said, err = f.of.keeper.PreviewTrigger(ctx, template)
		return err
	}, func(err error) {
		f.asking = false
		if template != f.Template {
			f.preview()
			return
		}
		if err != nil {
			said = template
			f.Errors["template"] = f.of.words.L(phone.Sentence(err))
		}
		f.Preview = said
		f.Count, f.Wide = sizeWords(f.of.words, phone.SizeOf(said))
		f.of.Changed()
	})
}

// Keep keeps what is typed; what cannot be read is said beside its field.
func (f *TriggerForm) Keep() {
	f.KeepTemplate()
	if f.OtherDelay {
		f.KeepMinutes()
	}
	if f.InHours() {
		f.KeepHours()
	}
}

// KeepTemplate keeps the template as typed.
func (f *TriggerForm) KeepTemplate() {
	if f.Template != f.Trigger.Template {
		f.set("template", func(t *phone.Trigger) { t.Template = f.Template })
	}
}

// DelayPlace is the place of the delay among DelayChoices, or the one behind them for another.
func (f *TriggerForm) DelayPlace() int {
	if i := slices.Index(DelayChoices, f.Trigger.Delay); i >= 0 && !f.OtherDelay {
		return i
	}
	return len(DelayChoices)
}

// DelayWords are DelayChoices in words, and that it is typed.
func (f *TriggerForm) DelayWords() []string {
	words := []string{f.of.words.L("At once")}
	for _, d := range DelayChoices[1:] {
		words = append(words, f.of.words.L("After {{.Time}}", map[string]any{"Time": spanWords(f.of.words, d)}))
	}
	return append(words, f.of.words.L("Other…"))
}

// OnceWords are Spans in words.
func (f *TriggerForm) OnceWords() []string {
	words := make([]string, len(f.Spans))
	for i, d := range f.Spans {
		words[i] = f.of.words.L("No limit")
		if d > 0 {
			words[i] = spanWords(f.of.words, d)
		}
	}
	return words
}

// ChooseDelay takes one of DelayChoices; the one behind them has minutes typed.
func (f *TriggerForm) ChooseDelay(i int) {
	if f.OtherDelay = i >= len(DelayChoices); !f.OtherDelay {
		f.set("delay", func(t *phone.Trigger) { t.Delay = DelayChoices[i] })
		f.Minutes = minutesOf(f.Trigger.Delay)
	}
	f.of.Changed()
}

// KeepMinutes keeps the delay as typed.
func (f *TriggerForm) KeepMinutes() {
	minutes, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(f.Minutes), ",", ".", 1), 64)
	if err != nil || !(minutes >= 0 && minutes <= phone.MaxTriggerDelay.Minutes()) {
		f.wrong("delay", f.of.words.L("The delay should be from 0 to 1440 minutes."))
		return
	}
	f.set("delay", func(t *phone.Trigger) { t.Delay = time.Duration(minutes * float64(time.Minute)).Round(time.Second) })
}

func (f *TriggerForm) wrong(field, said string) {
	f.Errors[field] = said
	f.of.Changed()
}

// SetWho says to whom it sends.
func (f *TriggerForm) SetWho(who phone.TriggerWho) {
	f.set("who", func(t *phone.Trigger) { t.Who = who })
}

// SetOnce says for how long a number gets no second text.
func (f *TriggerForm) SetOnce(once time.Duration) {
	f.set("once", func(t *phone.Trigger) { t.Once = once })
}

// SetCalls chooses among calls that have ended.
func (f *TriggerForm) SetCalls(direction phone.Direction, answered phone.TriggerAnswered) {
	f.set("direction", func(t *phone.Trigger) { t.Direction, t.Answered = direction, answered })
}

func minutesOf(d time.Duration) string { return strconv.FormatFloat(d.Minutes(), 'f', -1, 64) }
