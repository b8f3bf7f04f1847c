package gateway

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"mime"
	"net/url"
	"strings"
	"unicode"
)

// fill puts values in the place of their names in braces, escaped for where they stand. What is in a value is never
// looked at again.
func fill(template string, values map[string]string, escape func(string) string) string {
	pairs := make([]string, 0, 2*len(values))
	for name, value := range values {
		pairs = append(pairs, "{"+name+"}", escape(value))
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

// escapeFor returns how values are escaped in a body of a content type.
func escapeFor(contentType string) func(string) string {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media = strings.ToLower(contentType)
	}
	switch {
	case media == "application/x-www-form-urlencoded":
		return url.QueryEscape
	case media == "application/json", strings.HasSuffix(media, "+json"):
		return inJSON
	case strings.HasSuffix(media, "/xml"), strings.HasSuffix(media, "+xml"):
		return inXML
	}
	return func(value string) string { return value }
}

// usualType is the content type of a body whose headers do not say it; names in braces are no JSON.
func usualType(body string, values map[string]string) string {
	text := strings.TrimSpace(fill(body, values, func(string) string { return "" }))
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		return "application/json"
	}
	return "application/x-www-form-urlencoded"
}

// inURL escapes for any part of a URL: with %20 for a blank, which holds in a path and in a query.
func inURL(value string) string { return strings.ReplaceAll(url.QueryEscape(value), "+", "%20") }

// inHeader keeps a value in its line (RFC 9110, 5.5).
func inHeader(value string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, value)
}

// inJSON escapes for what stands between quotes.
func inJSON(value string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // a string always can be
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSuffix(b.String(), "\n"), `"`), `"`)
}

func inXML(value string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(value)) // a buffer takes all
	return b.String()
}
