package portable

import (
	"bytes"
	"encoding/base64"
	"strings"

	"github.com/callward/callward/phone"
)

// pictures are the beginnings of the formats that a picture may have.
var pictures = []struct{ begin, name string }{
	{"\x89PNG\r\n\x1a\n", "PNG"},
	{"\xff\xd8\xff", "JPEG"},
	{"GIF87a", "GIF"},
	{"GIF89a", "GIF"},
}

// formatOf is the format of a picture by its content, whatever its label says; "" for none that is known.
func formatOf(picture []byte) string {
	for _, p := range pictures {
		if bytes.HasPrefix(picture, []byte(p.begin)) {
			return p.name
		}
	}
	return ""
}

// pictureOf reads base64, or a data: URI of it. It returns nil for what is no picture, too large or elsewhere.
func pictureOf(value string) []byte {
	if scheme, rest, found := strings.Cut(value, ":"); found {
		head, content, _ := strings.Cut(rest, ",")
		if !strings.EqualFold(strings.TrimSpace(scheme), "data") || !strings.HasSuffix(strings.ToLower(head), ";base64") {
			return nil
		}
		value = content
	}
	value = strings.TrimRight(strings.Join(strings.Fields(value), ""), "=")
	picture, err := base64.RawStdEncoding.DecodeString(value)
	if err != nil || len(picture) > phone.MaxPicture || formatOf(picture) == "" {
		return nil
	}
	return picture
}
