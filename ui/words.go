package ui

import (
	"strings"

	"fyne.io/fyne/v2/lang"
)

// words are the texts of the user's language.
type words struct{}

func (words) L(text string, data ...any) string {
	// A text without data may come from the network: it is never read as a template.
	if text == "" || len(data) == 0 && strings.Contains(text, "{{") {
		return text
	}
	return lang.L(text, data...)
}

func (words) N(text string, count int) string {
	return lang.N(text, count, map[string]any{"Count": count})
}
