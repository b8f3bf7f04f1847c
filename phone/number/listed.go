package number

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"github.com/callward/callward/phone"
)

const (
	// maxNational is the longest number that is taken as it is where no country says how to read it (ITU-T E.164).
	maxNational = 15
	// maxPrefix is the longest prefix, in digits.
	maxPrefix = 15
)

// Listed returns the normal form of a number or address as it is written in a contact
// or on the blacklist: E.164, the digits of an extension or code, or user@host. A
// number of a possible length is enough, whether it exists or not. An address keeps its
// host, whichever account it is of.
//
// It fails with CodeInvalid, Field "number".
func (Plan) Listed(text, country string) (string, error) {
	if len(text) > maxTyped {
		return "", unlisted(errors.New("that is too long for a phone number or SIP address"))
	}
	user, host, err := split(fold(text))
	if err != nil {
		return "", unlisted(err)
	}
	dialled, isNumber := dialString(user, country)
	switch {
	case !isNumber && (host == "" || !isName(user, false)):
		return "", unlisted(fmt.Errorf("%q is neither a phone number nor a SIP address such as 1001@pbx.example", strings.TrimSpace(text)))
	case !isNumber:
		return Plan{}.Normal(user, host, phone.Account{Country: country}), nil
	}
	number := received(dialled, phone.Account{Country: country})
	if outside(number, country) == "" && !short(number, country) {
		return "", unlisted(fmt.Errorf("%s has not the length of a phone number: look for a digit too many or too few", strings.TrimSpace(text)))
	}
	return number, nil
}

// short tells whether what is no E.164 number can be a number all the same: an extension, a
// code, or, where no country says how to read it, a national number.
func short(number, country string) bool {
	digits := countDigits(number)
	switch {
	case strings.HasPrefix(number, "+"):
		return false
	case strings.ContainsAny(number, "*#"):
		return digits <= maxDialled
	case (Plan{}).Country(country):
		return digits <= maxExtension
	}
	return digits <= maxNational
}

// Prefix returns the beginning that all numbers of a group share, as + and digits or as digits
// alone, from how a person writes it, such as +1 900 …, 0900, or 44*. A national one gets the
// code of country where it has the trunk prefix. It fails with CodeInvalid, Field "number".
func (Plan) Prefix(text, country string) (string, error) {
	folded := strings.TrimRight(strings.TrimSpace(fold(text)), ". …*xX")
	if _, rest, link := cutScheme(folded); link {
		folded = rest
	}
	digits, ok := compact(folded)
	if plus := strings.HasPrefix(folded, "+"); plus && ok && !strings.HasPrefix(digits, "+") {
		ok = false
	}
	switch {
	case !ok || strings.ContainsAny(digits, "*#"):
		return "", unlisted(errors.New("a prefix is the digits that numbers begin with, such as +1900 or 0900"))
	case countDigits(digits) > maxPrefix:
		return "", unlisted(fmt.Errorf("a prefix has %d digits at most", maxPrefix))
	}
	return placed(digits, country), nil
}

// placed returns a prefix as it begins normal forms in country.
func placed(digits, country string) string {
	code := phonenumbers.GetCountryCodeForRegion(region(country))
	if strings.HasPrefix(digits, "+") || code == 0 {
		return digits
	}
	if rest, found := strings.CutPrefix(digits, abroad(country)); found && rest != "" && rest[0] != '0' {
		return "+" + rest
	}
	if rest, found := strings.CutPrefix(digits, trunk(country)); found && trunk(country) != "" && rest != "" {
		return fmt.Sprintf("+%d%s", code, rest)
	}
	return digits
}

// CallingCode returns what the numbers of a country begin with, such as +44; "" where the
// country is not known. Several countries may share one.
func (Plan) CallingCode(country string) string {
	if code := phonenumbers.GetCountryCodeForRegion(region(country)); code != 0 {
		return fmt.Sprintf("+%d", code)
	}
	return ""
}

// Emergency tells whether a number as typed reaches emergency services from country.
func (Plan) Emergency(text, country string) bool {
	user, _, err := split(fold(text))
	if err != nil || len(text) > maxTyped {
		return false
	}
	dialled, ok := dialString(user, country)
	return ok && emergency(dialled, country)
}

func unlisted(err error) error {
	return &phone.Error{Code: phone.CodeInvalid, Op: "number", Field: "number", Err: err}
}
