package number_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/number"
)

func gb() phone.Account {
	return phone.Account{Address: "1001@pbx.example", Server: "10.0.0.5", Country: "GB"}
}

func account(change func(acc *phone.Account)) phone.Account {
	acc := gb()
	change(&acc)
	return acc
}

var (
	prefixed = account(func(acc *phone.Account) { acc.DialPrefix = "9" })
	american = account(func(acc *phone.Account) { acc.Country = "US" })
	nowhere  = account(func(acc *phone.Account) { acc.Country = "" })
)

func TestTargetOfANumberIsSentAsTyped(t *testing.T) {
	for _, tt := range []struct {
		typed    string
		acc      phone.Account
		uri, num string
	}{
		{"020 7946 0018", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"+44 20 7946 0018", gb(), "sip:+442079460018@pbx.example", "+442079460018"},
		{"+44 (0)20 7946 0018", gb(), "sip:+442079460018@pbx.example", "+442079460018"},
		{"+4402079460018", gb(), "sip:+442079460018@pbx.example", "+442079460018"},
		{"0044 (0)20 7946 0018", gb(), "sip:00442079460018@pbx.example", "+442079460018"},
		{"(0)20 7946 0018", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"+39 (0)6 1234 5678", gb(), "sip:+390612345678@pbx.example", "+390612345678"},
		{"(020) 7946-0018", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"020.7946.0018", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"[020] 7946/0018", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"020\u00a07946\u20110018", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"０２０ ７９４６ ００１８", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"＋４４ ２０ ７９４６ ００１８", gb(), "sip:+442079460018@pbx.example", "+442079460018"},
		{"٠٢٠٧٩٤٦٠٠١٨", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"\u202a+44 20 7946 0018\u202c", gb(), "sip:+442079460018@pbx.example", "+442079460018"},
		{"020 7946 0018 ext. 12", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"020 7946 0018,,12#", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"011 44 20 7946 0018", american, "sip:011442079460018@pbx.example", "+442079460018"},
		{"212-555-0123", american, "sip:2125550123@pbx.example", "+12125550123"},
		{"1-800-FLOWERS", american, "sip:18003569377@pbx.example", "+18003569377"},
		{"0800 REVERSE", gb(), "sip:08007383773@pbx.example", "+448007383773"},
		{"020 7946 0018", nowhere, "sip:02079460018@pbx.example", "02079460018"},
		{"1001", gb(), "sip:1001@pbx.example", "1001"},
		{"101", gb(), "sip:101@pbx.example", "101"},
		{"*98", gb(), "sip:*98@pbx.example", "*98"},
		{"1001#", gb(), "sip:1001%23@pbx.example", "1001#"},
		{"#31#020 7946 0018", gb(), "sip:%2331%2302079460018@pbx.example", "+442079460018"},
		{"*67 212 555 0123", american, "sip:*672125550123@pbx.example", "+12125550123"},
	} {
		t.Run(tt.typed, func(t *testing.T) {
			target, err := number.Plan{}.Target(tt.typed, tt.acc)
			require.NoError(t, err)
			require.Equal(t, phone.Target{URI: tt.uri, Number: tt.num}, target)
		})
	}
}

func TestTargetOfALinkOrAddress(t *testing.T) {
	v6 := account(func(acc *phone.Account) { acc.Address = "1001@[2001:db8::1]" })
	for _, tt := range []struct {
		typed    string
		acc      phone.Account
		uri, num string
	}{
		{"tel:+44-20-7946-0018", gb(), "sip:+442079460018@pbx.example", "+442079460018"},
		{"TEL:02079460018;ext=12", gb(), "sip:02079460018@pbx.example", "+442079460018"},
		{"tel:555-0123;phone-context=+1212", american, "sip:+12125550123@pbx.example", "+12125550123"},
		{"tel:1001;phone-context=pbx.example", gb(), "sip:1001@pbx.example", "1001"},
		{"tel:%2B442079460018", gb(), "sip:+442079460018@pbx.example", "+442079460018"},
		{"callto:+442079460018", gb(), "sip:+442079460018@pbx.example", "+442079460018"},
		{"callto://1001", gb(), "sip:1001@pbx.example", "1001"},
		{"sip:1001", gb(), "sip:1001@pbx.example", "1001"},
		{"sip:1001@pbx.example", gb(), "sip:1001@pbx.example", "1001"},
		{"alice@example.org", gb(), "sip:alice@example.org", "alice@example.org"},
		{"alice@Example.ORG", gb(), "sip:alice@Example.ORG", "alice@example.org"},
		{"sip:alice@example.org;transport=tcp?subject=a@b", gb(), "sip:alice@example.org", "alice@example.org"},
		{"sips:alice@example.org:5071", gb(), "sip:alice@example.org:5071", "alice@example.org"},
		{"sip:+442079460018;npdi@10.9.9.9:5080;user=phone", gb(), "sip:+442079460018@10.9.9.9:5080", "+442079460018"},
		{"alice", gb(), "sip:alice@pbx.example", "alice"},
		{"alice@PBX.example", gb(), "sip:alice@PBX.example", "alice"},
		{"sip:1001@[2001:db8::7]:5062", gb(), "sip:1001@[2001:db8::7]:5062", "1001"},
		{"alice@[2001:DB8:0::7]", gb(), "sip:alice@[2001:DB8:0::7]", "alice@[2001:db8::7]"},
		{"alice@[2001:DB8:0::1]", v6, "sip:alice@[2001:DB8:0::1]", "alice"},
		{"1002", v6, "sip:1002@[2001:db8::1]", "1002"},
		{"o'neill;x@example.org", gb(), "sip:o'neill@example.org", "o'neill@example.org"},
		{"sip:a%40b@example.org", gb(), "", ""},
		{"jörg@example.org", gb(), "sip:j%C3%B6rg@example.org", "jörg@example.org"},
		{"a/b@example.org", gb(), "sip:a%2Fb@example.org", "a/b@example.org"},
	} {
		t.Run(tt.typed, func(t *testing.T) {
			target, err := number.Plan{}.Target(tt.typed, tt.acc)
			if tt.uri == "" {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, phone.Target{URI: tt.uri, Number: tt.num}, target)
		})
	}
}

func TestTargetPutsTheDialPrefixBeforeOutsideNumbers(t *testing.T) {
	dial := func(country, prefix string) phone.Account {
		return account(func(acc *phone.Account) { acc.Country, acc.DialPrefix = country, prefix })
	}
	for _, tt := range []struct {
		name, typed string
		acc         phone.Account
		sent, num   string
	}{
		{"national", "020 7946 0018", prefixed, "902079460018", "+442079460018"},
		{"trunk zero left out", "20 7946 0018", prefixed, "902079460018", "+442079460018"},
		{"own country with +", "+44 20 7946 0018", prefixed, "902079460018", "+442079460018"},
		{"abroad with +", "+33 1 23 45 67 89", prefixed, "90033123456789", "+33123456789"},
		{"abroad with 00", "00 33 1 23 45 67 89", prefixed, "90033123456789", "+33123456789"},
		{"prefix typed already", "9 020 7946 0018", prefixed, "902079460018", "+442079460018"},
		{"prefix typed and abroad", "9 00 33 1 23 45 67 89", prefixed, "90033123456789", "+33123456789"},
		{"extension", "1001", prefixed, "1001", "1001"},
		{"extension that begins with it", "9001", prefixed, "9001", "9001"},
		{"short code", "118118", prefixed, "118118", "118118"},
		{"service code", "*98", prefixed, "*98", "*98"},
		{"America, ten digits", "212 555 0123", dial("US", "9"), "912125550123", "+12125550123"},
		{"America, with 1", "1 212 555 0123", dial("US", "9"), "912125550123", "+12125550123"},
		{"America, with +", "+1 212 555 0123", dial("US", "9"), "912125550123", "+12125550123"},
		{"from America", "+44 20 7946 0018", dial("US", "9"), "9011442079460018", "+442079460018"},
		{"from Canada to America", "+1 212 555 0123", dial("CA", "9"), "912125550123", "+12125550123"},
		{"from Australia", "+44 20 7946 0018", dial("AU", "0"), "00011442079460018", "+442079460018"},
		{"from Russia", "+44 20 7946 0018", dial("RU", "9"), "9810442079460018", "+442079460018"},
		{"from Brazil, by carriers", "+44 20 7946 0018", dial("BR", "0"), "00014442079460018", "+442079460018"},
		{"from Singapore, by carriers", "+44 20 7946 0018", dial("SG", "9"), "9001442079460018", "+442079460018"},
		{"German exchange", "030 1234567", dial("DE", "0"), "00301234567", "+49301234567"},
		{"German exchange, prefix typed", "0 030 1234567", dial("DE", "0"), "00301234567", "+49301234567"},
		{"no country, +", "+44 20 7946 0018", dial("", "9"), "900442079460018", "+442079460018"},
		{"no country, long", "020 7946 0018", dial("", "9"), "902079460018", "02079460018"},
		{"no country, extension", "1001", dial("", "9"), "1001", "1001"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			target, err := number.Plan{}.Target(tt.typed, tt.acc)
			require.NoError(t, err)
			require.Equal(t, "sip:"+tt.sent+"@pbx.example", target.URI)
			require.Equal(t, tt.num, target.Number)
		})
	}
}

func TestTargetKnowsEmergencyNumbers(t *testing.T) {
	for _, tt := range []struct {
		typed     string
		acc       phone.Account
		emergency bool
		sent      string
	}{
		{"112", gb(), true, "112"},
		{"9-9-9", gb(), true, "999"},
		{"tel:999", gb(), true, "999"},
		{"sip:112@pbx.example", gb(), true, "112"},
		{"911", gb(), true, "911"},
		{"911", american, true, "911"},
		{"911", nowhere, true, "911"},
		{"112", nowhere, true, "112"},
		{"999", nowhere, false, "999"},
		{"999", prefixed, true, "999"},
		{"9999", prefixed, true, "9999"},
		{"9112", prefixed, true, "9112"},
		{"9112", gb(), false, "9112"},
		{"112#", gb(), false, "112%23"},
		{"1121", gb(), false, "1121"},
		{"+112", gb(), false, "+112"},
	} {
		t.Run(tt.typed+" in "+tt.acc.Country, func(t *testing.T) {
			target, err := number.Plan{}.Target(tt.typed, tt.acc)
			require.NoError(t, err)
			require.Equal(t, tt.emergency, target.Emergency)
			require.Equal(t, "sip:"+tt.sent+"@pbx.example", target.URI)
		})
	}
}

func TestTargetRefusesWhatIsNoNumber(t *testing.T) {
	for _, typed := range []string{
		"", " ", "\u200b", "+", "()", "tel:", "sip:", "hello world", "!!!", "call me 5", "+44+20", "1001;;", "@example.org", "alice@",
		"alice@exa mple.org", "alice@example.org:0", "alice@example.org:99999", "alice@[::1", "alice@[fe80::1%eth0]", "a b@example.org",
		"<sip:alice@example.org>", "http://example.org", "mailto:alice@example.org", "sip:1001@pbx.example\r\nTo: x", "alice@example..org", "\x00",
		strings.Repeat("1", 33), strings.Repeat("a", 300), "1001, 1002@example.org",
	} {
		t.Run(typed, func(t *testing.T) {
			target, err := number.Plan{}.Target(typed, gb())
			require.Error(t, err, "got %v", target)
			require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
			var e *phone.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, "number", e.Field)
			require.NotEmpty(t, e.Err.Error())
		})
	}
}
