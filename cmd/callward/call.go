package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type callCommand struct {
	Number  string `arg:"" help:"A telephone number, an extension or a SIP address."`
	Account string `placeholder:"SIP-ADDRESS" help:"The account to call with; else the default."`
	Anyway  bool   `help:"Call the number although it is blocked."`
	Wait    bool   `help:"Return once the call is answered or over; fail where it was not answered."`
}

func (c callCommand) Run(env *environment) error {
	args := control.Dial{Number: c.Number, Account: bareAddress(c.Account), Anyway: c.Anyway}
	if c.Wait {
		return c.wait(env, args)
	}
	var placed control.CallPlaced
	if err := env.do("call", args, &placed); err != nil {
		return err
	}
	_, err := fmt.Fprintln(env.stdout, placed.ID)
	return err
}

// wait places the call and follows its events. They are asked for before, so
// that none is missed.
func (c callCommand) wait(env *environment, args control.Dial) error {
	ctx, cancel := context.WithTimeout(env.ctx, requestTimeout)
	defer cancel()
	client, err := env.connect(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	if err := client.Subscribe(ctx); err != nil {
		return err
	}
	var placed control.CallPlaced
	if err := client.Do(ctx, "call", args, &placed); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(env.stdout, placed.ID); err != nil {
		return err
	}
	err = answered(env.ctx, client, placed.ID)
	switch {
	case env.ctx.Err() != nil:
		return failure(fmt.Sprintf("Interrupted; the call goes on. callward hangup %s ends it.", placed.ID))
	case errors.Is(err, io.EOF):
		return failure("Callward has ended, and the call with it.")
	}
	return err
}

// answered returns nil once the call is answered, or an error with a sentence
// once it is over without.
func answered(ctx context.Context, client *control.Client, id phone.CallID) error {
	for {
		event, err := client.NextEvent(ctx)
		switch {
		case err != nil:
			return err
		case event.Call == nil || event.Call.ID != id:
		case event.Call.Answered != nil:
			return nil
		case event.Kind == phone.EventCallEnded:
			return failure(printable(unanswered(*event.Call)))
		}
	}
}

// unanswered says how a call ended that nobody answered.
func unanswered(call control.CallDetail) string {
	if call.Reason != "" {
		return call.Reason
	}
	if call.Result != nil {
		return fmt.Sprintf("The call was not answered: %s.", *call.Result)
	}
	return "The call was not answered."
}

// callID is the argument of the commands for one call.
type callID struct {
	ID phone.CallID `arg:"" optional:"" name:"call-id" help:"May be left out when one call fits."`
}

func (c callID) ref() control.CallRef { return control.CallRef{ID: c.ID} }

type answerCommand struct{ callID }

func (c answerCommand) Run(env *environment) error { return env.do("answer", c.ref(), nil) }

type declineCommand struct{ callID }

func (c declineCommand) Run(env *environment) error { return env.do("decline", c.ref(), nil) }

type hangupCommand struct{ callID }

func (c hangupCommand) Run(env *environment) error { return env.do("hangup", c.ref(), nil) }

type muteCommand struct{ callID }

func (c muteCommand) Run(env *environment) error {
	return env.do("mute", control.Mute{ID: c.ID, On: true}, nil)
}

type unmuteCommand struct{ callID }

func (c unmuteCommand) Run(env *environment) error {
	return env.do("mute", control.Mute{ID: c.ID, On: false}, nil)
}

type dtmfCommand struct {
	ID     phone.CallID `arg:"" name:"call-id" help:"The call."`
	Digits string       `arg:"" help:"Of 0 to 9, *, # and A to D."`
}

func (c dtmfCommand) Run(env *environment) error {
	return env.do("dtmf", control.DTMF{ID: c.ID, Digits: c.Digits}, nil)
}
