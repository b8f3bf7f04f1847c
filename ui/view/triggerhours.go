package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// usualHours are those that are offered first: Monday to Friday from nine to five.
var usualHours = phone.Hours{
	Days: [7]bool{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true},
	From: 9 * time.Hour, To: 17 * time.Hour,
}

// InHours tells whether it sends in working hours alone.
func (f *TriggerForm) InHours() bool { return f.Trigger.Hours != (phone.Hours{}) }

// LimitHours has it send in working hours alone, or always.
func (f *TriggerForm) LimitHours(on bool) {
	if on == f.InHours() {
		return
	}
	hours := phone.Hours{}
	if on {
		hours = usualHours
	}
	f.From, f.To = timeOfDay(hours.From), timeOfDay(hours.To)
	f.set("hours", func(t *phone.Trigger) { t.Hours = hours })
}

// OnDay tells whether it sends on a day.
func (f *TriggerForm) OnDay(day time.Weekday) bool {
	days := f.Trigger.Hours.Days
	return days[day] || days == [7]bool{}
}

// ToggleDay adds a day to the working days, or takes it away; the last one stays.
func (f *TriggerForm) ToggleDay(day time.Weekday) {
	days := f.Trigger.Hours.Days
	if days == [7]bool{} {
		days = [7]bool{true, true, true, true, true, true, true}
	}
	if days[day] = !days[day]; days == [7]bool{} {
		f.of.Changed()
		return
	}
	f.set("hours", func(t *phone.Trigger) { t.Hours.Days = days })
}

// KeepHours keeps the working hours as typed.
func (f *TriggerForm) KeepHours() {
	from, first := readTime(f.From)
	to, last := readTime(f.To)
	switch {
	case !first || !last:
		f.wrong("hours", f.of.words.L("Times are such as 9:00 or 17:30, up to 24:00."))
	case from == to && from != 0:
		f.wrong("hours", f.of.words.L("The end should not be the beginning."))
	default:
		f.From, f.To = timeOfDay(from), timeOfDay(to)
		f.set("hours", func(t *phone.Trigger) { t.Hours.From, t.Hours.To = from, to })
	}
}

// timeOfDay writes a time since midnight, as 09:00.
func timeOfDay(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d/time.Hour), int(d%time.Hour/time.Minute))
}

// readTime reads a time of day, as 9, 9:00 or 9.30.
func readTime(text string) (d time.Duration, ok bool) {
	hour, minute, parted := strings.Cut(strings.Replace(strings.TrimSpace(text), ".", ":", 1), ":")
	h, err := strconv.ParseUint(hour, 10, 8)
	if err != nil {
		return 0, false
	}
	m := uint64(0)
	if parted {
		if m, err = strconv.ParseUint(minute, 10, 8); err != nil {
			return 0, false
		}
	}
	d = time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	return d, m < 60 && d <= 24*time.Hour
}
