package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type triggerSet struct {
	triggerArg
	Template  *string        `placeholder:"TEXT" help:"What it says, with {name}, {first_name}, {number}, {agent}, {account} and {time} in it."`
	Delay     *time.Duration `placeholder:"5m" help:"How long after the event it is sent: up to 24h."`
	Who       string         `enum:"all,contacts,unknown,as-is" default:"as-is" help:"To whom: all, contacts, or unknown numbers alone."`
	Once      *time.Duration `placeholder:"24h" help:"For how long the same number gets no second one; 0s for always one."`
	Days      string         `placeholder:"mon-fri" help:"On which days, such as mon-fri or sat,sun; all for every day."`
	From      string         `placeholder:"09:00" help:"From when on those days."`
	To        string         `placeholder:"17:00" help:"Until when; from 00:00 to 00:00 is the whole day."`
	Direction string         `enum:"in,out,any,as-is" default:"as-is" help:"Of call-ended: calls that came in, that went out, or any."`
	Answered  string         `enum:"yes,no,any,as-is" default:"as-is" help:"Of call-ended: calls that were answered, that were not, or any."`
}

func (c triggerSet) Run(env *environment) error {
	args, err := c.args()
	if err != nil {
		return err
	}
	if args == (control.TriggerSet{Name: c.Name}) {
		return usageError("Say what is to change, such as --delay 5m; trigger enable switches it on.")
	}
	return env.do("trigger.set", args, nil)
}

// args are the flags that are said.
func (c triggerSet) args() (control.TriggerSet, error) {
	args := control.TriggerSet{Name: c.Name, Template: c.Template}
	for flag, d := range map[string]struct {
		said *time.Duration
		set  **int
	}{"--delay": {c.Delay, &args.DelayS}, "--once": {c.Once, &args.OnceS}} {
		if d.said == nil {
			continue
		}
		if *d.said < 0 || *d.said%time.Second != 0 {
			return args, usageError(flag + " is a time in whole seconds, such as 5m.")
		}
		whole := int(*d.said / time.Second)
		*d.set = &whole
	}
	if c.Who != "as-is" {
		who := phone.TriggerWho(c.Who)
		args.Who = &who
	}
	if c.Direction != "as-is" {
		direction := phone.Direction(strings.TrimPrefix(c.Direction, "any"))
		args.Direction = &direction
	}
	if c.Answered != "as-is" {
		answered := map[string]phone.TriggerAnswered{"yes": phone.IfAnswered, "no": phone.Unanswered, "any": phone.AnyAnswer}[c.Answered]
		args.Answered = &answered
	}
	return args, c.hours(&args)
}

// hours puts into args when it is to send.
func (c triggerSet) hours(args *control.TriggerSet) error {
	if c.Days != "" {
		days, err := daysOf(c.Days)
		if err != nil {
			return err
		}
		args.Days = &days
	}
	for _, flag := range []struct {
		name, said string
		set        **string
	}{{"--from", c.From, &args.From}, {"--to", c.To, &args.To}} {
		if flag.said == "" {
			continue
		}
		if _, ok := control.TimeOfDay(flag.said); !ok {
			return usageError(fmt.Sprintf("%s: %q is no time of day, such as 09:00.", flag.name, flag.said))
		}
		*flag.set = &flag.said
	}
	return nil
}

// daysOf reads days, such as mon-fri or sat,sun; all is none at all, which means every day.
func daysOf(text string) ([]string, error) {
	days := []string{}
	if text == "all" {
		return days, nil
	}
	for part := range strings.SplitSeq(text, ",") {
		from, to, ranged := strings.Cut(part, "-")
		if !ranged {
			to = from
		}
		first, last := slices.Index(control.Weekdays[:], from), slices.Index(control.Weekdays[:], to)
		if first < 0 || last < 0 {
			return nil, usageError(fmt.Sprintf("--days: %q is no day; they are mon, tue, wed, thu, fri, sat and sun, as in mon-fri or sat,sun.", part))
		}
		for day := first; ; day = (day + 1) % len(control.Weekdays) {
			days = append(days, control.Weekdays[day])
			if day == last {
				break
			}
		}
	}
	return days, nil
}
