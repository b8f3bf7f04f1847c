package number

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Lengths in digits that tell kinds of numbers apart where nothing else does.
const (
	maxShort     = 5  // extensions and short codes, everywhere
	maxExtension = 7  // extensions, where a trunk prefix would belong before an outside number
	minForeign   = 9  // a number of another country without + or prefix
	minUnplaced  = 11 // the same, for an account without a country
	maxDialled   = 32
)

// outside returns the E.164 form of a dial string as it is dialled or shown in
// country, or "" where it is none: an extension, a short code, a service code. All
// ways to write one number come to the same: with +, with an international or a
// trunk prefix, and with either left out, as some exchanges show their callers.
func outside(dialled, country string) string {
	if digits, plus := strings.CutPrefix(dialled, "+"); plus {
		return international(digits)
	}
	size := len(dialled)
	if size < 2 || size > maxDialled || countDigits(dialled) != size {
		return ""
	}
	n, err := phonenumbers.ParseAndKeepRawInput(dialled, region(country))
	if err != nil {
		return foreign(dialled, minUnplaced)
	}
	whole, valid := whole(dialled, country, n), phonenumbers.IsValidNumber(n)
	switch {
	case size <= maxShort && dialled[0] != '0', size <= maxExtension && !whole, size < maxExtension && !valid:
		return ""
	case valid, whole && possible(n):
		return international(e164(n)[1:])
	}
	if number := foreign(dialled, minForeign); number != "" {
		return number
	}
	if size > maxExtension+1 && possible(n) {
		return international(e164(n)[1:])
	}
	return ""
}

// whole tells whether nothing was left out before a number that is read in
// country: it has its international or trunk prefix or the country's code, or
// none belongs there.
func whole(dialled, country string, n *phonenumbers.PhoneNumber) bool {
	if n.GetCountryCodeSource() != phonenumbers.PhoneNumber_FROM_DEFAULT_COUNTRY {
		return true
	}
	// In North America ten digits are a whole number, with or without the 1.
	return strings.HasPrefix(dialled, trunk(country)) || n.GetCountryCode() == 1 && len(dialled) == 10
}

// trunk returns the prefix of numbers dialled inside country, "" where there is none.
func trunk(country string) string { return phonenumbers.GetNddPrefixForRegion(region(country), true) }

// international returns the E.164 form of what follows a +, or "" where it has
// not the length of a number. A trunk zero behind the country code, as in
// +44 (0)20, goes.
func international(digits string) string {
	for range 3 {
		n, err := phonenumbers.Parse("+"+digits, "")
		if err != nil || !possible(n) {
			return ""
		}
		next := e164(n)[1:]
		if next == digits {
			return "+" + digits
		}
		digits = next
	}
	return ""
}

// foreign reads a number of another country that came without its +, or with
// an international prefix that is not the account's country's. Only numbers
// that exist are taken, and without a prefix only those of size digits or more.
func foreign(dialled string, size int) string {
	for _, prefix := range []string{"", "00", "011"} {
		digits, found := strings.CutPrefix(dialled, prefix)
		if !found || digits == "" || digits[0] == '0' || prefix == "" && len(digits) < size {
			continue
		}
		if n, err := phonenumbers.Parse("+"+digits, ""); err == nil && phonenumbers.IsValidNumber(n) {
			return international(e164(n)[1:])
		}
	}
	return ""
}
