package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type blacklistCommands struct {
	Add    blacklistAdd    `cmd:"" help:"Block a number, a prefix, or hidden callers."`
	Remove blacklistRemove `cmd:"" help:"Take a number off the list."`
	List   blacklistList   `cmd:"" help:"List who is blocked, the newest first."`
	Check  blacklistCheck  `cmd:"" help:"Tell whether somebody would get through, and why."`
	Import blacklistImport `cmd:"" help:"Add the numbers of a CSV file: all of them, or none."`
	Export blacklistExport `cmd:"" help:"Write the list to a CSV file."`
}

// entryRef is who an entry is about.
type entryRef struct {
	Number string `arg:"" optional:"" help:"A telephone number, an extension or a SIP address."`
	Prefix bool   `help:"The number is what numbers begin with, such as +1900."`
	Hidden bool   `help:"Callers who hide their number, in place of a number."`
}

// kind returns what the flags say.
func (r entryRef) kind() (phone.EntryKind, error) {
	switch {
	case r.Hidden && (r.Number != "" || r.Prefix):
		return "", usageError("--hidden stands in place of a number.")
	case r.Hidden:
		return phone.KindHidden, nil
	case r.Number == "":
		return "", usageError("Say which number, or --hidden.")
	case r.Prefix:
		return phone.KindPrefix, nil
	}
	return phone.KindNumber, nil
}

type blacklistAdd struct {
	entryRef
	Mode         phone.Mode      `default:"voicemail" enum:"voicemail,all" help:"voicemail: block calls and texts, and let the caller leave a voice message; all: block these too."`
	Name         string          `help:"What it is called on the list; else the contact's name."`
	Contact      phone.ContactID `placeholder:"ID" help:"The contact that the number belongs to; else the one that has it."`
	BlockContact bool            `help:"Block all numbers of the contact too, and those that it gets later."`
	Expires      time.Duration   `placeholder:"24h" help:"End it after so long."`
	Replace      bool            `help:"Change the entry where there is one already."`
	jsonFlag
}

func (c blacklistAdd) Run(env *environment) error {
	kind, err := c.kind()
	switch {
	case err != nil:
		return err
	case c.Expires < 0 || c.Expires > 0 && c.Expires < time.Second:
		return usageError("--expires is a time of a second or more, such as 24h.")
	case c.BlockContact && kind != phone.KindNumber:
		return usageError("--block-contact goes with a number of the contact.")
	case c.BlockContact:
		kind = phone.KindContact
	}
	var entry control.Entry
	err = env.do("blacklist.add", control.EntryDraft{
		Kind: kind, Number: c.Number, Name: c.Name, Mode: c.Mode, Contact: c.Contact, ExpiresS: int64(c.Expires / time.Second), Replace: c.Replace,
	}, &entry)
	if err == nil && c.JSON {
		return printJSON(env.stdout, entry)
	}
	return err
}

type blacklistRemove struct{ entryRef }

func (c blacklistRemove) Run(env *environment) error {
	kind, err := c.kind()
	if err != nil {
		return err
	}
	return env.do("blacklist.remove", control.EntryRef{Kind: kind, Number: c.Number}, nil)
}

// listPart is how many entries are asked for at once: few enough to be read in time, enough that a million take no more than 50 parts.
const listPart = 20_000

type blacklistList struct {
	Through bool `help:"List who is always let through instead."`
	jsonFlag
}

func (c blacklistList) Run(env *environment) error {
	all := []control.Entry{}
	for {
		var part []control.Entry
		if err := env.do("blacklist.list", control.EntryList{Through: c.Through, Offset: len(all), Limit: listPart}, &part); err != nil {
			return err
		}
		all = append(all, part...)
		if len(part) < listPart {
			break
		}
	}
	if c.JSON {
		return printJSON(env.stdout, all)
	}
	var rows [][]string
	for _, e := range all {
		rows = append(rows, []string{entryNumber(e), e.Name, string(e.Mode), fmt.Sprint(e.Blocked), clock(&e.Since), clock(e.Expires)})
	}
	return printTable(env.stdout, []string{"NUMBER", "NAME", "MODE", "BLOCKED", "SINCE", "EXPIRES"}, rows)
}

// entryNumber says who an entry is about.
func entryNumber(e control.Entry) string {
	switch e.Kind {
	case phone.KindHidden:
		return "hidden callers"
	case phone.KindContacts:
		return "all contacts"
	case phone.KindPrefix:
		return e.Number + "…"
	case phone.KindContact:
		return fmt.Sprintf("%s, and %d more", e.Number, len(e.Others))
	}
	return e.Number
}

type blacklistCheck struct {
	Number string `arg:"" help:"A number, a SIP address, or what a From header says."`
	jsonFlag
}

func (c blacklistCheck) Run(env *environment) error {
	var p control.Passage
	if err := env.do("blacklist.check", control.Check{Number: c.Number}, &p); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, p)
	}
	var rows [][]string
	for _, row := range []struct {
		what   string
		passes bool
	}{{"call", p.Call}, {"voice message", p.Voicemail}, {"text", p.Text}, {"trigger", p.Trigger}} {
		word := "blocked"
		if row.passes {
			word = "let through"
		}
		rows = append(rows, []string{row.what, word})
	}
	if err := printTable(env.stdout, []string{"WHAT", "VERDICT"}, rows); err != nil {
		return err
	}
	_, err := fmt.Fprintln(env.stdout, printable(why(p)))
	return err
}

// why says what a verdict comes from.
func why(p control.Passage) string {
	var said []string
	switch {
	case p.Entry == nil:
		said = append(said, "No entry fits.")
	case p.Verdict.Verdict == phone.LetThrough:
		said = append(said, fmt.Sprintf("Always let through: %s.", entryTitle(*p.Entry)))
	default:
		said = append(said, fmt.Sprintf("%s: %s, since %s.", phone.ModeTitle(p.Verdict.Verdict), entryTitle(*p.Entry), p.Entry.Since.Local().Format(time.DateOnly)))
	}
	if p.Normalised != "" {
		said = append(said, fmt.Sprintf("%s is %s.", p.Received, p.Normalised))
	}
	if p.Until != nil {
		said = append(said, fmt.Sprintf("Nothing is screened until %s, since an emergency number was called.", clock(p.Until)))
	}
	return strings.Join(said, " ")
}

func entryTitle(e control.Entry) string {
	if e.Name == "" || e.Name == e.Number {
		return entryNumber(e)
	}
	return e.Name + ", " + entryNumber(e)
}

type blacklistImport struct{ importFile }

func (c blacklistImport) Run(env *environment) error { return c.run(env, "blacklist.import") }

type blacklistExport struct{ exportFile }

func (c blacklistExport) Run(env *environment) error { return c.run(env, "blacklist.export") }
