package main

import "github.com/callward/callward/phone/control"

// screeningLines are how many rows are printed for a person; --json has all.
const screeningLines = 100

type screeningCommand struct{ jsonFlag }

func (c screeningCommand) Run(env *environment) error {
	var args control.Part
	if !c.JSON {
		args.Limit = screeningLines
	}
	var log []control.Screened
	if err := env.do("screening", args, &log); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, log)
	}
	var rows [][]string
	for _, s := range log {
		rows = append(rows, []string{clock(&s.When), party(s.Number), s.Name, string(s.Kind), string(s.Verdict.Verdict), s.Entry, s.Header, s.Received, s.Normalised})
	}
	return printTable(env.stdout, []string{"WHEN", "NUMBER", "NAME", "KIND", "VERDICT", "ENTRY", "HEADER", "RECEIVED", "NORMALISED"}, rows)
}
