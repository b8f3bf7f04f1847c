package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

type gatewayCommands struct {
	List      gatewayList      `cmd:"" help:"List the gateways: the providers that take texts by HTTP."`
	AddTwilio gatewayAddTwilio `cmd:"" help:"Add one of Twilio, or change that of the same name."`
	AddHTTP   gatewayAddHTTP   `cmd:"" name:"add-http" help:"Add any other, by a template of its request, or change that of the same name."`
	Remove    gatewayRemove    `cmd:"" help:"Remove a gateway and its secret."`
	Test      gatewayTest      `cmd:"" help:"Send a text by it that says it is a test; prints its id."`
}

// gatewayArg says which gateway is meant.
type gatewayArg struct {
	Name string `arg:"" help:"Its name."`
}

// gatewayFlags are those of each kind.
type gatewayFlags struct {
	gatewayArg
	Number      string `required:"" placeholder:"NUMBER" help:"The number that texts come from, such as +442079460000."`
	Country     string `placeholder:"CC" help:"The country of national numbers, such as GB."`
	CA          string `name:"ca" placeholder:"FILE" help:"Certificates (PEM) to trust beside the system's."`
	SecretStdin bool   `help:"Read the secret from standard input."`
}

// save keeps a gateway of which all else is set.
func (c gatewayFlags) save(env *environment, g control.Gateway) (err error) {
	g.Name, g.Number, g.Country, g.CA = c.Name, c.Number, c.Country, c.CA
	if g.CA != "" {
		if g.CA, err = filepath.Abs(g.CA); err != nil {
			return err
		}
	}
	args := control.GatewaySave{Gateway: g}
	if c.SecretStdin {
		secret, err := readPassword(env.stdin)
		if err != nil {
			return err
		}
		args.Secret = &secret
	}
	return env.do("gateway.save", args, nil)
}

type gatewayAddTwilio struct {
	gatewayFlags
	User string        `required:"" placeholder:"ACCOUNT-SID" help:"The Account SID; the secret is the auth token."`
	URL  string        `name:"url" help:"That of the API, where it is not Twilio's own."`
	Poll time.Duration `default:"10s" help:"How often texts that came are asked for; 0s for never."`
}

func (c gatewayAddTwilio) Run(env *environment) error {
	if c.Poll < 0 || c.Poll%time.Second != 0 {
		return usageError("--poll is a time in whole seconds, such as 10s, or 0s for never.")
	}
	return c.save(env, control.Gateway{Kind: phone.TwilioGateway, User: c.User, URL: c.URL, PollS: int(c.Poll / time.Second)})
}

type gatewayAddHTTP struct {
	gatewayFlags
	URL       string   `name:"url" required:"" help:"Where to; {to}, {from}, {text}, {id}, {user} and {secret} stand for what is sent, here and in headers and body."`
	Method    string   `default:"POST" help:"The method of the request."`
	Header    []string `sep:"none" placeholder:"NAME: VALUE" help:"A header of the request; more than one may be given."`
	Body      string   `placeholder:"TEXT" help:"The body of the request."`
	Reference string   `placeholder:"PATH" help:"Where the JSON that is answered has the id of the text, such as data.messages.0.id."`
	User      string   `help:"What {user} stands for."`
}

func (c gatewayAddHTTP) Run(env *environment) error {
	return c.save(env, control.Gateway{
		Kind: phone.HTTPGateway, User: c.User, URL: c.URL, Method: c.Method, Headers: strings.Join(c.Header, "\n"), Body: c.Body, Reference: c.Reference,
	})
}

type gatewayList struct{ jsonFlag }

func (c gatewayList) Run(env *environment) error {
	var list []control.GatewayRow
	if err := env.do("gateway.list", nil, &list); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, list)
	}
	var rows [][]string
	for _, g := range list {
		polls := "never"
		if g.PollS > 0 {
			polls = seconds(g.PollS)
		}
		rows = append(rows, []string{g.Name, string(g.Kind), g.Number, polls, g.Fault})
	}
	return printTable(env.stdout, []string{"GATEWAY", "KIND", "NUMBER", "POLLED", "FAULT"}, rows)
}

type gatewayRemove struct{ gatewayArg }

func (c gatewayRemove) Run(env *environment) error {
	return env.do("gateway.remove", control.GatewayRef{Name: c.Name}, nil)
}

type gatewayTest struct {
	gatewayArg
	Number string `arg:"" help:"Where to."`
}

func (c gatewayTest) Run(env *environment) error {
	var text control.Text
	if err := env.do("gateway.test", control.GatewayTest{Name: c.Name, Number: c.Number}, &text); err != nil {
		return err
	}
	_, err := fmt.Fprintln(env.stdout, text.ID)
	return err
}
