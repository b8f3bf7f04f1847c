// Package number reads telephone numbers as people type them and as networks
// claim them, and writes them for people. It is the only importer of
// phonenumbers. All of it is pure.
package number

import (
	"strings"

	"github.com/nyaruka/phonenumbers"

	"github.com/callward/callward/phone"
)

// Plan reads and writes numbers by the numbering plans of the world; it
// satisfies phone.Numbers. It has no state: any goroutine may use it.
type Plan struct{}

var _ phone.Numbers = Plan{}

// Country tells whether code is an ISO 3166-1 alpha-2 code whose numbering
// plan is known, in either case.
func (Plan) Country(code string) bool {
	return phonenumbers.GetSupportedRegions()[region(code)]
}

// Display returns a normal form as a person in country writes it: the national
// format for a number of the same country code that has one, the international one for
// others. What is no E.164 number stays as it is.
func (Plan) Display(number, country string) string {
	if !strings.HasPrefix(number, "+") {
		return number
	}
	n, err := phonenumbers.Parse(number, "")
	if err != nil || !possible(n) || e164(n) != number {
		return number
	}
	if int(n.GetCountryCode()) == phonenumbers.GetCountryCodeForRegion(region(country)) {
		national := phonenumbers.Format(n, phonenumbers.NATIONAL)
		// A number that does not exist has no pattern there: bare of its 0 it would be another one.
		if phonenumbers.IsValidNumber(n) || national != phonenumbers.GetNationalSignificantNumber(n) {
			return national
		}
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// region returns a country code as phonenumbers spells it.
func region(code string) string { return strings.ToUpper(strings.TrimSpace(code)) }

func e164(n *phonenumbers.PhoneNumber) string { return phonenumbers.Format(n, phonenumbers.E164) }

// possible tells whether n has the length of a whole number of its country. Numbers
// that do not exist are possible: whoever forges a caller identity makes them up.
func possible(n *phonenumbers.PhoneNumber) bool {
	return phonenumbers.IsPossibleNumberWithReason(n) == phonenumbers.IS_POSSIBLE
}
