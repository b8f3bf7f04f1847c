package phone

import (
	"strings"
	"unicode/utf16"
)

// TextSize is how long a text is as SMS (3GPP TS 23.038, 23.040).
type TextSize struct {
	// Characters is how many it has, as a person counts runes.
	Characters int
	// Segments is how many SMS it takes: 1 up to 160 septets of GSM-7, or 70 code units of UCS-2, then one for each 153 or
	// 67; 0 for no text.
	Segments int
	// Used and Room are what the last segment has and can have, in septets or code units.
	Used, Room int
	// Wide tells that it is sent as UCS-2, since it has Forcing: the runes that GSM-7 has not, each once.
	Wide    bool
	Forcing []rune
}

// gsm7 is the default alphabet; gsm7Extended takes two septets a rune.
const (
	gsm7 = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsm7Extended = "\f^{}\\[~]|€"
)

// SizeOf counts a text.
func SizeOf(text string) TextSize {
	var s TextSize
	seen := map[rune]bool{}
	for _, r := range text {
		s.Characters++
		if !seen[r] && !strings.ContainsRune(gsm7, r) && !strings.ContainsRune(gsm7Extended, r) {
			seen[r], s.Wide = true, true
			s.Forcing = append(s.Forcing, r)
		}
	}
	single, part := 160, 153
	if s.Wide {
		single, part = 70, 67
	}
	total := 0
	for _, r := range text {
		total += s.width(r)
	}
	if total <= single {
		s.Used, s.Room = total, single
		s.Segments = min(total, 1)
		return s
	}
	// A rune of two units is never cut in two.
	s.Room, s.Segments = part, 1
	for _, r := range text {
		if w := s.width(r); s.Used+w > part {
			s.Segments++
			s.Used = w
		} else {
			s.Used += w
		}
	}
	return s
}

// width is how many units a rune takes.
func (s TextSize) width(r rune) int {
	switch {
	case s.Wide:
		return max(utf16.RuneLen(r), 1)
	case strings.ContainsRune(gsm7Extended, r):
		return 2
	}
	return 1
}
