package number_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/number"
)

func TestNormalBringsAllFormsOfANumberToOne(t *testing.T) {
	strip := account(func(acc *phone.Account) { acc.StripPrefix = "9" })
	for _, group := range []struct {
		acc    phone.Account
		normal string
		forms  []string
	}{
		{gb(), "+442079460018", []string{
			"+442079460018", "02079460018", "2079460018", "442079460018", "00442079460018", "011442079460018", "+44(0)2079460018",
			"+4402079460018", "004402079460018", "+02079460018", "+00442079460018", "++442079460018", "020 7946 0018", "020-7946-0018",
			"(020) 7946.0018", "%2B442079460018", "%252B44%20(0)2079460018", "+44%2020%207946%200018", "tel:+44-20-7946-0018", "+442079460018;npdi",
			"+442079460018;phone-context=+44", "2079460018;phone-context=+44", "0２0７９４６00１８", "\u2066+442079460018\u2069", "020 7946 0018 x12",
			"020\u20107946\u00ad0018", "%\u20602b44%E2%81%A02079460018", "sip:02079460018",
		}},
		// Numbers that do not exist are shown by those who forge them.
		{gb(), "+442000000000", []string{"+442000000000", "02000000000", "00442000000000", "442000000000", "2000000000"}},
		{strip, "+442079460018", []string{"902079460018", "9442079460018", "900442079460018", "02079460018", "+442079460018", "9 020 7946 0018"}},
		{strip, "+33123456789", []string{"90033123456789", "+33123456789", "0033123456789", "33123456789"}},
		{gb(), "+353851234567", []string{"+353851234567", "00353851234567", "353851234567", "+353(0)851234567"}},
		{american, "+12125550123", []string{"2125550123", "12125550123", "+12125550123", "0012125550123", "01112125550123", "(212) 555-0123"}},
		{american, "+442079460018", []string{"011442079460018", "442079460018", "00442079460018", "+442079460018"}},
		{american, "+14520123456", []string{"4520123456", "14520123456", "+14520123456"}},
		{nowhere, "+442079460018", []string{"+442079460018", "00442079460018", "442079460018", "+44(0)2079460018"}},
		{account(func(acc *phone.Account) { acc.Country = "IT" }), "+390612345678", []string{"0612345678", "+390612345678", "+39(0)612345678", "390612345678", "00390612345678"}},
		{account(func(acc *phone.Account) { acc.Country = "DE" }), "+49301234567", []string{"0301234567", "49301234567", "+49(0)301234567", "0049301234567"}},
		{account(func(acc *phone.Account) { acc.Country = "AR" }), "+5491123456789", []string{"+5491123456789", "01115 2345-6789", "+5491123456789"}},
		{account(func(acc *phone.Account) { acc.Country = "RU" }), "+78005553535", []string{"88005553535", "8005553535", "78005553535", "+78005553535"}},
		{account(func(acc *phone.Account) { acc.Country = "NO" }), "+4702320", []string{"02320", "+4702320", "4702320"}},
		{account(func(acc *phone.Account) { acc.StripPrefix, acc.Country = "9", "US" }), "+19195551234", []string{"9195551234", "919195551234", "99195551234", "19195551234"}},
	} {
		for _, form := range group.forms {
			t.Run(group.acc.Country+group.acc.StripPrefix+" "+form, func(t *testing.T) {
				for _, host := range []string{"", "pbx.example", "trunk.provider.example", "192.0.2.1:5080"} {
					require.Equal(t, group.normal, number.Plan{}.Normal(form, host, group.acc), "at %q", host)
				}
			})
		}
	}
}

func TestNormalKeepsWhatIsNoOutsideNumber(t *testing.T) {
	strip := account(func(acc *phone.Account) { acc.StripPrefix = "9" })
	for _, tt := range []struct {
		user, host string
		acc        phone.Account
		normal     string
	}{
		{"1001", "pbx.example", gb(), "1001"},
		{"1001", "192.0.2.1", gb(), "1001"},
		{"9001", "pbx.example", strip, "9001"},
		{"999", "", strip, "999"},
		{"9", "", strip, "9"},
		{"30123", "pbx.example", account(func(acc *phone.Account) { acc.Country = "DE" }), "30123"},
		{"2345", "pbx.example", account(func(acc *phone.Account) { acc.Country = "LU" }), "2345"},
		{"118118", "", gb(), "118118"},
		{"4001234", "", gb(), "4001234"},
		{"79460018", "", gb(), "79460018"},
		{"*98", "", gb(), "*98"},
		{"+44123", "", gb(), "+44123"},
		{"+999123456789", "", gb(), "+999123456789"},
		{"alice", "pbx.example", gb(), "alice"},
		{"alice", "PBX.Example.", gb(), "alice"},
		{"alice", "10.0.0.5:5060", gb(), "alice"},
		{"alice", "", gb(), "alice"},
		{"Alice", "Example.ORG:5070", gb(), "Alice@example.org"},
		{"alice", "2001:DB8::0001", gb(), "alice@[2001:db8::1]"},
		{"alice@example.org", "", gb(), "alice@example.org"},
		{"alice%40gmail.example", "pbx.example", gb(), "alice@gmail.example"},
		{"alice;tag=1", "example.org", gb(), "alice@example.org"},
		{"anonymous", "anonymous.invalid", gb(), "anonymous@anonymous.invalid"},
		{"sip:alice@example.org;user=ip", "", gb(), "alice@example.org"},
		{"2x4", "", gb(), "2x4"},
		{"100%", "", gb(), "100%"},
		{"", "example.org", gb(), ""},
		{"", "", gb(), ""},
	} {
		t.Run(tt.user+" at "+tt.host, func(t *testing.T) {
			require.Equal(t, tt.normal, number.Plan{}.Normal(tt.user, tt.host, tt.acc))
		})
	}
}

func anyAccount(t *rapid.T) phone.Account {
	prefix := rapid.SampledFrom([]string{"", "0", "9", "8", "00", "*9"})
	return phone.Account{
		Address:     "1001@pbx.example",
		Country:     rapid.SampledFrom([]string{"", "GB", "US", "DE", "IT", "FR", "BR", "AR", "MX", "RU", "AU", "NO", "LU", "JP", "CL", "HU", "AD"}).Draw(t, "country"),
		StripPrefix: prefix.Draw(t, "strip"),
		DialPrefix:  prefix.Draw(t, "dial"),
	}
}

func TestNormalOfANormalFormIsItself(t *testing.T) {
	user := rapid.OneOf(
		rapid.StringMatching(`(\+|00|011|0|9|\+44\(0\)|)[0-9]{1,16}`),
		rapid.StringMatching(`[-0-9+*#%;@.a-z ()]{0,20}`),
		rapid.String(),
	)
	host := rapid.SampledFrom([]string{"", "pbx.example", "Example.org", "[::1]"})
	rapid.Check(t, func(t *rapid.T) {
		acc := anyAccount(t)
		once := number.Plan{}.Normal(user.Draw(t, "user"), host.Draw(t, "host"), acc)
		require.Equal(t, once, number.Plan{}.Normal(once, "", acc))
	})
}

// Whatever form a number is dialled in, screening must see the number that its
// caller shows.
func TestTargetAndNormalAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		acc := anyAccount(t)
		e164 := "+" + rapid.StringMatching(`(44|1|49|33|39|353|7|55|81)[2-9][0-9]{7,10}`).Draw(t, "number")
		separated := rapid.SampledFrom([]string{" ", "-", ".", "\u00a0", ""}).Draw(t, "separator")
		typed := strings.Join(strings.Split(e164, ""), separated)
		target, err := number.Plan{}.Target(typed, acc)
		require.NoError(t, err)
		require.Equal(t, number.Plan{}.Normal(e164, "elsewhere.example", acc), target.Number)
	})
}

func TestDigitsOfEveryScriptAreRead(t *testing.T) {
	count := 0
	for _, table := range []*unicode.RangeTable{unicode.Nd} {
		for _, r := range table.R16 {
			require.Zero(t, (r.Hi-r.Lo+1)%10)
			var typed strings.Builder
			for c := rune(r.Lo); c <= rune(r.Hi) && c < rune(r.Lo)+10; c++ {
				typed.WriteRune(c)
			}
			require.Equal(t, "0123456789*", number.Plan{}.Normal(typed.String()+"*", "", gb()), "%U", r.Lo)
			count++
		}
	}
	require.Greater(t, count, 30)
}

func FuzzNormal(f *testing.F) {
	for _, seed := range []string{"+442079460018", "902079460018", "%2B44", "alice@example.org", "tel:1;phone-context=+1", "1-800-FLOWERS", "x@[::1", "\xff%zz"} {
		f.Add(seed, "pbx.example", "GB", "9")
		f.Add(seed, "", "US", "")
	}
	f.Fuzz(func(t *testing.T, user, host, country, strip string) {
		acc := phone.Account{Address: "1001@pbx.example", Country: country, StripPrefix: strip, DialPrefix: strip}
		once := number.Plan{}.Normal(user, host, acc)
		if host == "" || host == "pbx.example" {
			require.Equal(t, once, number.Plan{}.Normal(once, "", acc))
		}
		number.Plan{}.Display(once, country)
	})
}

func FuzzTarget(f *testing.F) {
	for _, seed := range []string{"020 7946 0018", "sip:alice@[::1]:5060;x?y", "tel:+1", "1-800-FLOWERS", "#31#02079460018", "%0d%0a@x", "٠٢٠"} {
		f.Add(seed, "GB", "9")
	}
	f.Fuzz(func(t *testing.T, typed, country, prefix string) {
		acc := phone.Account{Address: "1001@pbx.example", Country: country, DialPrefix: prefix}
		target, err := number.Plan{}.Target(typed, acc)
		if err != nil {
			require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
			return
		}
		require.NotEmpty(t, target.Number)
		user, host, found := strings.Cut(strings.TrimPrefix(target.URI, "sip:"), "@")
		require.True(t, found && user != "" && host != "", target.URI)
		require.NotContains(t, host, "@")
		require.False(t, strings.ContainsFunc(target.URI, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`<>"`, r) }), target.URI)
	})
}
