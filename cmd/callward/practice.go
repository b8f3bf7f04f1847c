package main

import "github.com/callward/callward/phone/control"

type practiceCommands struct {
	On   practiceOnCommand   `cmd:"" help:"Switch the practice exchange on."`
	Off  practiceOffCommand  `cmd:"" help:"Switch the practice exchange off."`
	Ring practiceRingCommand `cmd:"" help:"Be called by a robot of the practice exchange."`
}

type practiceOnCommand struct{}

func (practiceOnCommand) Run(env *environment) error {
	return env.do("practice", control.Switch{On: true}, nil)
}

type practiceOffCommand struct{}

func (practiceOffCommand) Run(env *environment) error {
	return env.do("practice", control.Switch{On: false}, nil)
}

type practiceRingCommand struct {
	Who string `arg:"" optional:"" help:"The robot: jo, unknown or hidden; any where it is left out."`
}

func (c practiceRingCommand) Run(env *environment) error {
	return env.do("practice.ring", control.PracticeRing{Who: c.Who}, nil)
}
