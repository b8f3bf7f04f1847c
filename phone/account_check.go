package phone

import (
	"encoding/pem"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// The bounds of an account's registration interval.
const (
	minInterval = 10 * time.Second
	maxInterval = 24 * time.Hour
)

const (
	// maxUser is the longest user part of an address, in bytes: with it a
	// REGISTER fits into a UDP packet.
	maxUser = 128
	// maxCA is the longest file of certificates, in bytes.
	maxCA = 4 << 20
	// maxVoicemailNumber is the longest number of a provider's voicemail, in bytes.
	maxVoicemailNumber = 128
)

// Check brings a into its usual form and refuses what cannot be, with
// CodeInvalid, the field's name and what it should be. It reads the CA file.
func (a *Account) Check(numbers Numbers) error {
	a.Address = bare(a.Address)
	a.Server = strings.Trim(strings.TrimSpace(a.Server), "[]")
	a.Country = strings.ToUpper(strings.TrimSpace(a.Country))
	a.Transport = Transport(strings.ToLower(string(a.Transport)))
	if a.Transport == "" {
		a.Transport = UDP
	}
	user, domain, found := strings.Cut(a.Address, "@")
	proxy, proxyPort := splitHost(a.Proxy)
	switch {
	case !found || user == "" || len(user) > maxUser || !plain(user) || !isHost(strings.Trim(domain, "[]")):
		return wrong("address", "The SIP address %q should look like name@example.org; a port goes with the server.", a.Address)
	case domain == PracticeDomain:
		return wrong("address", "The SIP address %q belongs to the practice exchange; it should be one of your provider.", a.Address)
	case a.Server != "" && !isHost(a.Server):
		return wrong("server", "The server %q should be a host name or an IP address.", a.Server)
	case a.Port < 0 || a.Port > 65535:
		return wrong("port", "The port %d should be from 1 to 65535.", a.Port)
	case a.Proxy != "" && (!isHost(proxy) || !isPort(proxyPort)):
		return wrong("proxy", "The outbound proxy %q should be a host name or IP address, with :PORT where it is not the usual one.", a.Proxy)
	case a.AuthUser != "" && !printable(a.AuthUser):
		return wrong("auth-user", "The authentication user should be printable text.")
	case !printable(a.DisplayName) || len(a.DisplayName) > 128:
		return wrong("display-name", "The display name should be printable text of 128 letters at most.")
	case a.Transport != UDP && a.Transport != TCP && a.Transport != TLS:
		return wrong("transport", "The transport %q should be udp, tcp or tls.", a.Transport)
	case a.Interval != 0 && (a.Interval < minInterval || a.Interval > maxInterval):
		return wrong("interval", "The registration interval should be from 10 seconds to a day.")
	case a.Country != "" && !numbers.Country(a.Country):
		return wrong("country", "The country %q should be a two-letter code, such as GB.", a.Country)
	case !isPrefix(a.DialPrefix):
		return wrong("dial-prefix", "The prefix to dial should be up to 8 digits, * or #.")
	case !isPrefix(a.StripPrefix):
		return wrong("strip-prefix", "The prefix to strip should be up to 8 digits, * or #.")
	}
	if err := a.checkVoicemail(numbers); err != nil {
		return err
	}
	return checkCA(a.CAFile)
}

// checkVoicemail refuses what cannot be of who takes the messages.
func (a *Account) checkVoicemail(numbers Numbers) error {
	v := &a.Voicemail
	v.Number = strings.TrimSpace(v.Number)
	switch {
	case v.After != 0 && (v.After < MinAfter || v.After > MaxAfter):
		return wrong("voicemail-after", "The time until voicemail takes a call should be from %d to %d seconds, or 0 for never.",
			int(MinAfter.Seconds()), int(MaxAfter.Seconds()))
	case v.Status != 0 && v.Status != 486 && v.Status != 480:
		return wrong("voicemail-status", "The answer that sends callers to the provider's voicemail should be 486 or 480, not %d.", v.Status)
	case v.Number == "":
		return nil
	case !printable(v.Number) || len(v.Number) > maxVoicemailNumber:
		return wrong("voicemail-number", "The number of the provider's voicemail should be printable text of %d letters at most.", maxVoicemailNumber)
	}
	if _, err := numbers.Target(v.Number, *a); err != nil {
		return wrong("voicemail-number", "The number of the provider's voicemail, %q, should be a phone number, a code such as *97, or a SIP address.", v.Number)
	}
	return nil
}

// bare returns a SIP address without scheme and blanks, its domain in lower case.
func bare(address string) string {
	address = strings.TrimSpace(address)
	for _, scheme := range []string{"sip:", "sips:"} {
		if len(address) >= len(scheme) && strings.EqualFold(address[:len(scheme)], scheme) {
			address = address[len(scheme):]
		}
	}
	user, domain, found := strings.Cut(address, "@")
	if !found {
		return address
	}
	return user + "@" + strings.ToLower(domain)
}

// has tells whether an address is the account's. Capitals do not tell accounts apart.
func (a *Account) has(address string) bool { return strings.EqualFold(a.Address, bare(address)) }

func wrong(field, format string, args ...any) error {
	e := fault(CodeInvalid, "account", format, args...)
	e.Field = field
	return e
}

// plain tells whether text may stand as the user of a SIP URI as it is.
func plain(text string) bool {
	return printable(text) && !strings.ContainsAny(text, " \t<>\"@:;?[]\\")
}

func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

// isHost tells whether text is a host name or an IP address without brackets.
func isHost(text string) bool {
	if _, err := netip.ParseAddr(text); err == nil {
		return true
	}
	if text == "" || len(text) > 253 {
		return false
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(text, "."), ".") {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
		if strings.ContainsFunc(label, func(r rune) bool {
			return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
		}) {
			return false
		}
	}
	return true
}

// splitHost splits HOST[:PORT]; port is "0" where there is none.
func splitHost(text string) (host, port string) {
	if strings.HasPrefix(text, "[") {
		host, port, _ = strings.Cut(text[1:], "]")
		if port = strings.TrimPrefix(port, ":"); port == "" {
			port = "0"
		}
		return host, port
	}
	if strings.Count(text, ":") == 1 {
		host, port, _ = strings.Cut(text, ":")
		return host, port
	}
	return text, "0"
}

func isPort(text string) bool {
	_, err := strconv.ParseUint(text, 10, 16)
	return err == nil
}

func isPrefix(text string) bool {
	return len(text) <= 8 && strings.Trim(text, "0123456789*#") == ""
}

func checkCA(path string) error {
	if path == "" {
		return nil
	}
	unreadable := func(err error) error {
		return wrong("ca", "The file of certificates %s should be there and readable: %v.", path, err)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return unreadable(err)
	case !info.Mode().IsRegular() || info.Size() > maxCA: // a pipe or a device may never end
		return wrong("ca", "The file %s should be an ordinary file of certificates, of %d bytes at most.", path, maxCA)
	}
	text, err := os.ReadFile(path)
	block, _ := pem.Decode(text)
	switch {
	case err != nil:
		return unreadable(err)
	case block == nil || block.Type != "CERTIFICATE":
		return wrong("ca", "The file %s should hold certificates in PEM form.", path)
	}
	return nil
}
