package tone_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/audio/tone"
)

func TestTheChimeIsTwoSoftNotes(t *testing.T) {
	require.Equal(t, 450*time.Millisecond, length(t, tone.Chime()))
	f := pull(tone.Chime(), 450*time.Millisecond)
	const change = audio.DeskRate * 150 / 1000
	require.InDelta(t, 783.99, spectrum.Dominant(f[:change], audio.DeskRate), 4)
	require.InDelta(t, 1046.5, spectrum.Dominant(f[change:], audio.DeskRate), 4)

	ring := pull(tone.Ringtone("Soft"), time.Second) // the softest one
	require.Less(t, slices.Max(f), slices.Max(ring), "softer than what rings")
	require.InDelta(t, -20, spectrum.RMS(f[audio.DeskRate*15/1000:audio.DeskRate*30/1000]), 1)

	const millisecond = audio.DeskRate / 1000
	for _, at := range []int{0, change, len(f)} {
		near := f[max(0, at-millisecond):min(len(f), at+millisecond)]
		require.Less(t, spectrum.RMS(near), -45.0, "a click at %d", at)
	}
	whole := make(audio.Frame, len(f))
	tone.Chime().Pull(whole)
	require.Equal(t, whole, f, "however it is pulled")
}
