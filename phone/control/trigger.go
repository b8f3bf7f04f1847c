package control

import (
	"fmt"
	"slices"
	"time"

	"github.com/callward/callward/phone"
)

// Trigger is a row of trigger.list.
type Trigger struct {
	Name     phone.TriggerName `json:"name"`
	On       bool              `json:"on"`
	Template string            `json:"template"`
	// DelayS is how long after the event it is sent, in seconds.
	DelayS int `json:"delay_s"`
	// Who is all, contacts or unknown.
	Who phone.TriggerWho `json:"who"`
	// OnceS is for how many seconds a number gets no second one; 0 for none.
	OnceS int `json:"once_s"`
	// Days are of mon to sun; none at all for every day.
	Days []string `json:"days"`
	// From and To are times of day, HH:MM in local time; both 00:00 for the whole day.
	From string `json:"from"`
	To   string `json:"to"`
	// Direction and Answered choose among calls that have ended: in, out, or empty for any; answered, unanswered, or empty.
	Direction phone.Direction       `json:"direction"`
	Answered  phone.TriggerAnswered `json:"answered"`
}

func newTrigger(t phone.Trigger) Trigger {
	out := Trigger{
		Name: t.Name, On: t.On, Template: t.Template, DelayS: int(t.Delay / time.Second), Who: t.Who, OnceS: int(t.Once / time.Second),
		Days: []string{}, From: timeOfDay(t.Hours.From), To: timeOfDay(t.Hours.To), Direction: t.Direction, Answered: t.Answered,
	}
	for i := range t.Hours.Days {
		weekday := (i + 1) % 7 // from Monday on
		if t.Hours.Days[weekday] {
			out.Days = append(out.Days, Weekdays[weekday])
		}
	}
	return out
}

// Weekdays are the days of Trigger.Days, by time.Weekday.
var Weekdays = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// timeOfDay writes a time of day.
func timeOfDay(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d/time.Hour), int(d%time.Hour/time.Minute))
}

// TimeOfDay reads HH:MM, from 00:00 to 24:00.
func TimeOfDay(text string) (d time.Duration, ok bool) {
	if text == "24:00" {
		return 24 * time.Hour, true
	}
	t, err := time.Parse("15:04", text)
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, err == nil && len(text) == len("15:04")
}

// TriggerSet is the arguments of trigger.set: what is null stays as it is. The fields are those of Trigger.
type TriggerSet struct {
	Name      phone.TriggerName      `json:"name"`
	On        *bool                  `json:"on"`
	Template  *string                `json:"template"`
	DelayS    *int                   `json:"delay_s"`
	Who       *phone.TriggerWho      `json:"who"`
	OnceS     *int                   `json:"once_s"`
	Days      *[]string              `json:"days"`
	From      *string                `json:"from"`
	To        *string                `json:"to"`
	Direction *phone.Direction       `json:"direction"`
	Answered  *phone.TriggerAnswered `json:"answered"`
}

// change puts into t what is set.
func (s TriggerSet) change(t *phone.Trigger) error {
	set(&t.On, s.On)
	set(&t.Template, s.Template)
	set(&t.Who, s.Who)
	set(&t.Direction, s.Direction)
	set(&t.Answered, s.Answered)
	for field, seconds := range map[string]struct {
		from *int
		to   *time.Duration
	}{"delay_s": {s.DelayS, &t.Delay}, "once_s": {s.OnceS, &t.Once}} {
		const most = 1 << 31 // so that it fits into a Duration; the phone has narrower bounds
		if seconds.from == nil {
			continue
		}
		if *seconds.from < 0 || *seconds.from > most {
			return invalid(field, "%s is a number of seconds, or 0.", field)
		}
		*seconds.to = time.Duration(*seconds.from) * time.Second
	}
	return s.hours(&t.Hours)
}

// hours puts into h what is set.
func (s TriggerSet) hours(h *phone.Hours) error {
	if s.Days != nil {
		h.Days = [7]bool{}
		for _, word := range *s.Days {
			weekday := slices.Index(Weekdays[:], word)
			if weekday < 0 {
				return invalid("days", "%q is no day: they are mon, tue, wed, thu, fri, sat and sun.", word)
			}
			h.Days[weekday] = true
		}
	}
	for field, clock := range map[string]struct {
		from *string
		to   *time.Duration
	}{"from": {s.From, &h.From}, "to": {s.To, &h.To}} {
		if clock.from == nil {
			continue
		}
		d, ok := TimeOfDay(*clock.from)
		if !ok {
			return invalid(field, "%q is no time of day, such as 09:00.", *clock.from)
		}
		*clock.to = d
	}
	return nil
}

// set sets to where from says what.
func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// TriggerRef is the arguments of trigger.enable and trigger.disable.
type TriggerRef struct {
	Name phone.TriggerName `json:"name"`
}

// TriggerTest is the arguments of trigger.test; Number is as typed.
type TriggerTest struct {
	Name   phone.TriggerName `json:"name"`
	Number string            `json:"number"`
}
