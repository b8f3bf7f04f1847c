package booktest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/callward/callward/phone"
)

// Automat keeps triggers, gateways and how texts are set, and remembers what was asked of them. It belongs to the test's goroutine.
type Automat struct {
	// Broken is what every method fails with that can fail; nil for none.
	Broken error
	// Sends are the triggers, and Sendings the trigger log, newest first.
	Sends    []phone.Trigger
	Sendings []phone.Triggered
	// Trial is what TestTrigger returns, and TrialText what TryGateway does.
	Trial     phone.Triggered
	TrialText phone.Text
	// Texting is how texts are set.
	Texting phone.TextSettings
	// Lines are the gateways that were saved, and Token the secret that was given last.
	Lines []phone.Gateway
	Token phone.Secret
	// Asked has what was asked, as "test missed-call +442079460018".
	Asked []string
}

func (a *Automat) ask(format string, what ...any) error {
	a.Asked = append(a.Asked, fmt.Sprintf(format, what...))
	return a.Broken
}

// Triggers returns Sends.
func (a *Automat) Triggers(context.Context) ([]phone.Trigger, error) {
	return slices.Clone(a.Sends), a.Broken
}

// SetTrigger changes one of Sends.
func (a *Automat) SetTrigger(_ context.Context, t phone.Trigger) error {
	if a.Broken != nil {
		return a.Broken
	}
	for i, one := range a.Sends {
		if one.Name == t.Name {
			a.Sends[i] = t
		}
	}
	return nil
}

// TestTrigger returns Trial.
func (a *Automat) TestTrigger(_ context.Context, name phone.TriggerName, number string) (phone.Triggered, error) {
	return a.Trial, a.ask("test %s %s", name, number)
}

// TriggerLog finds by outcome, name and number.
func (a *Automat) TriggerLog(_ context.Context, q phone.TriggerLogQuery) ([]phone.Triggered, int, error) {
	var found []phone.Triggered
	for _, t := range a.Sendings {
		if (q.Outcome == "" || q.Outcome == t.Outcome) && strings.Contains(strings.ToLower(t.Name+"\n"+t.Number), strings.ToLower(q.Search)) {
			found = append(found, t)
		}
	}
	return part(found, q.Offset, q.Limit), len(found), a.Broken
}

// PreviewTrigger fills in Jo Lee, who has called the sales line.
func (a *Automat) PreviewTrigger(_ context.Context, template string) (string, error) {
	_ = a.ask("preview")
	return strings.NewReplacer("{name}", "Jo Lee", "{first_name}", "Jo", "{number}", "+44 20 7946 0018", "{agent}", "Alice", "{account}", "Sales", "{time}", "10:42").Replace(template), nil
}

// TextSettings returns Texting.
func (a *Automat) TextSettings(context.Context) (phone.TextSettings, error) {
	return a.Texting, a.Broken
}

// SetTextSettings changes Texting.
func (a *Automat) SetTextSettings(_ context.Context, s phone.TextSettings) error {
	if a.Broken == nil {
		a.Texting = s
	}
	return a.Broken
}

// SaveGateway adds one to Lines, or changes it. One needs a number.
func (a *Automat) SaveGateway(_ context.Context, g phone.Gateway, secret phone.Secret, has bool) (phone.Gateway, error) {
	if !strings.HasPrefix(g.Number, "+") {
		err := &phone.Error{Code: phone.CodeInvalid, Op: "gateway", Field: "number", Err: errors.New("a gateway needs its number, with + and country code")}
		return g, cmp.Or(a.Broken, error(err))
	}
	if has {
		a.Token = secret
	}
	i := slices.IndexFunc(a.Lines, func(other phone.Gateway) bool { return other.ID == g.ID })
	if g.ID == "" || i < 0 {
		g.ID = cmp.Or(g.ID, phone.AccountID(fmt.Sprintf("g%d", len(a.Lines)+1)))
		a.Lines = append(a.Lines, g)
	} else {
		a.Lines[i] = g
	}
	return g, a.ask("save %s", g.Name)
}

// RemoveGateway removes one of Lines.
func (a *Automat) RemoveGateway(_ context.Context, id phone.AccountID) error {
	a.Lines = slices.DeleteFunc(a.Lines, func(g phone.Gateway) bool { return g.ID == id })
	return a.ask("remove %s", id)
}

// TryGateway returns TrialText.
func (a *Automat) TryGateway(_ context.Context, id phone.AccountID, number string) (phone.Text, error) {
	return a.TrialText, a.ask("try %s %s", id, number)
}
