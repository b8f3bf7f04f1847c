package control

import "github.com/callward/callward/phone"

// TextSettings is what text.settings answers, and the arguments of text.set.
type TextSettings struct {
	// Via is what a first text to a telephone number goes by; empty for the default account.
	Via string `json:"via"`
	// Composing tells others that the agent is typing, Sound plays one for a text that comes.
	Composing bool `json:"composing"`
	Sound     bool `json:"sound"`
	// StopWords and StartWords end and begin automatic texts, beside STOP and START.
	StopWords  []string       `json:"stop_words"`
	StartWords []string       `json:"start_words"`
	Templates  []TextTemplate `json:"templates"`
}

// TextTemplate is a text that is ready to be inserted.
type TextTemplate struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func newTextSettings(s phone.TextSettings) TextSettings {
	return TextSettings{
		Via: s.Via, Composing: s.Composing, Sound: s.Sound,
		StopWords: append([]string{}, s.StopWords...), StartWords: append([]string{}, s.StartWords...),
		Templates: rowsOf(s.Templates, func(t phone.TextTemplate) TextTemplate { return TextTemplate(t) }),
	}
}

func (s TextSettings) textSettings() phone.TextSettings {
	return phone.TextSettings{
		Via: s.Via, Composing: s.Composing, Sound: s.Sound, StopWords: s.StopWords, StartWords: s.StartWords,
		Templates: rowsOf(s.Templates, func(t TextTemplate) phone.TextTemplate { return phone.TextTemplate(t) }),
	}
}
