package number

import "github.com/nyaruka/phonenumbers"

// emergency tells whether dialled reaches emergency services from country. 112 and 911 count
// everywhere: networks know both, and who calls for help may be far from home.
func emergency(dialled, country string) bool {
	if countDigits(dialled) != len(dialled) {
		return false // the library would look past * and #
	}
	if dialled == "112" || dialled == "911" {
		return true
	}
	region := region(country)
	return phonenumbers.GetSupportedRegions()[region] && phonenumbers.IsEmergencyNumber(dialled, region)
}
