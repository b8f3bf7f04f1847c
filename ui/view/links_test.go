package view

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLinksInTexts(t *testing.T) {
	for text, want := range map[string][]string{
		"See https://shop.example.org/orders/4711?a=b#c.":           {"https://shop.example.org/orders/4711?a=b#c"},
		"(www.example.com) or http://a.example/x_(y), thanks!":      {"www.example.com > https://www.example.com", "http://a.example/x_(y)"},
		"Mail jo.lee@example.co.uk, please":                         {"jo.lee@example.co.uk > mailto:jo.lee@example.co.uk"},
		"mailto:jo@example.com":                                     {"mailto:jo@example.com"},
		"sip:1001@pbx.example calls":                                {"sip:1001@pbx.example > #sip:1001@pbx.example"},
		"Call +44 20 7946 0018 or (020) 7946-0199.":                 {"+44 20 7946 0018 > #+442079460018", "(020) 7946-0199 > #02079460199"},
		"+44 (0)20 7946 0018":                                       {"+44 (0)20 7946 0018 > #+442079460018"},
		"tel:116117 and +999":                                       {"tel:116117 > #116117", "+999 > #+999"},
		"(+4930123456 is mine)":                                     {"+4930123456 > #+4930123456"},
		"On 2026-11-24, 24.11.2026 or 24/11/2026 at 10:41":          nil,
		"It costs 1.000.000 € or $1234567":                          nil,
		"192.168.100.200, room 123456, AB1234567, 1234567890123456": nil,
		"javascript:alert(1) ftp://x.example file:///etc/passwd":    nil,
		"www.": nil, "https://": nil, "a@b": nil, "": nil,
		"Grüße 👋 https://ä.example/ö":               {"https://ä.example/ö"},
		"https://a.example/0207946001 jo@a.example": {"https://a.example/0207946001", "jo@a.example > mailto:jo@a.example"},
	} {
		var got []string
		for _, l := range LinksIn(text) {
			shown, to := text[l.From:l.To], l.URL
			if l.Number != "" {
				to = "#" + l.Number
			}
			if shown != to {
				shown += " > " + to
			}
			got = append(got, shown)
		}
		require.Equal(t, want, got, text)
	}
}

func FuzzLinksIn(f *testing.F) {
	f.Add("Call +44 20 7946 0018 (www.example.com), jo@example.com")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, l := range LinksIn(text) {
			require.True(t, at <= l.From && l.From < l.To && l.To <= len(text))
			at = l.To
		}
	})
}
