package view

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// PreferenceKeeper keeps how the window is liked; *phone.Phone satisfies it. Its
// methods wait for the disk.
type PreferenceKeeper interface {
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// Where the preferences are kept.
const (
	modeKey     = "ui.appearance"
	languageKey = "ui.language"
)

// Mode says whether the window is light or dark.
type Mode string

// The modes.
const (
	BySystem Mode = ""
	Light    Mode = "light"
	Dark     Mode = "dark"
)

// Languages are those that there is a choice of, as ISO 639 codes; "" is the system's.
var Languages = []string{"", "en", "de"}

// Appearance is how the window looks, and in which language it speaks.
type Appearance struct {
	Mode     Mode
	Language string
	// Restart is set where the language is another than the window was opened with: it
	// changes with the next start.
	Restart bool
	// Notice says what went wrong; "" where nothing did.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	keeper  PreferenceKeeper
	worker  Worker
	inOrder *lane // for what is kept
	words   Words
	opened  string // the language
}

// NewAppearance is by the system until Read.
func NewAppearance(keeper PreferenceKeeper, worker Worker, words Words) *Appearance {
	return &Appearance{Changed: func() {}, keeper: keeper, worker: worker, inOrder: &lane{worker: worker}, words: words}
}

// ChosenLanguage is one of Languages: the one that the window is to speak from the
// start. It waits for the disk, and is "" with the error where that fails.
func ChosenLanguage(ctx context.Context, keeper PreferenceKeeper) (string, error) {
	language, err := keeper.Setting(ctx, languageKey)
	if err != nil || !slices.Contains(Languages, language) {
		return "", err
	}
	return language, nil
}

// Read asks what was kept; it is for the start, since the language read is taken
// for the one that the window speaks.
func (a *Appearance) Read() {
	var mode, language string
	a.worker.Do(func(ctx context.Context) (err error) {
		if mode, err = a.keeper.Setting(ctx, modeKey); err != nil {
			return err
		}
		language, err = ChosenLanguage(ctx, a.keeper)
		return err
	}, func(err error) {
		a.Notice = a.words.L(phone.Sentence(err))
		if m := Mode(mode); m == Light || m == Dark {
			a.Mode = m
		}
		a.Language, a.opened = language, language
		a.Changed()
	})
}

// SetMode makes the window light, dark, or as the system is.
func (a *Appearance) SetMode(mode Mode) {
	if mode == a.Mode {
		return
	}
	a.Mode = mode
	a.Changed()
	a.keep(modeKey, string(mode))
}

// SetLanguage chooses one of Languages.
func (a *Appearance) SetLanguage(code string) {
	if code == a.Language || !slices.Contains(Languages, code) {
		return
	}
	a.Language, a.Restart = code, code != a.opened
	a.Changed()
	a.keep(languageKey, code)
}

func (a *Appearance) keep(key, value string) {
	a.inOrder.Do(func(ctx context.Context) error { return a.keeper.SetSetting(ctx, key, value) }, func(err error) {
		if text := a.words.L(phone.Sentence(err)); text != a.Notice {
			a.Notice = text
			a.Changed()
		}
	})
}
