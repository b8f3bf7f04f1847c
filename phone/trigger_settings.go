package phone

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// triggerSetting is what the setting that keeps a trigger, as JSON, begins with.
const triggerSetting = "trigger."

// usualTrigger is what a trigger is until something is set.
func usualTrigger(name TriggerName) Trigger {
	t := Trigger{Name: name, Who: TriggerAll}
	switch name {
	case MissedCallTrigger:
		t.Template = "Hello {first_name}, sorry we missed your call at {time}. We will call you back. {agent}"
	case VoicemailTrigger:
		t.Template = "Hello {first_name}, thank you for your voice message. We will get back to you. {agent}"
	case CallEndedTrigger:
		t.Template = "Hello {first_name}, thank you for talking to us. If there is anything else, answer this text. {agent}"
		t.Direction, t.Answered = In, IfAnswered
	case FirstTextTrigger:
		t.Template = "Hello {first_name}, thank you for your text. We will answer shortly. {agent}"
	}
	return t
}

// Triggers returns all triggers.
func (p *Phone) Triggers(ctx context.Context) ([]Trigger, error) {
	var list []Trigger
	for _, name := range TriggerNames {
		t, err := p.trigger(ctx, name)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

func (p *Phone) trigger(ctx context.Context, name TriggerName) (Trigger, error) {
	t := usualTrigger(name)
	text, err := p.cfg.Store.Setting(ctx, triggerSetting+string(name))
	if err != nil || text == "" {
		return t, err
	}
	stored := t
	if json.Unmarshal([]byte(text), &stored) != nil || stored.check() != nil { // of a newer program
		return t, nil
	}
	return stored, nil
}

// SetTrigger changes one, also for what waits by now. It fails with CodeNotFound, CodeInvalid, where Field is template, delay, who,
// once, hours, direction or answered, and CodeStorage.
func (p *Phone) SetTrigger(ctx context.Context, t Trigger) error {
	if !slices.Contains(TriggerNames, t.Name) {
		return &Error{Code: CodeNotFound, Op: "trigger", Err: sentence("There is no trigger %s: the names are missed-call, voicemail-received, call-ended and first-text.", string(t.Name))}
	}
	if err := t.check(); err != nil {
		return err
	}
	text, err := json.Marshal(t)
	if err != nil {
		return &Error{Code: CodeInternal, Op: "trigger", Err: err}
	}
	if err := p.cfg.Store.SetSetting(ctx, triggerSetting+string(t.Name), string(text)); err != nil {
		return err
	}
	p.inbox.Put(changed(EventTriggers))
	return nil
}

func (t Trigger) check() error {
	switch {
	case strings.TrimSpace(t.Template) == "":
		return wrong("template", "The text is empty: write what is to be sent.")
	case utf8.RuneCountInString(t.Template) > MaxTemplate:
		return wrong("template", "The text is too long: it can have %d letters.", MaxTemplate)
	case t.Delay < 0 || t.Delay > MaxTriggerDelay:
		return wrong("delay", "The delay can be up to 24 hours.")
	case t.Once < 0 || t.Once > MaxTriggerOnce:
		return wrong("once", "The time between two texts can be up to a year.")
	case t.Who != TriggerAll && t.Who != TriggerContacts && t.Who != TriggerUnknown:
		return wrong("who", "A trigger texts all, contacts or unknown.")
	case t.Hours.From < 0 || t.Hours.From > 24*time.Hour || t.Hours.To < 0 || t.Hours.To > 24*time.Hour:
		return wrong("hours", "Working hours are from 00:00 to 24:00.")
	case t.Direction != "" && t.Direction != In && t.Direction != Out:
		return wrong("direction", "The direction is in, out or any.")
	case t.Answered != AnyAnswer && t.Answered != IfAnswered && t.Answered != Unanswered:
		return wrong("answered", "Calls are answered, unanswered or any.")
	}
	return nil
}

// filling is what the placeholders of a template stand for.
type filling struct{ name, number, agent, account, time string }

// fill puts values in the place of what stands in braces. A name that is not known takes the comma and the blank before it along.
func (f filling) fill(template string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(f.name), " ")
	for key, value := range map[string]string{"{name}": strings.TrimSpace(f.name), "{first_name}": first} {
		if value == "" {
			template = strings.NewReplacer(", "+key, key, " "+key, key).Replace(template)
		}
	}
	return strings.TrimSpace(strings.NewReplacer(
		"{name}", strings.TrimSpace(f.name), "{first_name}", first, "{number}", f.number, "{agent}", f.agent, "{account}", f.account, "{time}", f.time,
	).Replace(template))
}

// PreviewTrigger shows what a template says, for somebody called Jo Lee.
func (p *Phone) PreviewTrigger(_ context.Context, template string) (string, error) {
	f := filling{name: "Jo Lee", number: "+44 20 7946 0018", time: time.Now().Format("15:04")}
	if w, err := p.usualWay(); err == nil {
		f.agent, f.account = w.agent(), w.title()
	}
	return f.fill(template), nil
}

// agent is what an agent is called on a way, title what the way is.
func (w textWay) agent() string {
	if name := w.account.Account.DisplayName; name != "" {
		return name
	}
	return w.title()
}

func (w textWay) title() string {
	if w.isGateway() {
		return w.gateway.Name
	}
	user, _, _ := strings.Cut(w.account.Account.Address, "@")
	return user
}
