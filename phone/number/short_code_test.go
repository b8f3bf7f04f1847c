package number_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone/number"
)

func TestShortCodes(t *testing.T) {
	for _, tt := range []struct {
		number, country string
		short           bool
	}{
		{"60123", "GB", true},
		{"60123", "gb", true},
		{"88222", "GB", true},
		{"118118", "GB", true},
		{"101", "GB", false},  // it may be an extension
		{"1471", "GB", false}, // it may be an extension
		{"72404", "US", true},
		{"22000", "US", true},
		{"262966", "US", true},
		{"411", "US", false}, // it may be an extension
		{"11880", "DE", true},
		{"36000", "FR", true},
		{"50123", "IE", true},

		{"1001", "GB", false},
		{"600", "GB", false},
		{"7042", "GB", false},
		{"1001", "US", false},
		{"600", "DE", false},
		{"22000", "DE", false}, // one of another country
		{"60123", "", false},
		{"60123", "UK", false},
		{"0101", "GB", false}, // not 101 behind a trunk prefix
		{"10", "GB", false},
		{"1181180", "GB", false},
		{"+118118", "GB", false},
		{"+447946001801", "GB", false},
		{"*101#", "GB", false},
		{"６０１２３", "GB", false}, // a normal form has ASCII digits
		{"60123@pbx.example", "GB", false},
		{"", "GB", false},
	} {
		t.Run(tt.number+" in "+tt.country, func(t *testing.T) {
			require.Equal(t, tt.short, number.Plan{}.ShortCode(tt.number, tt.country))
		})
	}
}
