package number_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/number"
)

func TestALinkAsAPersonWouldTypeIt(t *testing.T) {
	for link, want := range map[string]string{
		"tel:+442079460018":                          "+442079460018",
		"tel:+44-20-7946-0018;ext=5":                 "+442079460018",
		"TEL:7946-0018;phone-context=+4420":          "+442079460018",
		"tel:7042;phone-context=example.com":         "7042",
		"callto:0044%2020%207946%200018":             "00442079460018",
		"sip:600@practice.invalid":                   "600@practice.invalid",
		"sip:jo@pbx.example;transport=tcp?subject=x": "jo@pbx.example",
		"sips:600":      "600",
		"tel:":          "tel:",
		"020 7946 0018": "020 7946 0018",
		"":              "",
	} {
		require.Equal(t, want, number.Plan{}.Link(link), link)
	}
}

func TestALinkCallsTheSameAsWhatIsTypedForIt(t *testing.T) {
	acc := phone.Account{Address: "1001@pbx.example", Country: "GB"}
	part := rapid.StringOfN(rapid.SampledFrom([]rune("+0123 -()@:;=?%2aZ.ext")), 0, 20, -1)
	rapid.Check(t, func(rt *rapid.T) {
		link := rapid.SampledFrom([]string{"tel:", "sip:", "sips:", "callto:"}).Draw(rt, "scheme") + part.Draw(rt, "rest")
		want, wantErr := number.Plan{}.Target(link, acc)
		got, gotErr := number.Plan{}.Target(number.Plan{}.Link(link), acc)
		require.Equal(rt, want, got)
		require.Equal(rt, wantErr == nil, gotErr == nil)
	})
}
