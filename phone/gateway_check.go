package phone

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
)

// accountSID is how Twilio names an account.
var accountSID = regexp.MustCompile("^AC[0-9A-Za-z]{32}$")

// headerName is the name of a header (RFC 9110, 5.6.2), and what follows it in its line.
var headerName = regexp.MustCompile("^[0-9A-Za-z!#$%&'*+.^_`|~-]+:[^\r]*$")

// Check fails with CodeInvalid, where Field says what is wrong: name, kind, number, user, url, method, headers, body, reference,
// country, poll or ca.
func (g Gateway) Check(numbers Numbers) error {
	number, err := numbers.Listed(g.Number, g.Country)
	switch {
	case strings.TrimSpace(g.Name) == "" || len(g.Name) > 100 || strings.Contains(g.Name, "@") || !printable(g.Name):
		return wrong("name", "The gateway needs a name of its own, without an @.")
	case g.Country != "" && !numbers.Country(g.Country):
		return wrong("country", "The country %q is not known: use two letters, such as GB.", g.Country)
	case err != nil || !strings.HasPrefix(number, "+") || number != g.Number:
		return wrong("number", "The number %q should be in international form, such as +442079460018.", g.Number)
	case g.Kind != TwilioGateway && g.Kind != HTTPGateway:
		return wrong("kind", "A gateway is twilio or http.")
	case g.Poll != 0 && g.Poll < MinPoll:
		return wrong("poll", "Texts can be asked for every %s at most.", MinPoll)
	}
	if err := g.checkURL(); err != nil {
		return err
	}
	if err := checkCA(g.CAFile); err != nil {
		return err
	}
	if g.Kind == HTTPGateway {
		return g.checkRequest()
	}
	if !accountSID.MatchString(g.User) {
		return wrong("user", "The Account SID begins with AC and has 34 letters and digits: copy it from Twilio's console.")
	}
	return nil
}

func (g Gateway) checkURL() error {
	if g.URL == "" && g.Kind == TwilioGateway {
		return nil
	}
	u, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(g.URL))
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return wrong("url", "The URL should begin with https:// and name a server.")
	case u.Scheme == "http" && !isHere(u.Hostname()):
		return wrong("url", "The URL should begin with https://, since it carries the secret.")
	case u.User != nil:
		return wrong("url", "The URL should have no password in it: use {user} and {secret} in a header.")
	}
	return nil
}

func (g Gateway) checkRequest() error {
	switch g.Method {
	case "", "POST", "GET", "PUT":
	default:
		return wrong("method", "The method is POST, GET or PUT.")
	}
	for line := range strings.Lines(g.Headers) {
		if line = strings.TrimSpace(line); line != "" && !headerName.MatchString(line) {
			return wrong("headers", "Each header is a line such as Content-Type: application/json.")
		}
	}
	sent := g.URL
	if g.Method != "GET" { // which has no body
		sent += g.Body
	}
	switch {
	case !strings.Contains(sent, "{to}"):
		return wrong("body", "The request says nowhere whom the text is for: put {to} into the body or the URL.")
	case !strings.Contains(sent, "{text}"):
		return wrong("body", "The request does not have the text: put {text} into the body or the URL.")
	case strings.ContainsAny(g.Reference, " /[]"):
		return wrong("reference", "The place of the id is names and numbers with points between, such as messages.0.id.")
	}
	return nil
}

// isHere tells whether a host is this machine.
func isHere(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}
