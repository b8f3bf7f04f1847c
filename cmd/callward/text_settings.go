package main

import (
	"strings"

	"github.com/callward/callward/phone/control"
)

type textSettings struct {
	Via        *string  `placeholder:"SIP-ADDRESS|GATEWAY" help:"What a first text to a telephone number goes by; default is the default account."`
	Composing  string   `enum:"on,off,as-is" default:"as-is" help:"on: tell others that you are typing."`
	Sound      string   `enum:"on,off,as-is" default:"as-is" help:"on: play a sound for a text that comes."`
	StopWords  []string `placeholder:"A,B" help:"Words that end automatic texts, beside STOP; an empty one is none."`
	StartWords []string `placeholder:"A,B" help:"Words that begin them again, beside START; an empty one is none."`
	jsonFlag
}

func (c textSettings) Run(env *environment) error {
	var s control.TextSettings
	if err := env.do("text.settings", nil, &s); err != nil {
		return err
	}
	if c.change(&s) {
		if err := env.do("text.set", s, nil); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(env.stdout, s)
	}
	via := s.Via
	if via == "" {
		via = "default"
	}
	onOff := map[bool]string{true: "on", false: "off"}
	rows := [][]string{
		{"via", via},
		{"composing", onOff[s.Composing]},
		{"sound", onOff[s.Sound]},
		{"stop-words", strings.Join(s.StopWords, ", ")},
		{"start-words", strings.Join(s.StartWords, ", ")},
	}
	for _, t := range s.Templates {
		rows = append(rows, []string{"template", t.Name + ": " + strings.Join(strings.Fields(t.Text), " ")})
	}
	return printTable(env.stdout, []string{"SETTING", "VALUE"}, rows)
}

// change puts into s what the flags say, and tells whether they say anything.
func (c textSettings) change(s *control.TextSettings) (said bool) {
	if c.Via != nil {
		s.Via, said = bareAddress(*c.Via), true
		if s.Via == "default" {
			s.Via = ""
		}
	}
	for _, flag := range []struct {
		word string
		set  *bool
	}{{c.Composing, &s.Composing}, {c.Sound, &s.Sound}} {
		if flag.word != "as-is" {
			*flag.set, said = flag.word == "on", true
		}
	}
	for _, flag := range []struct {
		words []string
		set   *[]string
	}{{c.StopWords, &s.StopWords}, {c.StartWords, &s.StartWords}} {
		if flag.words != nil {
			*flag.set, said = flag.words, true
		}
	}
	return said
}
