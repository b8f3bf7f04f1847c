package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type statusCommand struct{ jsonFlag }

func (c statusCommand) Run(env *environment) error {
	var status control.Status
	if err := env.do("status", nil, &status); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, status)
	}
	return printStatus(env, status)
}

// presenceWords say what the agent should be reminded of.
var presenceWords = map[phone.Presence]string{
	phone.Away: "You are away.", phone.DoNotDisturb: "Do not disturb is on: nothing rings.",
}

func printStatus(env *environment, status control.Status) error {
	var accounts, calls [][]string
	for _, a := range status.Accounts {
		accounts = append(accounts, []string{a.Address, string(a.State), a.Reason})
	}
	for _, c := range status.Calls {
		muted := ""
		if c.Muted {
			muted = "muted"
		}
		calls = append(calls, []string{
			string(c.ID), string(c.Direction), string(c.State), party(c.Number), c.Name, clock(&c.Started), c.Codec, muted,
		})
	}
	if len(accounts) == 0 {
		fmt.Fprintln(env.stdout, noAccount)
	} else if err := printTable(env.stdout, []string{"ACCOUNT", "STATE", "REASON"}, accounts); err != nil {
		return err
	}
	for _, a := range status.Accounts {
		if words := waitingWords(a); words != "" {
			fmt.Fprintf(env.stdout, "\n%s\n", words)
		}
	}
	for _, g := range status.Gateways {
		if g.Fault != "" {
			fmt.Fprintf(env.stdout, "\nGateway %s: %s\n", printable(g.Name), printable(g.Fault))
		}
	}
	if len(calls) > 0 {
		fmt.Fprintln(env.stdout)
		head := []string{"CALL", "DIRECTION", "STATE", "NUMBER", "NAME", "STARTED", "CODEC", ""}
		if err := printTable(env.stdout, head, calls); err != nil {
			return err
		}
	}
	if len(status.Messages) > 0 {
		var rows [][]string
		for _, m := range status.Messages {
			rows = append(rows, []string{string(m.ID), string(m.Phase), party(m.Number), m.Name, minutes(m.LengthS)})
		}
		fmt.Fprintln(env.stdout)
		if err := printTable(env.stdout, []string{"LEAVING A MESSAGE", "PHASE", "NUMBER", "NAME", "LENGTH"}, rows); err != nil {
			return err
		}
	}
	if words := presenceWords[status.Presence]; words != "" {
		fmt.Fprintf(env.stdout, "\n%s\n", words)
	}
	if status.NoRoom {
		fmt.Fprintln(env.stdout, "\nThe disk is nearly full: callers cannot leave messages. Free some space.")
	}
	if status.Practice {
		how := "callward call 600"
		if i := slices.IndexFunc(status.Accounts, isPractice); i >= 0 && len(status.Accounts) > 1 { // calls go out by another account where none is named
			how += " --account " + status.Accounts[i].Address
		}
		fmt.Fprintf(env.stdout, "\nThe practice exchange is on: %s is its echo.\n", how)
	}
	if status.Sound != "" {
		_, err := fmt.Fprintf(env.stdout, "\n%s\n", printable(status.Sound))
		return err
	}
	return nil
}

// waitingWords say that messages wait at the provider of an account, and how they are heard; "" where none do.
func waitingWords(a control.AccountStatus) string {
	messages := atProvider(a.Waiting)
	if messages == "" {
		return ""
	}
	words := printable(a.Address) + ": " + messages + "."
	if a.Voicemail.Number != "" {
		words += fmt.Sprintf(" callward call %s --account %s plays them.", printable(a.Voicemail.Number), printable(a.Address))
	}
	return words
}

// atProvider says how many new messages wait at a provider; "" where none do.
func atProvider(w control.Waiting) string {
	switch {
	case !w.Waiting:
		return ""
	case w.New == 0:
		return "new messages at the provider"
	case w.New == 1:
		return "1 new message at the provider"
	}
	return fmt.Sprintf("%d new messages at the provider", w.New)
}

// isPractice tells whether an account is the practice exchange's.
func isPractice(a control.AccountStatus) bool {
	return strings.HasSuffix(a.Address, "@"+phone.PracticeDomain)
}
