package main

import (
	"fmt"
	"strings"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type textCommands struct {
	Send     textSend     `cmd:"" help:"Send a text; prints its id."`
	List     textList     `cmd:"" help:"List the texts with a number, the newest last."`
	Threads  textThreads  `cmd:"" help:"List whom texts were written with, the newest first."`
	Search   textSearch   `cmd:"" help:"List the texts that have some words, the newest first."`
	Retry    textRetry    `cmd:"" help:"Try again to send a text that has failed, or waits."`
	Delete   textDelete   `cmd:"" help:"Delete a text."`
	Restore  textRestore  `cmd:"" help:"Bring back a text that was deleted within the last hour."`
	Seen     textSeen     `cmd:"" help:"Mark all texts with a number as seen."`
	Settings textSettings `cmd:"" help:"Show and change how texts work."`
}

// textLines is how many texts and threads are printed for a person; --json has all.
const textLines = 100

// lines is the limit of a list.
func (f jsonFlag) lines() int {
	if f.JSON {
		return 0
	}
	return textLines
}

// threadArg says which thread is meant.
type threadArg struct {
	Number string `arg:"" optional:"" help:"The number, as you would call it."`
	Hidden bool   `help:"The texts of senders who hide their number."`
}

// number is what is asked for: "" for senders who hide.
func (c threadArg) number() (string, error) {
	if (c.Number == "") != c.Hidden {
		return "", usageError("Name a number, or --hidden in its place.")
	}
	return c.Number, nil
}

type textList struct {
	threadArg
	jsonFlag
}

func (c textList) Run(env *environment) error {
	number, err := c.number()
	if err != nil {
		return err
	}
	var list []control.Text
	if err := env.do("text.list", control.TextList{Number: number, Limit: c.lines()}, &list); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, list)
	}
	var rows [][]string
	for _, t := range list { // the text last: a long one is to widen no other line
		rows = append(rows, []string{clock(&t.Time), string(t.Direction), string(t.State), string(t.ID), t.Reason, bodyOf(t)})
	}
	return printTable(env.stdout, []string{"WHEN", "DIRECTION", "STATE", "ID", "REASON", "TEXT"}, rows)
}

// bodyOf is what a text says, on one line.
func bodyOf(t control.Text) string {
	if t.Type != "" {
		return "[" + t.Type + "]"
	}
	return strings.Join(strings.Fields(t.Body), " ")
}

type textThreads struct {
	Unread bool `help:"Those alone that have unread texts."`
	jsonFlag
}

func (c textThreads) Run(env *environment) error {
	var list []control.Thread
	if err := env.do("text.threads", control.ThreadList{Unread: c.Unread, Limit: c.lines()}, &list); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, list)
	}
	var rows [][]string
	for _, t := range list {
		row := []string{"", party(t.Number), t.Name, fmt.Sprint(t.Unread), "", "Draft: " + strings.Join(strings.Fields(t.Draft), " ")}
		if t.Last != nil {
			row[0], row[5] = clock(&t.Last.Time), bodyOf(*t.Last)
		}
		if t.Blacklisted != nil {
			row[4] = string(t.Blacklisted.Mode)
		}
		rows = append(rows, row)
	}
	return printTable(env.stdout, []string{"WHEN", "NUMBER", "NAME", "UNREAD", "BLOCKED", "TEXT"}, rows)
}

type textSearch struct {
	Words []string `arg:"" help:"Words, each of which a text has, or begins one that it has."`
	jsonFlag
}

func (c textSearch) Run(env *environment) error {
	var list []control.TextFound
	if err := env.do("text.search", control.TextSearch{Search: strings.Join(c.Words, " "), Limit: c.lines()}, &list); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, list)
	}
	var rows [][]string
	for _, t := range list {
		snippet := strings.Join(strings.Fields(t.Snippet), " ")
		rows = append(rows, []string{clock(&t.Time), string(t.Direction), party(t.Number), t.Name, snippet, string(t.ID)})
	}
	return printTable(env.stdout, []string{"WHEN", "DIRECTION", "NUMBER", "NAME", "TEXT", "ID"}, rows)
}

// textRef is the argument of commands that are about one text.
type textRef struct {
	ID phone.TextID `arg:"" help:"The id of the text, as listed."`
}

func (c textRef) ask(env *environment, op string) error {
	return env.do(op, control.TextRef{ID: c.ID}, nil)
}

type textRetry struct{ textRef }

func (c textRetry) Run(env *environment) error { return c.ask(env, "text.retry") }

type textDelete struct{ textRef }

func (c textDelete) Run(env *environment) error { return c.ask(env, "text.delete") }

type textRestore struct{ textRef }

func (c textRestore) Run(env *environment) error { return c.ask(env, "text.restore") }

type textSeen struct{ threadArg }

func (c textSeen) Run(env *environment) error {
	number, err := c.number()
	if err != nil {
		return err
	}
	return env.do("text.seen", control.TextSeen{Number: number}, nil)
}
