package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/callward/callward/phone/control"
)

type eventsCommand struct{ jsonFlag }

func (c eventsCommand) Run(env *environment) error {
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
	for {
		event, err := client.NextEvent(env.ctx)
		switch {
		case env.ctx.Err() != nil:
			return nil // interrupted: that is how it ends
		case errors.Is(err, io.EOF):
			return failure("Callward has ended.")
		case err != nil:
			return err
		}
		if err := c.print(env.stdout, event); err != nil {
			return err
		}
	}
}

func (c eventsCommand) print(w io.Writer, event control.Event) error {
	if c.JSON {
		return printJSON(w, event)
	}
	_, err := fmt.Fprintf(w, "%s  %-13s  %s\n", event.Time.Local().Format(time.TimeOnly), event.Kind, printable(describe(event)))
	return err
}

// describe puts an event into words, but for its kind.
func describe(event control.Event) string {
	var words []string
	if a := event.Account; a != nil {
		words = append(words, a.Address, string(a.State), a.Reason, atProvider(a.Waiting))
	}
	if call := event.Call; call != nil {
		words = append(words, string(call.ID), string(call.Direction), party(call.Number), call.Name, string(call.State))
		if call.Muted {
			words = append(words, "muted")
		}
		if call.Result != nil {
			words = append(words, string(*call.Result), call.Reason)
		}
	}
	if v := event.Voicemail; v != nil {
		words = append(words, string(v.ID), party(v.Number), v.Name, minutes(v.LengthS))
	}
	if t := event.Message; t != nil {
		words = append(words, string(t.ID), string(t.Direction), party(t.Number), string(t.State), bodyOf(*t), t.Reason)
	}
	words = append(words, event.Text)
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}
