package main

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type voicemailCommands struct {
	List     voicemailList     `cmd:"" help:"List the voice messages, the newest first."`
	Play     voicemailPlay     `cmd:"" help:"Play a message on the speaker."`
	Export   voicemailExport   `cmd:"" help:"Copy a message to a WAV file."`
	Heard    voicemailHeard    `cmd:"" help:"Mark a message as heard."`
	Unheard  voicemailUnheard  `cmd:"" help:"Mark a message as not heard."`
	Done     voicemailDone     `cmd:"" help:"Mark a message as dealt with."`
	Open     voicemailOpen     `cmd:"" help:"Mark a message as not dealt with."`
	Delete   voicemailDelete   `cmd:"" help:"Delete a message."`
	Restore  voicemailRestore  `cmd:"" help:"Bring back a message that was deleted within the last hour."`
	Greeting greetingCommands  `cmd:"" help:"Say what callers hear."`
	Settings voicemailSettings `cmd:"" help:"Show and change how the answering machine works."`
	Take     voicemailTake     `cmd:"" help:"Send the call that rings to voicemail."`
	Pickup   voicemailPickup   `cmd:"" help:"Take the call that is leaving a message."`
}

// voicemailLines is how many messages are printed for a person; --json has all.
const voicemailLines = 100

type voicemailList struct {
	Unheard bool `xor:"which" help:"Those alone that were not heard."`
	Blocked bool `xor:"which" help:"Those of blocked callers alone."`
	jsonFlag
}

func (c voicemailList) Run(env *environment) error {
	var args control.VoicemailList
	switch {
	case c.Unheard:
		args.Filter = phone.UnheardVoicemails
	case c.Blocked:
		args.Filter = phone.BlockedVoicemails
	}
	if !c.JSON {
		args.Limit = voicemailLines
	}
	var list []control.Voicemail
	if err := env.do("voicemail.list", args, &list); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, list)
	}
	var rows [][]string
	for _, v := range list {
		rows = append(rows, []string{clock(&v.When), party(v.Number), v.Name, minutes(v.LengthS), messageState(v), v.Note, string(v.ID)})
	}
	return printTable(env.stdout, []string{"WHEN", "NUMBER", "NAME", "LENGTH", "STATE", "NOTE", "ID"}, rows)
}

// minutes writes seconds as M:SS.
func minutes(seconds float64) string {
	return fmt.Sprintf("%d:%02d", int(seconds)/60, int(seconds)%60)
}

// messageState says what was done with a message, and whether its caller is blocked.
func messageState(v control.Voicemail) string {
	state := "new"
	switch {
	case v.Done:
		state = "done"
	case v.Heard:
		state = "heard"
	}
	if v.Blocked {
		state += ", blocked caller"
	}
	return state
}

// messageRef is the argument of commands that are about one message.
type messageRef struct {
	ID phone.VoicemailID `arg:"" help:"The id of the message, as listed."`
}

// ask has the program do something to it.
func (c messageRef) ask(env *environment, op string) error {
	return env.do(op, control.VoicemailRef{ID: c.ID}, nil)
}

func (c messageRef) mark(env *environment, mark phone.VoicemailMark) error {
	return env.do("voicemail.mark", control.VoicemailMark{ID: c.ID, Mark: mark}, nil)
}

type voicemailPlay struct{ messageRef }

func (c voicemailPlay) Run(env *environment) error { return c.ask(env, "voicemail.play") }

type voicemailDelete struct{ messageRef }

func (c voicemailDelete) Run(env *environment) error { return c.ask(env, "voicemail.delete") }

type voicemailRestore struct{ messageRef }

func (c voicemailRestore) Run(env *environment) error { return c.ask(env, "voicemail.restore") }

type voicemailHeard struct{ messageRef }

func (c voicemailHeard) Run(env *environment) error { return c.mark(env, phone.MarkHeard) }

type voicemailUnheard struct{ messageRef }

func (c voicemailUnheard) Run(env *environment) error { return c.mark(env, phone.MarkUnheard) }

type voicemailDone struct{ messageRef }

func (c voicemailDone) Run(env *environment) error { return c.mark(env, phone.MarkDone) }

type voicemailOpen struct{ messageRef }

func (c voicemailOpen) Run(env *environment) error { return c.mark(env, phone.MarkOpen) }

type voicemailExport struct {
	messageRef
	exportFile
}

func (c voicemailExport) Run(env *environment) error {
	path, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	return env.doPatiently("voicemail.export", control.VoicemailExport{ID: c.ID, File: control.File{Path: path, Force: c.Force}}, nil)
}

// callArg is the argument of commands about a call that may be left out.
type callArg struct {
	ID phone.CallID `arg:"" optional:"" name:"call-id" help:"The call, where more than one fits."`
}

type voicemailTake struct{ callArg }

func (c voicemailTake) Run(env *environment) error {
	return env.do("voicemail.take", control.CallRef{ID: c.ID}, nil)
}

type voicemailPickup struct{ callArg }

func (c voicemailPickup) Run(env *environment) error {
	return env.do("voicemail.pickup", control.CallRef{ID: c.ID}, nil)
}

type greetingCommands struct {
	Set   greetingSet   `cmd:"" help:"Have callers hear the sound of a WAV file, of 12 seconds at most."`
	Reset greetingReset `cmd:"" help:"Have callers hear the standard greeting again, or that for all."`
}

// greeted is for whom a greeting is.
type greeted struct {
	For phone.GreetingKind `default:"all" enum:"all,blocked,away" help:"all: everybody; blocked: blocked callers; away: callers while you are away."`
}

type greetingSet struct {
	File string `arg:"" help:"The WAV file."`
	greeted
}

func (c greetingSet) Run(env *environment) error {
	path, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	return env.do("greeting.set", control.GreetingSet{For: c.For, Path: path}, nil)
}

type greetingReset struct{ greeted }

func (c greetingReset) Run(env *environment) error {
	return env.do("greeting.reset", control.GreetingReset{For: c.For}, nil)
}

type voicemailSettings struct {
	MaxLength  *time.Duration `placeholder:"3m" help:"How long a message may be: 30s to 10m."`
	Keep       *int           `placeholder:"DAYS" help:"For how many days messages that were heard are kept; 0 for ever."`
	Talking    string         `enum:"on,off,as-is" default:"as-is" help:"on: who calls while you talk goes to voicemail at once."`
	Away       string         `enum:"on,off,as-is" default:"as-is" help:"on: who calls while you are away goes to voicemail at once."`
	DND        string         `name:"dnd" enum:"on,off,as-is" default:"as-is" help:"on: who calls while you are not to be disturbed goes to voicemail; off: is declined."`
	KeepPicked string         `enum:"on,off,as-is" default:"as-is" help:"on: keep what a caller had said when you picked the call up."`
	Language   string         `enum:"en,de,as-is" default:"as-is" help:"The language of the standard greeting: en or de."`
	jsonFlag
}

func (c voicemailSettings) Run(env *environment) error {
	if c.MaxLength != nil && *c.MaxLength < time.Second {
		return usageError("--max-length is a time of 30 seconds to 10 minutes, such as 3m.")
	}
	var s control.VoicemailSettings
	if err := env.do("voicemail.settings", nil, &s); err != nil {
		return err
	}
	if c.change(&s) {
		if err := env.do("voicemail.set", s, nil); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(env.stdout, s)
	}
	keep := "for ever"
	if s.KeepDays > 0 {
		keep = fmt.Sprintf("%d days", s.KeepDays)
	}
	onOff := map[bool]string{true: "on", false: "off"}
	return printTable(env.stdout, []string{"SETTING", "VALUE"}, [][]string{
		{"max-length", (time.Duration(s.MaxLengthS) * time.Second).String()},
		{"keep", keep},
		{"talking", onOff[s.Talking]},
		{"away", onOff[s.Away]},
		{"dnd", onOff[s.DND]},
		{"keep-picked", onOff[s.KeepPicked]},
		{"language", s.Language},
	})
}

// change puts into s what the flags say, and tells whether they say anything.
func (c voicemailSettings) change(s *control.VoicemailSettings) (said bool) {
	if c.MaxLength != nil {
		s.MaxLengthS, said = int(*c.MaxLength/time.Second), true
	}
	if c.Keep != nil {
		s.KeepDays, said = *c.Keep, true
	}
	for _, flag := range []struct {
		word string
		set  *bool
	}{{c.Talking, &s.Talking}, {c.Away, &s.Away}, {c.DND, &s.DND}, {c.KeepPicked, &s.KeepPicked}} {
		if flag.word != "as-is" {
			*flag.set, said = flag.word == "on", true
		}
	}
	if c.Language != "as-is" {
		s.Language, said = c.Language, true
	}
	return said
}
