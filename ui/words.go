package ui

import (
	"context"
	"errors"

	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/assets"
	"github.com/callward/callward/ui/view"
)

// words are the texts of the user's language.
type words struct{ sentences *sentences }

// newWords has Fyne speak the language that was chosen, else that of the system where
// the catalogue has it, else English. It waits for the disk: there is no window yet.
func newWords(ctx context.Context, cfg Config) words {
	language, err := view.ChosenLanguage(ctx, cfg.Phone)
	if err == nil {
		err = speak(language)
	}
	s, unread := readSentences()
	if err = errors.Join(err, unread); err != nil {
		cfg.Log.Error("the language", "err", err)
	}
	return words{s}
}

// speak gives the catalogue to Fyne. Fyne goes by the system's language, so one that was
// chosen stands in for that.
func speak(language string) error {
	if err := lang.AddTranslationsFS(assets.Translations, assets.TranslationFolder); err != nil || language == "" {
		return err
	}
	texts, err := assets.Translation(language)
	if err != nil {
		return err
	}
	return lang.AddTranslationsForLocale(texts, lang.SystemLocale())
}

// L returns a text in the user's language. One without data may come from the phone, or
// from the network: it is never read as a template.
func (w words) L(text string, data ...any) string {
	if len(data) > 0 {
		return lang.L(text, data...)
	}
	return w.sentences.say(text)
}

// N returns the form of a text that fits a count.
func (w words) N(text string, count int) string {
	return lang.N(text, count, map[string]any{"Count": count})
}
