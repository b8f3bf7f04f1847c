package screen

import (
	"image"
	"image/draw"
	"testing"

	"github.com/stretchr/testify/require"
)

// painted is a picture with areas of a colour.
func painted(rgb uint32, areas ...image.Rectangle) *Picture {
	p := &Picture{image.NewRGBA(image.Rect(0, 0, 60, 40))}
	for _, area := range areas {
		draw.Draw(p, area, image.NewUniform(Colour(rgb)), image.Point{}, draw.Src)
	}
	return p
}

func TestAreas(t *testing.T) {
	high, low, small := image.Rect(30, 2, 50, 12), image.Rect(0, 20, 20, 40), image.Rect(55, 35, 58, 38)
	p := painted(0x4cc2b5, low, high, small)
	require.Equal(t, []image.Rectangle{high, low}, p.Areas(Colour(0x4cc2b5), 10, 10))
	require.Equal(t, []image.Rectangle{high, low, small}, p.Areas(Colour(0x4cc2b5), 1, 1))
	require.Empty(t, p.Areas(Colour(0x4cc2b4), 1, 1))
	require.Equal(t, []image.Rectangle{low}, p.Part(image.Rect(0, 15, 60, 40)).Areas(Colour(0x4cc2b5), 10, 10))

	joined := painted(0xff0000, image.Rect(0, 0, 10, 10), image.Rect(9, 9, 20, 20))
	require.Equal(t, []image.Rectangle{image.Rect(0, 0, 20, 20)}, joined.Areas(Colour(0xff0000), 1, 1))
}

func TestSame(t *testing.T) {
	one, other := painted(0xff0000, image.Rect(0, 0, 5, 5)), painted(0xff0000, image.Rect(0, 0, 5, 5), image.Rect(59, 39, 60, 40))
	require.True(t, one.Same(other, image.Rect(0, 0, 60, 39)))
	require.False(t, one.Same(other, image.Rect(0, 0, 60, 40)))
	require.False(t, one.Same(other, image.Rect(-10, -10, 900, 900)))
}

func TestDecodeRefuses(t *testing.T) {
	for _, raw := range [][]byte{nil, make([]byte, 99), make([]byte, 4*dumpHeader)} {
		_, err := decode(raw)
		require.Error(t, err)
	}
}

func TestScreenIsBlackAtFirst(t *testing.T) {
	s := New(t, 320, 200)
	all := image.Rect(0, 0, 320, 200)
	shot := s.Until(t, "black", patience, func(p *Picture) bool { return len(p.Areas(Colour(0), 320, 200)) == 1 })
	require.Equal(t, all, shot.Rect)
	require.NoError(t, s.Gone("Callward"))
}
