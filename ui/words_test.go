package ui

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"fyne.io/fyne/v2/lang"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// kept is a phone of which the language alone is asked.
type kept struct {
	Phone
	language string
	err      error
}

func (k kept) Setting(context.Context, string) (string, error) { return k.language, k.err }

// wordsIn has Fyne speak a language until the test ends.
func wordsIn(t *testing.T, language string) words {
	t.Helper()
	t.Cleanup(func() { require.NoError(t, speak("en")) })
	return newWords(t.Context(), Config{Phone: kept{language: language}, Log: slog.New(slog.DiscardHandler)})
}

func TestSentencesOfThePhoneAreTranslated(t *testing.T) {
	w := wordsIn(t, "de")
	fault := func(code phone.Code, text string) string {
		return phone.Sentence(&phone.Error{Code: code, Op: "test", Err: errors.New(text)})
	}
	refused := phone.Sentence(&phone.Error{SIPStatus: 499})
	for english, german := range map[string]string{
		"Answer":                     "Annehmen",
		"Today":                      "Heute",
		"There is no account a@b.c.": "Es gibt kein Konto a@b.c.",
		"The line is busy.":          "Besetzt.",
		refused:                      "Der Anruf wurde zurückgewiesen (499).",
		fault(phone.CodeNoServer, "server pbx.example not found"):                  "Server nicht gefunden: Der Name ist unbekannt. Prüfen Sie Namen und Netz (server pbx.example not found).",
		"The account a@b.c is not connected now. " + refused:                       "Das Konto a@b.c ist gerade nicht verbunden. Der Anruf wurde zurückgewiesen (499).",
		fault(phone.CodeUnreachable, "127.0.0.1:9 refuses the connection"):         "Der Server ist nicht erreichbar. Prüfen Sie das Netz; es wird von selbst wieder versucht (127.0.0.1:9 weist die Verbindung ab).",
		fault(phone.CodeAuth, "wrong password, or the account is barred (403 No)"): "Falsches Passwort: Der Server wies Benutzername oder Passwort zurück. Berichtigen Sie sie, um es wieder zu versuchen (falsches Passwort, oder das Konto ist gesperrt (403 No)).",
		"The device to ring on is now USB phone.":                                  "Klingelgerät ist jetzt USB phone.",
		"There is no device to ring on x. There is: y.":                            "Klingelgerät x gibt es nicht. Es gibt: y.",
		"Its mode is neither voicemail nor all: loud.":                             "Der Modus ist weder voicemail noch all: loud.",
		"/tmp/pipe is no ordinary file: choose one.":                               "/tmp/pipe ist keine gewöhnliche Datei: Wählen Sie eine.",
		"The microphone USB {{.A}} (2) is gone.":                                   "Mikrofon USB {{.A}} (2) ist nicht mehr da.",
	} {
		require.Equal(t, german, w.L(english))
	}
	require.Equal(t, "1 verpasster Anruf", lang.N("{{.Count}} missed calls", 1, map[string]any{"Count": 1}))
	require.Equal(t, "2 verpasste Anrufe", w.N("{{.Count}} missed calls", 2))
}

func TestTheLanguageThatWasChosen(t *testing.T) {
	require.Equal(t, "Annehmen", wordsIn(t, "de").L("Answer"))
	require.Equal(t, "Answer", wordsIn(t, "en").L("Answer"))
	require.Equal(t, "1 missed call", wordsIn(t, "en").N("{{.Count}} missed calls", 1))
}

// A store that cannot be read is no reason to say nothing.
func TestWordsWithoutASetting(t *testing.T) {
	w := newWords(t.Context(), Config{Phone: kept{err: errors.New("disk")}, Log: slog.New(slog.DiscardHandler)})
	require.Equal(t, "Answer", w.L("Answer"))
}

// What somebody else wrote is neither translated nor read as a template.
func TestTextsOfOthersStayAsTheyAre(t *testing.T) {
	w := wordsIn(t, "de")
	for _, text := range []string{"", "Jo Lee", "{{.Name}}", "{{template `x`}}", "(", " ().", "%s", "x (y).", "{{.Name}} is calling"} {
		require.Equal(t, text, w.L(text))
	}
}

func FuzzWords(f *testing.F) {
	f.Add("There is no account {{.A}}.")
	f.Add("The disk is full: free some space where (.+) is; what was saved before is safe: \n.")
	s, err := readSentences()
	require.NoError(f, err)
	require.NoError(f, speak("de"))
	f.Fuzz(func(t *testing.T, text string) {
		require.Equal(t, text == "", s.say(text) == "")
	})
}
