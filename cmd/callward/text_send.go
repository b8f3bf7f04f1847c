package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type textSend struct {
	Number  string        `arg:"" help:"A telephone number, an extension or a SIP address."`
	Text    []string      `arg:"" help:"What it says; - reads it from standard input."`
	Account string        `placeholder:"SIP-ADDRESS|GATEWAY" help:"The account, or the gateway, to send it by; else that of the thread, or the usual one."`
	Wait    time.Duration `placeholder:"10s" help:"Return once the text is sent; fail where it is not by then."`
}

func (c textSend) Run(env *environment) error {
	if c.Wait < 0 {
		return usageError("--wait is a time of more than 0, such as 10s.")
	}
	body, err := c.body(env.stdin)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(env.ctx, requestTimeout)
	defer cancel()
	client, err := env.connect(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	if c.Wait > 0 { // before, so that no event is missed
		if err := client.Subscribe(ctx); err != nil {
			return err
		}
	}
	var text control.TextWritten
	if err := client.Do(ctx, "text.send", control.TextSend{Number: c.Number, Text: body, Account: bareAddress(c.Account)}, &text); err != nil {
		return err
	}
	if e := text.Blacklisted; e != nil {
		fmt.Fprintf(env.stderr, "callward: %s\n", printable(blacklisted(*e)))
	}
	if _, err := fmt.Fprintln(env.stdout, text.ID); err != nil {
		return err
	}
	if c.Wait > 0 {
		return c.sent(env.ctx, client, text.Text)
	}
	return nil
}

// body is what the text says.
func (c textSend) body(stdin io.Reader) (string, error) {
	if len(c.Text) != 1 || c.Text[0] != "-" {
		return strings.Join(c.Text, " "), nil
	}
	text, err := io.ReadAll(io.LimitReader(stdin, phone.MaxText+1))
	if err != nil {
		return "", failure("The text cannot be read: " + err.Error() + ".")
	}
	if len(text) > phone.MaxText {
		return "", failure(fmt.Sprintf("The text is too long: it can have %d bytes.", phone.MaxText))
	}
	return string(text), nil
}

// blacklisted says by what a number is, to which a text goes all the same.
func blacklisted(e control.Entry) string {
	name := e.Name
	if name == "" {
		name = entryNumber(e)
	}
	return fmt.Sprintf("This number is blacklisted: %s, %s, since %s. The text is sent all the same.",
		name, phone.ModeTitle(e.Mode), e.Since.Local().Format(time.DateOnly))
}

// sent returns nil once a text is sent, or an error with a sentence once it has failed, or the time is over.
func (c textSend) sent(whole context.Context, client *control.Client, text control.Text) error {
	ctx, cancel := context.WithTimeout(whole, c.Wait)
	defer cancel()
	for {
		switch text.State {
		case phone.TextSent, phone.TextDelivered:
			return nil
		case phone.TextFailed:
			return failure(printable("The text was not sent. " + text.Reason))
		}
		event, err := client.NextEvent(ctx)
		switch {
		case whole.Err() != nil:
			return failure(fmt.Sprintf("Interrupted; the text waits, and is sent all the same. callward text delete %s ends that.", text.ID))
		case errors.Is(err, context.DeadlineExceeded):
			return failure(strings.TrimSpace(printable(fmt.Sprintf("The text is not sent yet; it waits, and goes out by itself. %s", text.Reason))))
		case errors.Is(err, io.EOF):
			return failure("Callward has ended. The text waits, and is sent when it runs again.")
		case err != nil:
			return err
		case event.Message != nil && event.Message.ID == text.ID:
			text = *event.Message
		}
	}
}
