package phone_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/phone"
)

// The default alphabet and its extension, as 3GPP TS 23.038, 6.2.1 has them in its tables.
const (
	septet  = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	escaped = "\f^{}\\[~]|€"
)

func TestTheSizeOfATextAsSMS(t *testing.T) {
	a := func(n int) string { return strings.Repeat("a", n) }
	ж := func(n int) string { return strings.Repeat("ж", n) }
	for _, tt := range []struct {
		name, text string
		want       phone.TextSize
	}{
		{"nothing", "", phone.TextSize{Room: 160}},
		{"a word", "Hello", phone.TextSize{Characters: 5, Segments: 1, Used: 5, Room: 160}},
		{"one full", a(160), phone.TextSize{Characters: 160, Segments: 1, Used: 160, Room: 160}},
		{"one more", a(161), phone.TextSize{Characters: 161, Segments: 2, Used: 8, Room: 153}},
		{"two full", a(306), phone.TextSize{Characters: 306, Segments: 2, Used: 153, Room: 153}},
		{"three", a(307), phone.TextSize{Characters: 307, Segments: 3, Used: 1, Room: 153}},
		{"a line break", "a\nb", phone.TextSize{Characters: 3, Segments: 1, Used: 3, Room: 160}},

		{"two septets each", "{€}", phone.TextSize{Characters: 3, Segments: 1, Used: 6, Room: 160}},
		{"one full by its last", a(158) + "€", phone.TextSize{Characters: 159, Segments: 1, Used: 160, Room: 160}},
		{"one more by its last", a(159) + "€", phone.TextSize{Characters: 160, Segments: 2, Used: 8, Room: 153}},
		{"an escape where the first ends", a(152) + "€" + a(10), phone.TextSize{Characters: 163, Segments: 2, Used: 12, Room: 153}},
		{"and before", a(151) + "€" + a(10), phone.TextSize{Characters: 162, Segments: 2, Used: 10, Room: 153}},
		{"a septet lost in each", strings.Repeat(a(152)+"€", 2), phone.TextSize{Characters: 306, Segments: 3, Used: 3, Room: 153}},

		{"wide", "Привет", phone.TextSize{Characters: 6, Segments: 1, Used: 6, Room: 70, Wide: true, Forcing: []rune("Привет")}},
		{"one full, wide", ж(70), phone.TextSize{Characters: 70, Segments: 1, Used: 70, Room: 70, Wide: true, Forcing: []rune("ж")}},
		{"one more, wide", ж(71), phone.TextSize{Characters: 71, Segments: 2, Used: 4, Room: 67, Wide: true, Forcing: []rune("ж")}},
		{"two full, wide", ж(134), phone.TextSize{Characters: 134, Segments: 2, Used: 67, Room: 67, Wide: true, Forcing: []rune("ж")}},
		{"three, wide", ж(135), phone.TextSize{Characters: 135, Segments: 3, Used: 1, Room: 67, Wide: true, Forcing: []rune("ж")}},
		{"what is escaped takes one unit there", "€ж", phone.TextSize{Characters: 2, Segments: 1, Used: 2, Room: 70, Wide: true, Forcing: []rune("ж")}},
		{"one rune makes all of it wide", a(70) + "’", phone.TextSize{Characters: 71, Segments: 2, Used: 4, Room: 67, Wide: true, Forcing: []rune("’")}},
		{"each once, in order", "c’ç’ç“", phone.TextSize{Characters: 6, Segments: 1, Used: 6, Room: 70, Wide: true, Forcing: []rune("’ç“")}},

		{"a surrogate pair", "😀", phone.TextSize{Characters: 1, Segments: 1, Used: 2, Room: 70, Wide: true, Forcing: []rune("😀")}},
		{"one full by a pair", ж(68) + "😀", phone.TextSize{Characters: 69, Segments: 1, Used: 70, Room: 70, Wide: true, Forcing: []rune("ж😀")}},
		{"a pair where the first ends", ж(66) + "😀" + ж(10), phone.TextSize{Characters: 77, Segments: 2, Used: 12, Room: 67, Wide: true, Forcing: []rune("ж😀")}},
		{"emoji with a joiner", "👩‍💻", phone.TextSize{Characters: 3, Segments: 1, Used: 5, Room: 70, Wide: true, Forcing: []rune("👩\u200d💻")}},
	} {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, phone.SizeOf(tt.text)) })
	}
}

func TestTheAlphabetOfSMS(t *testing.T) {
	require.Len(t, []rune(septet), 127) // and the escape
	for r := rune(0); r < 0x3000; r++ {
		size := phone.SizeOf(string(r))
		switch {
		case strings.ContainsRune(septet, r):
			require.Equal(t, phone.TextSize{Characters: 1, Segments: 1, Used: 1, Room: 160}, size, "%q", r)
		case strings.ContainsRune(escaped, r):
			require.Equal(t, phone.TextSize{Characters: 1, Segments: 1, Used: 2, Room: 160}, size, "%q", r)
		default:
			require.True(t, size.Wide, "%q", r)
		}
	}
}

// The segments are made here one after the other, from the runes, and each has what fits and no more.
func TestNoRuneIsCut(t *testing.T) {
	alphabets := map[string][]rune{"narrow": []rune(septet + escaped), "wide": []rune("aé€ж漢😀\U0010ffff\u200d" + escaped)}
	rapid.Check(t, func(rt *rapid.T) {
		runes := alphabets[rapid.SampledFrom([]string{"narrow", "wide"}).Draw(rt, "alphabet")]
		text := string(rapid.SliceOfN(rapid.SampledFrom(runes), 0, 500).Draw(rt, "text"))
		got := phone.SizeOf(text)

		forcing := []rune{}
		for _, r := range text {
			if !strings.ContainsRune(septet+escaped, r) && !slices.Contains(forcing, r) {
				forcing = append(forcing, r)
			}
		}
		require.Equal(rt, len(forcing) > 0, got.Wide)
		require.ElementsMatch(rt, forcing, got.Forcing)
		require.Equal(rt, len([]rune(text)), got.Characters)

		single, part := 160, 153
		if got.Wide {
			single, part = 70, 67
		}
		units := func(text string) (n int) {
			if got.Wide {
				return len(utf16.Encode([]rune(text)))
			}
			for _, r := range text {
				n++
				if strings.ContainsRune(escaped, r) {
					n++
				}
			}
			return n
		}
		if units(text) <= single {
			require.Equal(rt, []int{min(units(text), 1), units(text), single}, []int{got.Segments, got.Used, got.Room})
			return
		}
		segments := []string{""}
		for _, r := range text {
			last := &segments[len(segments)-1]
			if units(*last+string(r)) > part {
				segments = append(segments, "")
				last = &segments[len(segments)-1]
			}
			*last += string(r)
		}
		require.Equal(rt, []int{len(segments), units(segments[len(segments)-1]), part}, []int{got.Segments, got.Used, got.Room})
	})
}

func TestTheSizeOfWhatIsNoUTF8(t *testing.T) {
	size := phone.SizeOf("a\xff")
	require.Equal(t, phone.TextSize{Characters: 2, Segments: 1, Used: 2, Room: 70, Wide: true, Forcing: []rune{'\ufffd'}}, size)
}
