package view

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/callward/callward/phone"
)

// TextSetter keeps how texts work; *phone.Phone satisfies it. Its methods wait for the disk.
type TextSetter interface {
	TextSettings(ctx context.Context) (phone.TextSettings, error)
	SetTextSettings(ctx context.Context, s phone.TextSettings) error
}

// TextSetup is how texts are set, and the templates.
type TextSetup struct {
	// Settings are as they are set; Ready is false until they are read.
	Settings phone.TextSettings
	Ready    bool
	// Stop and Start are the words that end and begin automatic texts, as typed.
	Stop, Start string
	// Ways are what first texts can go by, in words; the first is the default account.
	Ways []string
	// Template is the one that is added or changed; nil for none.
	Template *TemplateForm
	// Undone says which template was removed, which Undo brings back; "" for none.
	Undone string
	// Errors are by the name of a field, stop-words and start-words; Notice says what else went wrong, "" where nothing did.
	Errors map[string]string
	Notice string
	// Changed is called when any of this has changed, but for what is typed.
	Changed func()

	setter  TextSetter
	inOrder *lane
	words   Words
	writes  int // how many changes are being kept
	removed []phone.TextTemplate
	ways    []string // as they are kept, from the second of Ways on
}

// NewTextSetup knows nothing until Read.
func NewTextSetup(setter TextSetter, worker Worker, words Words) *TextSetup {
	return &TextSetup{Changed: func() {}, setter: setter, inOrder: &lane{worker: worker}, words: words, Ways: []string{words.L("The default account")}}
}

// Show takes over what texts can go by now.
func (t *TextSetup) Show(s phone.Snapshot) {
	var ways []string
	for _, a := range s.Accounts {
		if a.Account.ID != phone.PracticeAccount {
			ways = append(ways, a.Account.Address)
		}
	}
	for _, g := range s.Gateways {
		ways = append(ways, g.Name)
	}
	if !slices.Equal(ways, t.ways) {
		t.ways = ways
		t.offer()
		t.Changed()
	}
}

// offer puts the ways in words; one that is set stays, although it is gone.
func (t *TextSetup) offer() {
	t.Ways = append([]string{t.words.L("The default account")}, t.ways...)
	if via := t.Settings.Via; via != "" && !slices.Contains(t.ways, via) {
		t.Ways = append(t.Ways, via)
	}
}

// Read reads how texts are set.
func (t *TextSetup) Read() {
	var s phone.TextSettings
	t.inOrder.Do(func(ctx context.Context) (err error) {
		s, err = t.setter.TextSettings(ctx)
		return err
	}, func(err error) {
		t.Notice = t.words.L(phone.Sentence(err))
		if err == nil && t.writes == 0 {
			t.take(s)
			t.Ready = true
		}
		t.Changed()
	})
}

// take shows settings; words that are being typed stay.
func (t *TextSetup) take(s phone.TextSettings) {
	if !t.Ready || t.Stop == strings.Join(t.Settings.StopWords, ", ") {
		t.Stop = strings.Join(s.StopWords, ", ")
	}
	if !t.Ready || t.Start == strings.Join(t.Settings.StartWords, ", ") {
		t.Start = strings.Join(s.StartWords, ", ")
	}
	t.Settings = s
	t.offer()
}

// Set changes something; what cannot be kept is shown as it was. What change gives must share no list with what there was.
func (t *TextSetup) Set(change func(*phone.TextSettings)) {
	was := t.Settings
	s := was
	change(&s)
	if !t.Ready || reflect.DeepEqual(s, was) {
		return
	}
	t.Settings = s
	t.offer()
	t.Changed()
	t.writes++
	t.inOrder.Do(func(ctx context.Context) error { return t.setter.SetTextSettings(ctx, s) }, func(err error) {
		t.writes--
		if err != nil && reflect.DeepEqual(t.Settings, s) {
			t.Settings = was
			t.offer()
		}
		t.refuse(err)
		t.Changed()
	})
}

// refuse says what is wrong, beside its field where it has one.
func (t *TextSetup) refuse(err error) {
	t.Errors, t.Notice = nil, t.words.L(phone.Sentence(err))
	var e *phone.Error
	if errors.As(err, &e) && (e.Field == "stop-words" || e.Field == "start-words") {
		t.Errors, t.Notice = map[string]string{e.Field: t.Notice}, ""
	}
}

// WayPlace is the place of what first texts go by among Ways.
func (t *TextSetup) WayPlace() int {
	if t.Settings.Via == "" {
		return 0
	}
	return 1 + slices.Index(t.Ways[1:], t.Settings.Via)
}

// ChooseWay takes one of Ways.
func (t *TextSetup) ChooseWay(i int) {
	via := ""
	if i > 0 {
		via = t.Ways[i]
	}
	t.Set(func(s *phone.TextSettings) { s.Via = via })
}

// KeepWords keeps the words as typed, with commas between them.
func (t *TextSetup) KeepWords() {
	stop, start := wordsOf(t.Stop), wordsOf(t.Start)
	t.Set(func(s *phone.TextSettings) {
		if !slices.Equal(stop, s.StopWords) {
			s.StopWords = stop
		}
		if !slices.Equal(start, s.StartWords) {
			s.StartWords = start
		}
	})
}

// wordsOf reads words with commas between them.
func wordsOf(text string) (words []string) {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if word = strings.TrimSpace(word); word != "" && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}
