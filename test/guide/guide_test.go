package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTheGuideHasItsPictures holds the guide against the pictures that there are.
func TestTheGuideHasItsPictures(t *testing.T) {
	text, err := os.ReadFile("../../docs/guide.md")
	require.NoError(t, err)
	var shown []string
	for _, found := range regexp.MustCompile(`\]\((guide/[^)]+\.png)\)`).FindAllSubmatch(text, -1) {
		shown = append(shown, "../../docs/"+string(found[1]))
	}
	taken, err := filepath.Glob("../../docs/guide/*.png")
	require.NoError(t, err)
	slices.Sort(shown)
	require.Equal(t, taken, shown)
}
