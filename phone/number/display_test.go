package number_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone/number"
)

func TestDisplay(t *testing.T) {
	for _, tt := range []struct{ number, country, shown string }{
		{"+442079460018", "GB", "020 7946 0018"},
		{"+442079460018", "gb", "020 7946 0018"},
		{"+442079460018", "FR", "+44 20 7946 0018"},
		{"+442079460018", "", "+44 20 7946 0018"},
		{"+44301234567", "GB", "+44 301234567"},
		{"+12125550123", "US", "(212) 555-0123"},
		{"+12125550123", "CA", "(212) 555-0123"},
		{"1001", "GB", "1001"},
		{"02079460018", "", "02079460018"},
		{"+44123", "GB", "+44123"},
		{"alice@example.org", "GB", "alice@example.org"},
		{"*98", "GB", "*98"},
		{"", "GB", ""},
	} {
		t.Run(tt.number+" in "+tt.country, func(t *testing.T) {
			require.Equal(t, tt.shown, number.Plan{}.Display(tt.number, tt.country))
		})
	}
}

func TestCountry(t *testing.T) {
	for code, known := range map[string]bool{"GB": true, "gb": true, "US": true, "": false, "UK": false, "ZZ": false, "001": false, "GBR": false} {
		require.Equal(t, known, number.Plan{}.Country(code), code)
	}
}
