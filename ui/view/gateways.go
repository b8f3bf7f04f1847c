package view

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/callward/callward/phone"
)

// GatewayKeeper keeps the gateways for texts; *phone.Phone satisfies it. Its methods wait for the disk.
type GatewayKeeper interface {
	SaveGateway(ctx context.Context, g phone.Gateway, secret phone.Secret, hasSecret bool) (phone.Gateway, error)
	RemoveGateway(ctx context.Context, id phone.AccountID) error
	TryGateway(ctx context.Context, id phone.AccountID, number string) (phone.Text, error)
}

// GatewayRow is a gateway in the list.
type GatewayRow struct {
	ID phone.AccountID
	// Name and Number are as it is set, the number written for people; Kind is what it is spoken to by.
	Name, Number, Kind string
	// Fault says what is wrong; "" where nothing is known to be.
	Fault string
}

// Gateways is the list of providers that take texts by HTTP, and the form of one of them.
type Gateways struct {
	// List has all of them.
	List []GatewayRow
	// Form is the gateway that is added or changed; nil for none.
	Form *GatewayForm
	// Trial is the test of one of them; nil for none.
	Trial *GatewayTrial
	// Notice says what went wrong outside of the form.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	keeper  GatewayKeeper
	worker  Worker
	words   Words
	numbers Numbers
	all     []phone.GatewayStatus
}

// GatewayTrial sends a text by a gateway.
type GatewayTrial struct {
	ID phone.AccountID
	// Number is as typed, and Error what is wrong with it.
	Number, Error string
	// Said is what became of the text, Fails that it was not sent. Working is set while it is asked.
	Said           string
	Fails, Working bool

	text phone.TextID
}

// NewGateways shows none yet.
func NewGateways(keeper GatewayKeeper, worker Worker, words Words, numbers Numbers) *Gateways {
	return &Gateways{Changed: func() {}, keeper: keeper, worker: worker, words: words, numbers: numbers}
}

// gatewayWords are the kinds of gateways.
var gatewayWords = map[phone.GatewayKind]string{phone.TwilioGateway: "Twilio", phone.HTTPGateway: "HTTP"}

// Show takes over what is alive now.
func (g *Gateways) Show(s phone.Snapshot) {
	g.all = s.Gateways
	var list []GatewayRow
	for _, one := range s.Gateways {
		list = append(list, GatewayRow{
			ID: one.ID, Name: one.Name, Number: g.numbers.Display(one.Number, one.Country), Kind: g.words.L(gatewayWords[one.Kind]), Fault: g.words.L(one.Fault),
		})
	}
	if !slices.Equal(list, g.List) {
		g.List = list
		g.Changed()
	}
}

// Add opens an empty form.
func (g *Gateways) Add() {
	g.Form = newGatewayForm(phone.Gateway{Kind: phone.TwilioGateway, Poll: phone.UsualPoll})
	g.Form.New = true
	g.Changed()
}

// Edit opens the form of a gateway.
func (g *Gateways) Edit(id phone.AccountID) {
	if i := slices.IndexFunc(g.all, func(s phone.GatewayStatus) bool { return s.ID == id }); i >= 0 {
		g.Form = newGatewayForm(g.all[i].Gateway)
		g.Changed()
	}
}

// Cancel closes the form.
func (g *Gateways) Cancel() {
	g.Form = nil
	g.Changed()
}

// Save keeps what is typed, and closes the form where that is right.
func (g *Gateways) Save() {
	form := g.Form
	if form == nil || form.Saving {
		return
	}
	gateway, err := form.gateway()
	if err != nil {
		g.refuse(form, err)
		return
	}
	form.Saving, form.Errors = true, nil
	g.Changed()
	secret, given := phone.NewSecret(strings.TrimSpace(form.Secret)), form.Secret != "" || form.New
	g.worker.Do(func(ctx context.Context) error {
		_, err := g.keeper.SaveGateway(ctx, gateway, secret, given)
		return err
	}, func(err error) {
		form.Saving = false
		if err != nil {
			g.refuse(form, err)
			return
		}
		form.Secret = ""
		if g.Form == form {
			g.Form = nil
		}
		g.Changed()
	})
}

// refuse shows what is wrong beside its field.
func (g *Gateways) refuse(form *GatewayForm, err error) {
	field := ""
	var e *phone.Error
	if errors.As(err, &e) {
		field = e.Field
	}
	form.Errors = map[string]string{field: g.words.L(phone.Sentence(err))}
	g.Changed()
}

// Remove forgets a gateway and its secret.
func (g *Gateways) Remove(id phone.AccountID) {
	if g.Trial != nil && g.Trial.ID == id {
		g.Trial = nil
	}
	g.worker.Do(func(ctx context.Context) error { return g.keeper.RemoveGateway(ctx, id) }, func(err error) {
		g.Notice = g.words.L(phone.Sentence(err))
		g.Changed()
	})
}

// Try opens the test of a gateway, or closes it.
func (g *Gateways) Try(id phone.AccountID) {
	if g.Trial != nil && g.Trial.ID == id {
		g.Trial = nil
	} else {
		g.Trial = &GatewayTrial{ID: id}
	}
	g.Changed()
}

// Send sends the text of the test.
func (g *Gateways) Send() {
	trial := g.Trial
	if trial == nil || trial.Working {
		return
	}
	number := strings.TrimSpace(trial.Number)
	trial.Error, trial.Said, trial.Fails, trial.text = "", "", false, ""
	if number == "" {
		trial.Error = g.words.L("Type the number that the test goes to.")
		g.Changed()
		return
	}
	trial.Working = true
	g.Changed()
	var text phone.Text
	g.worker.Do(func(ctx context.Context) (err error) {
		text, err = g.keeper.TryGateway(ctx, trial.ID, number)
		return err
	}, func(err error) {
		trial.Working = false
		if err != nil {
			trial.Error = g.words.L(phone.Sentence(err))
		} else {
			trial.text = text.ID
			g.sent(trial, text)
		}
		g.Changed()
	})
}

// Texted takes over what became of a text: of the test's, where it is that.
func (g *Gateways) Texted(text phone.Text) {
	if g.Trial != nil && g.Trial.text == text.ID && text.ID != "" {
		g.sent(g.Trial, text)
		g.Changed()
	}
}

// sent says what became of the test.
func (g *Gateways) sent(trial *GatewayTrial, text phone.Text) {
	trial.Fails = text.State == phone.TextFailed
	switch text.State {
	case phone.TextDelivered:
		trial.Said = g.words.L("Delivered.")
	case phone.TextSent:
		trial.Said = g.words.L("Sent.")
	case phone.TextFailed:
		trial.Said = g.words.L("Failed: {{.Why}}", map[string]any{"Why": g.words.L(text.Reason)})
	default:
		trial.Said = g.words.L("Waiting to be sent.")
		if text.Reason != "" {
			trial.Said += " " + g.words.L(text.Reason)
		}
	}
}
