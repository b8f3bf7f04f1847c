package gateway

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/callward/callward/phone"
)

// maxSaid is how much of what a provider says of a failure is shown, in characters.
const maxSaid = 200

// markup is a tag, and what is no text for a person between two.
var markup = regexp.MustCompile(`(?is)<(script|style|head)\b.*?</(script|style|head)>|<[^>]*>`)

// saidAt is where the JSON of a failure has its words, most often first.
var saidAt = []string{"message", "error.message", "errors.0.message", "errors.0.detail", "error_description", "detail", "description", "error"}

// firstLine is the first line of an answer that is text for a person: without markup, and without the secret.
func firstLine(body []byte, secret phone.Secret) string {
	text := strings.ToValidUTF8(string(body), "")
	if json.Valid(body) {
		text = ""
		for _, path := range saidAt {
			if text = lookUp(body, path); text != "" {
				break
			}
		}
	}
	text = strings.TrimSpace(markup.ReplaceAllString(text, " "))
	text, _, _ = strings.Cut(text, "\n")
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, hide(text, secret)))
	if runes := []rune(text); len(runes) > maxSaid {
		text = string(runes[:maxSaid]) + "…"
	}
	return text
}

// hide takes the secret out of a text, however it is written there.
func hide(text string, secret phone.Secret) string {
	if secret.Empty() {
		return text
	}
	plain := secret.Reveal()
	for _, form := range []string{plain, url.QueryEscape(plain), url.PathEscape(plain), inURL(plain), inJSON(plain), inXML(plain), base64.StdEncoding.EncodeToString([]byte(plain))} {
		text = strings.ReplaceAll(text, form, secret.String())
	}
	return text
}

// lookUp returns what stands at a path of a JSON answer, such as messages.0.id; "" where nothing does.
func lookUp(body []byte, path string) string {
	if path == "" {
		return ""
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var at any
	if decoder.Decode(&at) != nil {
		return ""
	}
	for step := range strings.SplitSeq(path, ".") {
		switch in := at.(type) {
		case map[string]any:
			at = in[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(in) {
				return ""
			}
			at = in[i]
		default:
			return ""
		}
	}
	switch found := at.(type) {
	case string:
		return found
	case json.Number:
		return found.String()
	}
	return ""
}
