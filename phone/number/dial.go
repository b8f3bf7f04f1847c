package number

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"github.com/callward/callward/phone"
)

// dial returns what to send for a dial string: the digits as typed, since the
// agent knows what the exchange expects, save that an outside number gets the
// account's dial prefix where it has one.
func dial(dialled string, acc phone.Account) string {
	number := outside(dialled, acc.Country)
	prefix, ok := compact(fold(acc.DialPrefix))
	switch {
	case !ok && strings.HasPrefix(dialled, "+") && number != "":
		return number
	case !ok, emergency(dialled, acc.Country):
		return dialled
	case number == "" && acc.Country == "" && countDigits(dialled) > maxExtension && !strings.ContainsAny(dialled, "+*#"):
		return prefix + strings.TrimPrefix(dialled, prefix)
	case number == "":
		return dialled
	case dialled[0] == '0', trunk(acc.Country) != "" && strings.HasPrefix(dialled, trunk(acc.Country)):
		return prefix + dialled
	}
	return prefix + inside(number, acc.Country)
}

// inside returns an E.164 number as it is dialled from within country.
func inside(number, country string) string {
	n, err := phonenumbers.Parse(number, "")
	if err != nil {
		return number
	}
	if int(n.GetCountryCode()) == phonenumbers.GetCountryCodeForRegion(region(country)) {
		return phonenumbers.NormalizeDigitsOnly(phonenumbers.FormatOutOfCountryCallingNumber(n, region(country)))
	}
	return abroad(country) + number[1:]
}

// abroad returns the international prefix of country, 00 where it is not known
// (ITU-T E.164, annex; most of the world).
func abroad(country string) string {
	n := &phonenumbers.PhoneNumber{}
	if phonenumbers.ParseToNumber("+870773111632", "", n) != nil || !(Plan{}).Country(country) {
		return "00"
	}
	// The library gives a prefix, or a pattern where carriers have their own.
	prefix, _, _ := strings.Cut(phonenumbers.FormatOutOfCountryCallingNumber(n, region(country)), " ")
	prefix = strings.ReplaceAll(prefix, "~", "")
	pattern, err := regexp.Compile("^(?:" + prefix + ")$")
	if err != nil {
		return "00"
	}
	for _, known := range []string{prefix, "00", "001", "009", "0014"} {
		if countDigits(known) == len(known) && pattern.MatchString(known) {
			return known
		}
	}
	return "00"
}
