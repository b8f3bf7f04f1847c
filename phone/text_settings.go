package phone

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// textSetting keeps TextSettings, as JSON.
const textSetting = "texts"

// usualTexts is what holds until something is set.
func usualTexts() TextSettings {
	return TextSettings{
		Composing: true, Sound: true,
		Templates: []TextTemplate{
			{"Call back", "Hello {first_name}, I will call you back shortly."},
			{"On its way", "Hello {first_name}, your order is on its way."},
			{"Thanks", "Thank you, {first_name}."},
		},
	}
}

// The bounds of TextSettings.
const (
	maxTemplates = 200
	maxStopWords = 50
)

// TextSettings returns how texts work.
func (p *Phone) TextSettings(ctx context.Context) (TextSettings, error) {
	text, err := p.cfg.Store.Setting(ctx, textSetting)
	if err != nil || text == "" {
		return usualTexts(), err
	}
	var stored TextSettings
	if json.Unmarshal([]byte(text), &stored) != nil || stored.check() != nil { // of a newer program
		return usualTexts(), nil
	}
	return stored, nil
}

// SetTextSettings changes how texts work, from the next one on. It fails with CodeInvalid, where Field is template, stop-words
// or start-words, CodeNotFound for a Via that there is not, and CodeStorage.
func (p *Phone) SetTextSettings(ctx context.Context, s TextSettings) error {
	s.StopWords, s.StartWords = keywords(s.StopWords), keywords(s.StartWords)
	if err := s.check(); err != nil {
		return err
	}
	if _, found := p.wayBy(s.Via); s.Via != "" && !found {
		return &Error{Code: CodeNotFound, Op: "texts", Field: "via", Err: sentence("There is no account or gateway %s.", s.Via)}
	}
	text, err := json.Marshal(s)
	if err != nil {
		return &Error{Code: CodeInternal, Op: "texts", Err: err}
	}
	if err := p.cfg.Store.SetSetting(ctx, textSetting, string(text)); err != nil {
		return err
	}
	p.texting.Store(&s)
	return p.textsChanged(nil)
}

// textSettings is how texts work, for any goroutine.
func (p *Phone) textSettings() TextSettings { return *p.texting.Load() }

func (s TextSettings) check() error {
	if len(s.Templates) > maxTemplates {
		return wrong("template", "There can be %d templates.", maxTemplates)
	}
	for _, t := range s.Templates {
		switch {
		case strings.TrimSpace(t.Name) == "":
			return wrong("template", "A template needs a name, which finds it after the slash.")
		case strings.TrimSpace(t.Text) == "":
			return wrong("template", "The template %s has no text.", t.Name)
		case utf8.RuneCountInString(t.Name) > 100 || utf8.RuneCountInString(t.Text) > MaxTemplate:
			return wrong("template", "The template %s is too long: it can have %d letters.", t.Name, MaxTemplate)
		}
	}
	for field, words := range map[string][]string{"stop-words": s.StopWords, "start-words": s.StartWords} {
		if len(words) > maxStopWords || slices.ContainsFunc(words, func(w string) bool { return len(w) > 100 }) {
			return wrong(field, "There can be %d words, each of 100 letters.", maxStopWords)
		}
	}
	return nil
}

// keywords are words as they are compared.
func keywords(words []string) (read []string) {
	for _, w := range words {
		if w = keyword(w); w != "" && !slices.Contains(read, w) {
			read = append(read, w)
		}
	}
	return read
}

// keyword is a text as it is compared with the words that end and begin automatic texts.
func keyword(text string) string {
	return strings.ToUpper(strings.Trim(strings.Join(strings.Fields(text), " "), ` .,!?"'“”„«»`))
}

// stops and starts tell whether a text says that its sender wants no automatic texts, or wants them again.
func (s TextSettings) stops(body string) bool {
	word := keyword(body)
	return word == "STOP" || slices.Contains(s.StopWords, word)
}

func (s TextSettings) starts(body string) bool {
	word := keyword(body)
	return word == "START" || slices.Contains(s.StartWords, word)
}
