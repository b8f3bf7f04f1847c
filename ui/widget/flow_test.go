package widget

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// linesOf returns what the lines of a text are, in the order of its bytes.
func linesOf(f *flow) []string {
	var lines []string
	for _, l := range f.lines {
		lines = append(lines, f.text[l.from:l.to])
	}
	return lines
}

func TestATextIsBrokenBetweenWords(t *testing.T) {
	newBench(t, gap(1))
	room := Body.width("The quick brown") + 1
	require.Equal(t, []string{"The quick brown", "fox jumps over", "", "the lazy dog"},
		linesOf(newFlow("The quick brown fox jumps over\n\nthe lazy dog  ", Body, room)))
	require.Equal(t, []string{""}, linesOf(newFlow("", Body, room)))
	require.Equal(t, []string{"a", ""}, linesOf(newFlow("a\n", Body, room)))
	path := linesOf(newFlow("https://example.org/aaaaaaaa/b", Body, room))
	require.Equal(t, "https://", path[0], "a link is broken at its slashes")
	require.Greater(t, len(linesOf(newFlow("日本語のテキストは単語の間に空白がありません。", Body, room))), 1)
}

func TestALongWordIsBrokenBetweenCharacters(t *testing.T) {
	newBench(t, gap(1))
	family, flag, accent := "👩‍👩‍👧‍👦", "🇬🇧", "é"
	for _, part := range []string{family, flag, accent, "👍🏽"} {
		f := newFlow(strings.Repeat(part, 40), Body, 100)
		require.Greater(t, len(f.lines), 1, part)
		for _, line := range linesOf(f) {
			require.Zero(t, len(line)%len(part), "%q is whole", part)
		}
	}
}

// visible returns what of the text can be seen.
func visible(text string) string { return strings.Trim(strings.TrimSpace(drawn(text)), "\u200B") }

// Whatever is sent: no byte is lost or shown twice, and no line is wider than the room if it can be broken.
func TestAnyTextCanBeBroken(t *testing.T) {
	newBench(t, gap(1))
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("ab 1(\n\u05D0\u0627\u200D\u202E\u2066👍🏽🇬\t\x00")))).Draw(t, "text")
		if rapid.Bool().Draw(t, "broken") {
			text += "\xff\xc3"
		}
		f := newFlow(text, Body, float32(rapid.IntRange(1, 300).Draw(t, "room")))
		at := 0
		for i, l := range f.lines {
			if visible(text[at:l.from]) != "" || l.to < l.from {
				t.Fatalf("line %d of %q leaves out %q", i, text, text[at:l.from])
			}
			at = l.to
			covered := map[int]bool{}
			for _, p := range l.pieces {
				for b := p.from; b < p.to; b++ {
					if covered[b] {
						t.Fatalf("%q is drawn twice at %d", text, b)
					}
					covered[b] = true
				}
			}
			if len(covered) != l.to-l.from {
				t.Fatalf("line %d of %q: %d of %d bytes are drawn", i, text, len(covered), l.to-l.from)
			}
			for x := float32(-5); x < l.wide+10; x += 7 {
				if b := f.offset(i, x); b < l.from || b > l.to {
					t.Fatalf("%d is not in line %d of %q", b, i, text)
				}
			}
			for b := l.from; b <= l.to; b++ {
				if x := f.x(i, b); x < -0.1 || x > l.wide+0.1 {
					t.Fatalf("byte %d of %q is drawn at %g", b, text, x)
				}
			}
		}
		if visible(text[at:]) != "" {
			t.Fatalf("%q ends at %d", text, at)
		}
		if len(text) > 0 {
			wordAt(text, rapid.IntRange(0, len(text)-1).Draw(t, "at"))
		}
	})
}

// shown returns the line as it stands from left to right.
func shown(text string) string {
	f := newFlow(text, Body, 10000)
	out := ""
	for _, p := range f.lines[0].pieces {
		out += "[" + mirrored(text[p.from:p.to], p.right) + "]"
	}
	return out
}

func TestTextFromRightToLeft(t *testing.T) {
	newBench(t, gap(1))
	require.Equal(t, "[abc]", shown("abc"))
	require.Equal(t, "[עולם][ ][שלום]", shown("שלום עולם"))
	require.True(t, newFlow("שלום", Body, 100).lines[0].right)
	require.False(t, newFlow("a שלום", Body, 100).lines[0].right)
	require.Equal(t, "[!][סוף][ ][(][12][)][ ][מספר]", shown("מספר (12) סוף!"))
	require.Equal(t, "[Hello ][עולם][ ][שלום][ and bye]", shown("Hello שלום עולם and bye"))
	require.Equal(t, "[Hello ][(][12][)][ ][שלום][ and bye]", shown("Hello שלום (12) and bye"))
}
