package main

import (
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

// maxPassword is the longest password that is read from stdin, in bytes.
const maxPassword = 1 << 16

type accountCommands struct {
	Add    accountAddCommand    `cmd:"" help:"Add an account, or change the one of the same address."`
	List   accountListCommand   `cmd:"" help:"List the accounts."`
	Remove accountRemoveCommand `cmd:"" help:"Remove an account and its password."`
}

type accountAddCommand struct {
	Address       string `arg:"" name:"sip-address" help:"USER@DOMAIN."`
	Server        string `placeholder:"HOST[:PORT]" help:"The server, where the domain is not its name."`
	Transport     string `enum:"udp,tcp,tls" default:"udp" help:"How SIP travels: udp, tcp or tls."`
	AuthUser      string `placeholder:"USER" help:"The user name to log in with, where it is not that of the address."`
	DisplayName   string `placeholder:"NAME" help:"The name that others are shown."`
	Country       string `placeholder:"CC" help:"The country of national numbers, such as GB."`
	CA            string `name:"ca" placeholder:"FILE" help:"Certificates (PEM) to trust beside the system's."`
	Proxy         string `placeholder:"HOST[:PORT]" help:"An outbound proxy."`
	Interval      int    `placeholder:"SECONDS" help:"How long a registration is asked to last."`
	DialPrefix    string `placeholder:"DIGITS" help:"Put before an outside number that is dialled."`
	StripPrefix   string `placeholder:"DIGITS" help:"Taken off a caller's number."`
	PasswordStdin bool   `help:"Read the password from standard input."`
	Default       bool   `help:"Call with this account where none is named."`

	VoicemailAfter    int    `placeholder:"SECONDS" help:"Have voicemail take a call that nobody has taken by then; 0 for never."`
	VoicemailProvider bool   `help:"Leave messages to the provider's voicemail, and ask it how many there are."`
	VoicemailStatus   int    `placeholder:"486|480" help:"The answer that sends callers to the provider's voicemail: 486, or 480 where it wants that."`
	VoicemailNumber   string `placeholder:"NUMBER" help:"The number that plays the provider's voicemail, such as *97."`
}

func (c accountAddCommand) Run(env *environment) error {
	account, err := c.account()
	if err != nil {
		return err
	}
	args := control.AccountAdd{Account: account}
	if c.PasswordStdin {
		password, err := readPassword(env.stdin)
		if err != nil {
			return err
		}
		args.Password = &password
	}
	return env.do("account.add", args, nil)
}

// account returns the flags as an account.
func (c accountAddCommand) account() (control.Account, error) {
	host, port, err := splitServer(c.Server)
	if err != nil {
		return control.Account{}, err
	}
	ca := c.CA
	if ca != "" {
		if ca, err = filepath.Abs(ca); err != nil {
			return control.Account{}, err
		}
	}
	return control.Account{
		Address:     bareAddress(c.Address),
		Server:      host,
		Port:        port,
		Proxy:       c.Proxy,
		AuthUser:    c.AuthUser,
		DisplayName: c.DisplayName,
		Transport:   phone.Transport(c.Transport),
		IntervalS:   c.Interval,
		Country:     c.Country,
		DialPrefix:  c.DialPrefix,
		StripPrefix: c.StripPrefix,
		CA:          ca,
		Default:     c.Default,
		Voicemail: control.AccountVoicemail{
			AfterS:   c.VoicemailAfter,
			Provider: c.VoicemailProvider,
			Status:   c.VoicemailStatus,
			Number:   c.VoicemailNumber,
		},
	}, nil
}

// bareAddress takes the scheme off a SIP address that was typed with it.
func bareAddress(address string) string {
	if scheme, rest, found := strings.Cut(address, ":"); found && strings.EqualFold(scheme, "sip") {
		return rest
	}
	return address
}

// readPassword reads all of r and drops one newline at its end.
func readPassword(r io.Reader) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxPassword+1))
	if err != nil {
		return "", failure("The password cannot be read: " + err.Error() + ".")
	}
	if len(text) > maxPassword {
		return "", failure("The password is too long.")
	}
	password, ended := strings.CutSuffix(string(text), "\n")
	if ended {
		password = strings.TrimSuffix(password, "\r")
	}
	return password, nil
}

type accountListCommand struct{ jsonFlag }

func (c accountListCommand) Run(env *environment) error {
	var accounts []control.AccountRow
	if err := env.do("account.list", nil, &accounts); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, accounts)
	}
	var rows [][]string
	for _, a := range accounts {
		standard := ""
		if a.Default {
			standard = "default"
		}
		server := a.Server
		if a.Port != 0 {
			server = net.JoinHostPort(server, strconv.Itoa(a.Port))
		}
		rows = append(rows, []string{a.Address, string(a.Transport), server, string(a.State), a.Reason, standard})
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintln(env.stdout, noAccount)
		return err
	}
	return printTable(env.stdout, []string{"ACCOUNT", "TRANSPORT", "SERVER", "STATE", "REASON", ""}, rows)
}

// noAccount is said in place of a list that has none.
const noAccount = "There is no account yet: callward account add adds one."

type accountRemoveCommand struct {
	Address string `arg:"" name:"sip-address" help:"As listed."`
}

func (c accountRemoveCommand) Run(env *environment) error {
	return env.do("account.remove", control.AccountRemove{Address: bareAddress(c.Address)}, nil)
}
