package main

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type triggerCommands struct {
	List    triggerList    `cmd:"" help:"List the triggers: the texts that are sent by themselves."`
	Log     triggerLog     `cmd:"" help:"List what they did, and why not, the newest first."`
	Enable  triggerEnable  `cmd:"" help:"Switch a trigger on."`
	Disable triggerDisable `cmd:"" help:"Switch a trigger off."`
	Set     triggerSet     `cmd:"" help:"Change what a trigger sends, to whom and when; what is not said stays."`
	Test    triggerTest    `cmd:"" help:"Send a trigger's text to a number; prints its id."`
}

// triggerArg says which trigger is meant.
type triggerArg struct {
	Name phone.TriggerName `arg:"" enum:"missed-call,voicemail-received,call-ended,first-text" help:"missed-call, voicemail-received, call-ended or first-text."`
}

type triggerList struct{ jsonFlag }

func (c triggerList) Run(env *environment) error {
	var list []control.Trigger
	if err := env.do("trigger.list", nil, &list); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, list)
	}
	var rows [][]string
	onOff := map[bool]string{true: "on", false: "off"}
	for _, t := range list {
		once := ""
		if t.OnceS > 0 {
			once = seconds(t.OnceS)
		}
		rows = append(rows, []string{
			string(t.Name), onOff[t.On], string(t.Who), seconds(t.DelayS), once, hours(t), strings.Join(strings.Fields(t.Template), " "),
		})
	}
	return printTable(env.stdout, []string{"TRIGGER", "STATE", "WHO", "DELAY", "ONCE IN", "HOURS", "TEXT"}, rows)
}

// seconds writes a time as flags have it.
func seconds(s int) string { return (time.Duration(s) * time.Second).String() }

// hours says when a trigger sends.
func hours(t control.Trigger) string {
	days := strings.Join(t.Days, ",")
	if days == "" {
		days = "all"
	}
	switch {
	case t.From != t.To:
		return days + " " + t.From + "-" + t.To
	case days == "all":
		return "always"
	}
	return days
}

type triggerLog struct{ jsonFlag }

func (c triggerLog) Run(env *environment) error {
	var list []control.Triggered
	if err := env.do("trigger.log", control.TriggerLog{Limit: c.lines()}, &list); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, list)
	}
	var rows [][]string
	for _, t := range list {
		rows = append(rows, []string{
			clock(&t.Time), string(t.Trigger), string(t.Outcome), t.Reason, party(t.Number), t.Name, t.Event, strings.Join(strings.Fields(t.Text), " "),
		})
	}
	return printTable(env.stdout, []string{"WHEN", "TRIGGER", "OUTCOME", "WHY", "NUMBER", "NAME", "EVENT", "TEXT"}, rows)
}

type triggerEnable struct{ triggerArg }

func (c triggerEnable) Run(env *environment) error {
	return env.do("trigger.enable", control.TriggerRef{Name: c.Name}, nil)
}

type triggerDisable struct{ triggerArg }

func (c triggerDisable) Run(env *environment) error {
	return env.do("trigger.disable", control.TriggerRef{Name: c.Name}, nil)
}

type triggerTest struct {
	triggerArg
	Number string `arg:"" help:"Where to."`
}

func (c triggerTest) Run(env *environment) error {
	var row control.Triggered
	if err := env.do("trigger.test", control.TriggerTest{Name: c.Name, Number: c.Number}, &row); err != nil {
		return err
	}
	if row.Outcome == phone.TriggerWithheld || row.Outcome == phone.TriggerFailed {
		return failure("Not sent: " + uncapped(printable(row.Reason)))
	}
	_, err := fmt.Fprintln(env.stdout, row.Sent)
	return err
}

// uncapped is a sentence as it goes on behind a colon, but for one that begins with a name in capitals.
func uncapped(sentence string) string {
	first, size := utf8.DecodeRuneInString(sentence)
	if second, _ := utf8.DecodeRuneInString(sentence[size:]); !unicode.IsLower(second) {
		return sentence
	}
	return string(unicode.ToLower(first)) + sentence[size:]
}
