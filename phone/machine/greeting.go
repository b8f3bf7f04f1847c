package machine

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/callward/callward/assets"
	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/wav"
	"github.com/callward/callward/phone"
)

// greetingRate is that of the agent's own greetings, in samples per second.
const greetingRate = 16000

// rateGrain is what rates are rounded to: those that have little in common with greetingRate would need a filter of
// many megabytes. All that are in use are multiples of it.
const rateGrain = 25

// own returns where the agent's greeting of a kind is.
func (f *Files) own(kind phone.GreetingKind) string {
	return filepath.Join(f.greetings, string(kind)+ending)
}

// known refuses a kind of greeting that there is none of.
func known(op string, kind phone.GreetingKind) error {
	switch kind {
	case phone.GreetingAll, phone.GreetingBlocked, phone.GreetingAway, phone.GreetingDraft:
		return nil
	}
	return &phone.Error{Code: phone.CodeInvalid, Op: op, Field: "kind", Err: errors.New("a greeting is for all, blocked or away")}
}

// Greeting implements phone.Recordings. It fails with CodeStorage for a file that cannot be read.
func (f *Files) Greeting(kind phone.GreetingKind, language string) (phone.Greeting, error) {
	const op = "read greeting"
	g := phone.Greeting{Kind: kind}
	if err := known(op, kind); err != nil {
		return g, err
	}
	var err error
	if g.Sound, err = f.ownSound(kind); err == nil {
		g.Own = true
		return g, nil
	}
	if errors.Is(err, fs.ErrNotExist) && kind == phone.GreetingDraft {
		return g, &phone.Error{Code: phone.CodeNotFound, Op: op, Err: errors.New("no greeting was recorded")}
	}
	if errors.Is(err, fs.ErrNotExist) {
		g.Sound, err = f.ownSound(phone.GreetingAll)
	}
	if errors.Is(err, fs.ErrNotExist) {
		g.Sound, err = standard(language)
	}
	if err != nil {
		return g, &phone.Error{Code: phone.CodeStorage, Op: op, Err: fmt.Errorf("the greeting cannot be read: record it again, or go back to the standard one: %w", unnamed(err))}
	}
	return g, nil
}

func (f *Files) ownSound(kind phone.GreetingKind) (phone.Samples, error) {
	_, s, err := readFile(f.own(kind), phone.MaxGreeting)
	return s, err
}

// standard is the greeting in a language: German, else English.
func standard(language string) (phone.Samples, error) {
	if language != "de" {
		language = "en"
	}
	b, err := assets.Greetings.ReadFile("greeting/" + language + ending)
	if err != nil {
		return phone.Samples{}, err
	}
	r := bytes.NewReader(b)
	info, err := wav.ReadInfo(r, r.Size())
	if err != nil {
		return phone.Samples{}, err
	}
	sound, err := wav.Read(r, info, count(phone.MaxGreeting, info.Rate))
	return phone.Samples{Rate: info.Rate, Data: sound}, err
}

const setGreeting = "set greeting"

// SetGreeting implements phone.Recordings. It reads no more of the file than a greeting may have.
func (f *Files) SetGreeting(kind phone.GreetingKind, path string) error {
	_, s, err := readFile(path, phone.MaxGreeting+time.Second)
	switch {
	case errors.Is(err, errIrregular):
		return refused("%s is no ordinary file: choose a WAV file", path)
	case errors.Is(err, wav.ErrFormat):
		return refused("%s is no WAV file: choose one", path)
	case errors.Is(err, wav.ErrEncoding):
		return refused("the sound of %s is packed: save it as WAV with 16 bits (PCM)", path)
	case err != nil:
		return &phone.Error{Code: phone.CodeStorage, Op: setGreeting, Err: fmt.Errorf("the file %s cannot be read: look whether it is there, and yours: %w", path, unnamed(err))}
	}
	return f.save(kind, s)
}

// SaveGreeting implements phone.Recordings. The silence at both ends is left out, but for a breath.
func (f *Files) SaveGreeting(kind phone.GreetingKind, s phone.Samples) error {
	return f.save(kind, trim(s))
}

func (f *Files) save(kind phone.GreetingKind, s phone.Samples) error {
	if err := known(setGreeting, kind); err != nil {
		return err
	}
	switch {
	case s.Rate <= 0 || meterOf(s).voice == 0:
		return refused("nothing is heard in the greeting: speak louder, or choose another one")
	case s.Length() > phone.MaxGreeting:
		return refused("the greeting is longer than %d seconds: make it shorter", phone.MaxGreeting/time.Second)
	}
	s.Rate = (s.Rate + rateGrain/2) / rateGrain * rateGrain
	up := mixer.NewResampler(s.Rate, greetingRate)
	sound := up.Process(nil, s.Data)
	if s.Rate != greetingRate {
		sound = up.Process(sound, make(audio.Frame, count(flush, s.Rate)))
	}
	sound = sound[:min(len(sound), count(phone.MaxGreeting, greetingRate))]
	edge := min(len(sound), count(fade, greetingRate))
	fadeIn(sound[:edge])
	fadeOut(sound[len(sound)-edge:])
	err := os.MkdirAll(f.greetings, 0o700) // it may have been removed meanwhile
	if err == nil {
		err = replace(f.own(kind), func(w io.Writer) error { return wav.Write(w, greetingRate, sound) })
	}
	if err != nil {
		return &phone.Error{Code: phone.CodeStorage, Op: setGreeting, Err: fmt.Errorf("the greeting cannot be kept: look whether the disk has space: %w", unnamed(err))}
	}
	return nil
}

func refused(format string, args ...any) error {
	return &phone.Error{Code: phone.CodeInvalid, Op: setGreeting, Field: "greeting", Err: fmt.Errorf(format, args...)}
}

// What is left of the silence before and after a greeting.
const (
	before = 100 * time.Millisecond
	after  = 200 * time.Millisecond
)

// trim leaves out the silence at both ends of s.
func trim(s phone.Samples) phone.Samples {
	if s.Rate <= 0 {
		return s
	}
	first, last := -1, 0
	for i, power := range meterOf(s).powers {
		if dBov(float64(power)) > voiceLevel {
			if first < 0 {
				first = i
			}
			last = i + 1
		}
	}
	if first < 0 {
		return phone.Samples{Rate: s.Rate}
	}
	run := count(grain, s.Rate)
	from := max(0, first*run-count(before, s.Rate))
	to := min(len(s.Data), last*run+count(after, s.Rate))
	return phone.Samples{Rate: s.Rate, Data: s.Data[from:to]}
}

// ResetGreeting implements phone.Recordings.
func (f *Files) ResetGreeting(kind phone.GreetingKind) error {
	const op = "reset greeting"
	if err := known(op, kind); err != nil {
		return err
	}
	if err := remove(f.own(kind)); err != nil {
		return &phone.Error{Code: phone.CodeStorage, Op: op, Err: fmt.Errorf("the greeting cannot be removed: %w", unnamed(err))}
	}
	return nil
}
