package exchange

import (
	"bytes"
	"fmt"

	"github.com/go-audio/wav"

	"github.com/callward/callward/assets"
	"github.com/callward/callward/audio"
)

// speech is a text in assets/voice.
type speech string

// The texts; assets/voice/voices.txt has the words.
const (
	welcome  speech = "welcome"
	goodbye  speech = "goodbye"
	hold     speech = "hold"
	early    speech = "early"
	answered speech = "answered"
	jo       speech = "jo"
	unknown  speech = "unknown"
	hidden   speech = "hidden"
)

// speeches are the samples of all texts, at voiceRate. They are only read.
type speeches map[speech]audio.Frame

func readSpeeches() (speeches, error) {
	all := speeches{}
	for _, s := range []speech{welcome, goodbye, hold, early, answered, jo, unknown, hidden} {
		sound, err := s.read()
		if err != nil {
			return nil, err
		}
		all[s] = sound
	}
	return all, nil
}

func (s speech) read() (audio.Frame, error) {
	file, err := assets.Voices.ReadFile("voice/" + string(s) + ".wav")
	if err != nil {
		return nil, err
	}
	decoder := wav.NewDecoder(bytes.NewReader(file))
	buffer, err := decoder.FullPCMBuffer()
	if err != nil {
		return nil, fmt.Errorf("voice %s: %w", s, err)
	}
	if buffer.Format.SampleRate != voiceRate || buffer.Format.NumChannels != 1 || decoder.BitDepth != 16 {
		return nil, fmt.Errorf("voice %s: %d Hz, %d channels, %d bits", s, buffer.Format.SampleRate, buffer.Format.NumChannels, decoder.BitDepth)
	}
	sound := make(audio.Frame, len(buffer.Data))
	for i, sample := range buffer.Data {
		sound[i] = int16(sample)
	}
	return sound, nil
}
