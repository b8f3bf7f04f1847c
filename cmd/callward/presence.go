package main

import (
	"fmt"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type presenceCommand struct {
	Presence phone.Presence `arg:"" optional:"" enum:",available,away,dnd" default:"" help:"available, away, or dnd: do not disturb. It is shown where this is left out."`
}

func (c presenceCommand) Run(env *environment) error {
	if c.Presence != "" {
		return env.do("presence.set", control.Presence{Presence: c.Presence}, nil)
	}
	var status control.Status
	if err := env.do("status", nil, &status); err != nil {
		return err
	}
	_, err := fmt.Fprintln(env.stdout, status.Presence)
	return err
}
