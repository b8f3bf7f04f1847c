package ui

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/assets"
)

// sentences find the text of the catalogue for what the phone says. The phone speaks
// English, with numbers and names put in already; a text of the catalogue that has
// {{.A}}, {{.B}} … is the frame of such a sentence. Read-only, for any goroutine.
type sentences struct {
	texts  map[string]any
	frames func() []frame // found when the first is needed: the start of the window has no time for them
}

// frame is a text of the catalogue with places that something is put into.
type frame struct {
	text   string
	match  *regexp.Regexp
	places []string
}

// readSentences reads the catalogue. What cannot be read is said in English.
func readSentences() (*sentences, error) {
	s := &sentences{frames: func() []frame { return nil }}
	english, err := assets.Translation("en")
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(english, &s.texts); err != nil {
		return s, err
	}
	s.frames = sync.OnceValue(s.find)
	return s, nil
}

var placeholder = regexp.MustCompile(`\{\{\.([A-Z])\}\}`)

// find finds the frames.
func (s *sentences) find() (frames []frame) {
	part := "(" + strings.Join(append(s.words(), ".+?"), "|") + ")"
	for text := range s.texts {
		if strings.Contains(text, "{{.A}}") {
			frames = append(frames, newFrame(text, part))
		}
	}
	// The frame with the most words of its own says most surely what was meant.
	slices.SortFunc(frames, func(a, b frame) int { return cmp.Or(b.own()-a.own(), cmp.Compare(a.text, b.text)) })
	return frames
}

// words are the texts that are no sentences, for a pattern, the longest first: "device to
// ring on" is put in as a whole.
func (s *sentences) words() []string {
	var words []string
	for text := range s.texts {
		if unicode.IsLower(rune(text[0])) && !strings.Contains(text, "{{") {
			words = append(words, regexp.QuoteMeta(text))
		}
	}
	slices.SortFunc(words, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	return words
}

// newFrame makes a frame of a text, with the pattern of what is put into it.
func newFrame(text, part string) frame {
	f := frame{text: text}
	var pattern strings.Builder
	end := 0
	for _, at := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		pattern.WriteString(regexp.QuoteMeta(text[end:at[0]]) + part)
		f.places = append(f.places, text[at[2]:at[3]])
		end = at[1]
	}
	f.match = regexp.MustCompile(`(?s)\A` + pattern.String() + regexp.QuoteMeta(text[end:]) + `\z`)
	return f
}

// own is how much of a frame is not put in.
func (f frame) own() int { return len(f.text) - len(f.places)*len("{{.A}}") }

// say returns a text of the phone in the user's language, or as it is where the catalogue
// does not have it. What is put into a frame may be such a text itself.
func (s *sentences) say(text string) string {
	if _, ok := s.texts[text]; ok && !strings.Contains(text, "{{") {
		return lang.L(text)
	}
	base, rest, bracketed := strings.Cut(text, " (")
	if detail, closed := strings.CutSuffix(rest, ")."); bracketed && closed {
		if _, ok := s.texts[base+"."]; ok { // the words for the one who keeps the network behind those for the agent
			return strings.TrimSuffix(lang.L(base+"."), ".") + " (" + s.say(detail) + ")."
		}
	}
	for _, f := range s.frames() {
		parts := f.match.FindStringSubmatch(text)
		if parts == nil {
			continue
		}
		data := map[string]any{}
		for i, place := range f.places {
			data[place] = s.say(parts[i+1])
		}
		return lang.L(f.text, data)
	}
	return text
}
