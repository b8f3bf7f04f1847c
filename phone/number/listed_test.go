package number_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/number"
)

func TestListedIsOneForAllWaysToWriteANumber(t *testing.T) {
	for _, tt := range []struct{ text, country, listed string }{
		{"020 7946 0018", "GB", "+442079460018"},
		{"+442079460018", "GB", "+442079460018"},
		{"tel:+44-20-7946-0018", "GB", "+442079460018"},
		{"+44 (0)20 7946 0018", "US", "+442079460018"},
		{"+442079460018", "", "+442079460018"},
		{"sip:+442079460018@trunk.example;user=phone", "GB", "+442079460018"},
		{"+44 20 0000 0000", "GB", "+442000000000"}, // of no subscriber, but of a possible length
		{"1001", "GB", "1001"},
		{"*62", "GB", "*62"},
		{"02079460018", "", "02079460018"}, // until a country says how to read it
		{"bob@pbx.example", "GB", "bob@pbx.example"},
		{"sip:Bob@PBX.example:5070", "GB", "Bob@pbx.example"},
		{"1001@pbx.example", "GB", "1001"},
	} {
		t.Run(tt.text+" in "+tt.country, func(t *testing.T) {
			listed, err := number.Plan{}.Listed(tt.text, tt.country)
			require.NoError(t, err)
			require.Equal(t, tt.listed, listed)
			again, err := number.Plan{}.Listed(listed, tt.country)
			require.NoError(t, err)
			require.Equal(t, listed, again)
		})
	}
}

func TestListedRefusesWhatIsNoNumber(t *testing.T) {
	for _, tt := range []struct{ text, country string }{
		{"", "GB"},
		{"Jo Lee", "GB"},
		{"bob", "GB"}, // a name alone is of no server
		{"+44207", "GB"},
		{"+4420794600181234567", "GB"},
		{"020794600181234", "GB"},
		{"1234567890123456", ""},
		{"bob@", "GB"},
		{"mailto:bob@example.org", "GB"},
	} {
		t.Run(tt.text+" in "+tt.country, func(t *testing.T) {
			listed, err := number.Plan{}.Listed(tt.text, tt.country)
			require.Equal(t, phone.CodeInvalid, phone.CodeOf(err), "%s", listed)
		})
	}
}

// What is listed is what screening makes of the same number in a request.
func TestListedIsWhatACallerComesToBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`(\+|00|0)?[1-9][0-9]{1,12}`).Draw(t, "digits")
		country := rapid.SampledFrom([]string{"GB", "DE", "US", "IT", ""}).Draw(t, "country")
		listed, err := number.Plan{}.Listed(digits, country)
		if err != nil {
			t.Skip()
		}
		acc := phone.Account{Address: "alice@pbx.example", Country: country}
		require.Equal(t, listed, number.Plan{}.Normal(digits, "pbx.example", acc))
	})
}

func TestPrefixBeginsNormalForms(t *testing.T) {
	for _, tt := range []struct{ text, country, prefix string }{
		{"+1900", "GB", "+1900"},
		{"+1 900…", "GB", "+1900"},
		{"+44*", "GB", "+44"},
		{"0044 90", "GB", "+4490"},
		{"0900", "DE", "+49900"},
		{"09 00", "GB", "+44900"},
		{"20", "GB", "20"}, // extensions
		{"0900", "", "0900"},
		{"44xxx", "", "44"},
	} {
		t.Run(tt.text+" in "+tt.country, func(t *testing.T) {
			prefix, err := number.Plan{}.Prefix(tt.text, tt.country)
			require.NoError(t, err)
			require.Equal(t, tt.prefix, prefix)
		})
	}
	for _, text := range []string{"", "+", "abc", "*62*", "+0", "1234567890123456", "bob@pbx.example"} {
		_, err := number.Plan{}.Prefix(text, "GB")
		require.Equal(t, phone.CodeInvalid, phone.CodeOf(err), "%q", text)
	}
}

func TestEmergencyAsTyped(t *testing.T) {
	for _, tt := range []struct {
		text, country string
		emergency     bool
	}{
		{"999", "GB", true},
		{"9 9 9", "GB", true},
		{"tel:999", "GB", true},
		{"112", "GB", true},
		{"911", "GB", true},
		{"911", "", true},
		{"110", "DE", true},
		{"999", "DE", false},
		{"1001", "GB", false},
		{"", "GB", false},
		{"+442079460018", "GB", false},
	} {
		require.Equal(t, tt.emergency, number.Plan{}.Emergency(tt.text, tt.country), "%s in %s", tt.text, tt.country)
	}
}

func TestCallingCode(t *testing.T) {
	require.Equal(t, "+44", number.Plan{}.CallingCode("gb"))
	require.Equal(t, "+1", number.Plan{}.CallingCode("CA"))
	require.Empty(t, number.Plan{}.CallingCode("XX"))
}
