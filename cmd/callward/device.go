package main

import (
	"fmt"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type devicesCommand struct{ jsonFlag }

func (c devicesCommand) Run(env *environment) error {
	var devices []control.Device
	if err := env.do("devices", nil, &devices); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, devices)
	}
	if len(devices) == 0 {
		fmt.Fprintln(env.stdout, "There is no sound device, or no sound server.")
		return nil
	}
	var rows [][]string
	for _, d := range devices {
		mark := ""
		switch {
		case d.Chosen && d.Default:
			mark = "in use, the system's default"
		case d.Chosen:
			mark = "in use"
		case d.Default:
			mark = "the system's default"
		}
		rows = append(rows, []string{string(d.Role), d.Name, mark})
	}
	return printTable(env.stdout, []string{"ROLE", "NAME", ""}, rows)
}

type deviceCommands struct {
	Set deviceSetCommand `cmd:"" help:"Choose the device for the microphone, the speaker or the ringing."`
}

type deviceSetCommand struct {
	Role string `arg:"" enum:"microphone,speaker,ring" help:"microphone, speaker or ring."`
	Name string `arg:"" help:"As listed by callward devices; empty for the system's default."`
}

func (c deviceSetCommand) Run(env *environment) error {
	return env.do("device.set", control.DeviceSet{Role: phone.DeviceRole(c.Role), Name: c.Name}, nil)
}
