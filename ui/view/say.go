package view

import (
	"fmt"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// length writes how long something took, as 4:12 or 1:04:12.
func length(d time.Duration) string {
	s := max(0, int(d.Truncate(time.Second)/time.Second))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// timer writes how long a call lasts, as 04:12 or 1:04:12: it never jumps in width within the hour.
func timer(d time.Duration) string {
	if d < time.Hour && d >= 0 {
		s := int(d / time.Second)
		return fmt.Sprintf("%02d:%02d", s/60, s%60)
	}
	return length(d)
}

// clock writes a moment of a day, as 10:41.
func clock(t time.Time) string { return t.Local().Format("15:04") }

// day is midnight at the begin of a moment's day.
func day(t time.Time) time.Time {
	t = t.Local()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// dayTitle names the day of a moment as it is called today.
func dayTitle(w Words, t, now time.Time) string {
	that, today := day(t), day(now)
	// By noon, since a day may have 23 or 25 hours.
	switch days := int(today.Add(12*time.Hour).Sub(that) / (24 * time.Hour)); {
	case days <= 0:
		return w.L("Today")
	case days == 1:
		return w.L("Yesterday")
	case days < 7:
		return w.L(that.Weekday().String())
	}
	return dateTitle(w, t, now)
}

// dateTitle writes the date of a moment, as 3 May, with its year where that is another.
func dateTitle(w Words, t, now time.Time) string {
	that := t.Local()
	title := w.L("{{.Day}} {{.Month}}", map[string]any{"Day": that.Day(), "Month": w.L(that.Month().String())})
	if that.Year() != now.Local().Year() {
		title += fmt.Sprintf(" %d", that.Year())
	}
	return title
}

// Party is who is at the other end, as a screen names them.
type Party struct {
	// Title is the name, else the number, else words for one who hides.
	Title string
	// Number is written for people; "" where Title says it, or none is known.
	Number string
	// Name is what the picture is made of; "" where there is none.
	Name string
}

// party names the other end by what it calls itself and its number.
func party(w Words, n Numbers, name, number, country string) Party {
	shown := number
	if number != "" {
		shown = n.Display(number, country)
	}
	switch name = strings.TrimSpace(name); {
	case name != "" && name != number && name != shown:
		return Party{Title: name, Number: shown, Name: name}
	case shown != "":
		return Party{Title: shown}
	}
	return Party{Title: w.L("Hidden number")}
}

// resultWords say a call's result in a list.
var resultWords = map[phone.Result]string{
	phone.Missed: "missed", phone.Declined: "declined", phone.Busy: "busy", phone.Cancelled: "cancelled",
	phone.Elsewhere: "answered elsewhere", phone.Faulty: "failed",
}
