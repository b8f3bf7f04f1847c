package number

import "github.com/nyaruka/phonenumbers"

// The lengths of a short code in digits. What is longer is a number. What is shorter is as often an extension of the agent's own
// PBX: many plans have 2000, or 101, as a service.
const (
	minShortCode = 5
	maxShortCode = 6
)

// ShortCode tells whether a normal form is a short number of a service in country, as its numbering plan has it. It is
// false without a country, and for an extension that is no such number there.
func (Plan) ShortCode(number, country string) bool {
	size, region := len(number), region(country)
	if size < minShortCode || size > maxShortCode || countDigits(number) != size || !phonenumbers.GetSupportedRegions()[region] {
		return false
	}
	n, err := phonenumbers.Parse(number, region)
	// A trunk prefix that was taken off belongs to another number.
	return err == nil && phonenumbers.GetNationalSignificantNumber(n) == number && phonenumbers.IsValidShortNumberForRegion(n, region)
}
