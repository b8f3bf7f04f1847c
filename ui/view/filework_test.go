package view

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// german knows one sentence of the phone.
type german struct{ english }

func (g german) L(text string, data ...any) string {
	if text == "It has no number." {
		return "Es hat keine Nummer."
	}
	return g.english.L(text, data...)
}

func TestWhatWasLeftOutOfAFileIsSaidInTheLanguage(t *testing.T) {
	f := &FileWork{words: german{}}
	require.Empty(t, f.Skips(50))
	skip := phone.Skipped{Line: 4, What: "Jo Lee", Why: "It has no number."}
	f.Report = &phone.ImportReport{Skipped: []phone.Skipped{skip, skip, skip}, SkippedCount: 3}
	line := "Line 4: Jo Lee: Es hat keine Nummer."
	require.Equal(t, []string{line, line, line}, f.Skips(3))
	require.Equal(t, []string{line, "…"}, f.Skips(1))
}
