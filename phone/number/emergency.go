package number

import "github.com/nyaruka/phonenumbers"

// emergency tells whether dialled reaches emergency services from country. Where
// the country is not known, 112 and 911 count.
func emergency(dialled, country string) bool {
	if countDigits(dialled) != len(dialled) {
		return false // the library would look past * and #
	}
	if region := region(country); phonenumbers.GetSupportedRegions()[region] {
		return phonenumbers.IsEmergencyNumber(dialled, region)
	}
	return dialled == "112" || dialled == "911"
}
