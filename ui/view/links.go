package view

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Link is a part of a text that leads somewhere: the bytes from From up to To.
type Link struct {
	From, To int
	// URL is what is opened: http, https or mailto; "" for a number. Number is what is called; "" for a URL.
	URL, Number string
}

var (
	webLink    = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>"“”«»]+`)
	mailLink   = regexp.MustCompile(`(?i)(?:\b(?:mailto|sips?):)?\b[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+`)
	numberLink = regexp.MustCompile(`(?i)(?:\btel:)?(?:\+|\(\+?)?[0-9](?:[ \x{a0}./()-]{0,3}[0-9])+`)
	// What looks like a number, but is a date, an amount or an address of the network.
	dateLike   = regexp.MustCompile(`^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})(?:$|[ \x{a0}])`)
	amountLike = regexp.MustCompile(`^\d{1,3}(?:\.\d{3})+$`)
	hostLike   = regexp.MustCompile(`^\d{1,3}(?:\.\d{1,3}){3}$`)
)

// The digits of what is taken for a telephone number; less than leastDigits need a + or tel:.
const (
	leastDigits = 7
	fewDigits   = 3
	mostDigits  = 15 // E.164
)

// LinksIn finds what leads somewhere in a text: addresses of the web and of mail, and telephone numbers. They are in order, and apart
// from each other.
func LinksIn(text string) []Link {
	var links []Link
	taken := make([]bool, len(text))
	add := func(l Link, ok bool) {
		if ok && !taken[l.From] && !taken[l.To-1] {
			links = append(links, l)
			for i := l.From; i < l.To; i++ {
				taken[i] = true
			}
		}
	}
	for _, at := range webLink.FindAllStringIndex(text, -1) {
		add(web(text, at[0], at[1]))
	}
	for _, at := range mailLink.FindAllStringIndex(text, -1) {
		add(mail(text, at[0], at[1]), true)
	}
	for _, at := range numberLink.FindAllStringIndex(text, -1) {
		add(numberAt(text, at[0], at[1]))
	}
	slices.SortFunc(links, func(a, b Link) int { return cmp.Compare(a.From, b.From) })
	return links
}

// web is an address of the web, without the punctuation of the sentence around it.
func web(text string, from, to int) (Link, bool) {
	for to > from {
		r, size := utf8.DecodeLastRuneInString(text[from:to])
		closes := strings.ContainsRune(")]}", r) && strings.Count(text[from:to], string(r)) > strings.Count(text[from:to], string(opening[r]))
		if !closes && !strings.ContainsRune(".,;:!?'’…*_", r) {
			break
		}
		to -= size
	}
	address := text[from:to]
	if !strings.Contains(address, "://") {
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil || !strings.Contains(u.Host, ".") && u.Hostname() != "localhost" || strings.HasSuffix(u.Host, "www.") {
		return Link{}, false
	}
	return Link{From: from, To: to, URL: address}, true
}

var opening = map[rune]rune{')': '(', ']': '[', '}': '{'}

func mail(text string, from, to int) Link {
	address := text[from:to]
	kind, rest, ok := strings.Cut(address, ":")
	switch {
	case !ok:
		return Link{From: from, To: to, URL: "mailto:" + address}
	case strings.EqualFold(kind, "mailto"):
		return Link{From: from, To: to, URL: "mailto:" + rest}
	}
	return Link{From: from, To: to, Number: address}
}

// numberAt is a telephone number, where that is what stands there.
func numberAt(text string, from, to int) (Link, bool) {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	if unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune("#€$£@_/=&%", before) ||
		unicode.IsLetter(after) || unicode.IsDigit(after) || strings.ContainsRune("€$£@_%=", after) {
		return Link{}, false
	}
	shown := text[from:to]
	tel := strings.HasPrefix(strings.ToLower(shown), "tel:")
	if tel {
		shown = shown[len("tel:"):]
	}
	least := leastDigits
	digits, international := onlyDigits(shown), strings.HasPrefix(strings.TrimPrefix(shown, "("), "+")
	if tel || international {
		least = fewDigits
	}
	if len(digits) < least || len(digits) > mostDigits ||
		!tel && (dateLike.MatchString(shown) || amountLike.MatchString(shown) || hostLike.MatchString(shown)) {
		return Link{}, false
	}
	if strings.HasPrefix(shown, "(") && !strings.Contains(shown, ")") { // the sentence's own bracket
		from++
		shown = shown[1:]
	}
	if international { // +44 (0)20 is +44 20
		digits = "+" + onlyDigits(strings.Replace(shown, "(0)", "", 1))
	}
	return Link{From: from, To: to, Number: digits}, true
}
