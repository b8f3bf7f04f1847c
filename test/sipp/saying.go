package sipp

import (
	"os"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/codec"
)

// Saying writes sound of 8000 samples per second into a file that SIPp can say, for Options.Say.
func Saying(path string, sound audio.Frame) (lasts time.Duration, err error) {
	pcmu, _ := codec.ByName("PCMU")
	const frame = 160
	encoder, out := pcmu.NewEncoder(), []byte(nil)
	for ; len(sound) >= frame; sound = sound[frame:] {
		if out, err = encoder.Encode(out, sound[:frame]); err != nil {
			return 0, err
		}
	}
	return time.Duration(len(out)) * time.Second / 8000, os.WriteFile(path, out, 0o600)
}
