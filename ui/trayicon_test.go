package ui

import (
	"bytes"
	"image/png"
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/view"
)

func TestTrayIcons(t *testing.T) {
	defer test.NewApp().Quit()
	seen := map[string]view.Level{}
	for _, level := range []view.Level{view.Good, view.Working, view.Bad} {
		content := trayIcon(level).Content()
		picture, err := png.Decode(bytes.NewReader(content))
		require.NoError(t, err)
		require.Equal(t, traySide, picture.Bounds().Dx())
		_, _, _, alpha := picture.At(4, 4).RGBA()
		require.Zero(t, alpha, "the corners are round")
		red, green, blue, _ := picture.At(21, 25).RGBA()
		require.Equal(t, []uint32{0xffff, 0xffff, 0xffff}, []uint32{red, green, blue}, "the handset is white")
		require.NotContains(t, seen, string(content), "as another level")
		seen[string(content)] = level
	}
}
