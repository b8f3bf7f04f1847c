package number

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// afterCall is what a person writes behind a number to dial once the call is
// answered: ext. 12, x12, or digits behind pauses.
var afterCall = regexp.MustCompile(`(?i)(?:[ ,;]*(?:ext(?:ension|n)?|x)[.: ]*\d{1,9}#?|[ ]*[,;]+[,; \d#*]*)$`)

// vanity is a number whose end is spelled with the letters of a keypad.
var vanity = regexp.MustCompile(`^\+?[ (]*\d[-\d ().]{2,}[A-Za-z][-A-Za-z ]{2,}$`)

// keypad holds the digit of each letter from A to Z (ITU-T E.161).
const keypad = "22233344455566677778889999"

// dialString returns what is dialled for a folded text: an optional + and
// then 0-9, * and #. Separators go, and so do an extension to dial later and
// a trunk zero in brackets that is not dialled after a country code, as in
// +44 (0)20. ok is false for what is no number.
func dialString(s, country string) (dialled string, ok bool) {
	if end := afterCall.FindStringIndex(s); end != nil && countDigits(s[:end[0]]) >= maxExtension {
		s = s[:end[0]]
	}
	if vanity.MatchString(s) {
		return spelled(s, country)
	}
	if dialled, ok = compact(s); !ok {
		return "", false
	}
	if before, after, found := strings.Cut(s, "(0)"); found && countDigits(before) > 0 {
		if short, ok := compact(before + after); ok && outside(short, country) == outside(dialled, country) && outside(short, country) != "" {
			return short, true
		}
	}
	return dialled, true
}

// compact drops the separators of a number. ok is false where there is anything
// that is neither separator nor dialled, or no digit at all.
func compact(s string) (dialled string, ok bool) {
	var out strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r == '*', r == '#':
			out.WriteRune(r)
		case r == '+' && (out.Len() == 0 || out.String() == "+"):
			out.Reset()
			out.WriteByte('+')
		case strings.ContainsRune(" -.()[]/~", r):
		default:
			return "", false
		}
	}
	dialled = out.String()
	if rest, plus := strings.CutPrefix(dialled, "+"); plus && (rest == "" || rest[0] == '0' || strings.ContainsAny(rest, "*#")) {
		// No country code begins with 0: an exchange put the + before what it had.
		dialled = rest
	}
	return dialled, countDigits(dialled) > 0
}

// spelled returns the digits of a vanity number, where it is a number that can exist.
func spelled(s, country string) (dialled string, ok bool) {
	dialled, ok = compact(strings.Map(func(r rune) rune {
		if upper := r &^ 0x20; upper >= 'A' && upper <= 'Z' {
			return rune(keypad[upper-'A'])
		}
		return r
	}, s))
	if !ok {
		return "", false
	}
	n, err := phonenumbers.Parse(outside(dialled, country), "")
	return dialled, err == nil && phonenumbers.IsValidNumber(n)
}

func countDigits(s string) int {
	count := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			count++
		}
	}
	return count
}
