package sipua

import (
	"bytes"
	"fmt"
	"net/textproto"
	"strings"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

const (
	typeText      = "text/plain"
	typeCPIM      = "message/cpim"
	typeIMDN      = "message/imdn+xml"
	typeComposing = "application/im-iscomposing+xml"
	utf8Text      = typeText + "; charset=UTF-8"
	// textTypes are the content types of a MESSAGE that are understood.
	textTypes = typeText + ", " + typeCPIM + ", " + typeIMDN + ", " + typeComposing + ", multipart/mixed, multipart/alternative"
	// imdnNamespace is that of the headers of delivery notes (RFC 5438, 6.3).
	imdnNamespace = "urn:ietf:params:imdn"
)

// messageBody returns the content type and body of a MESSAGE for a text.
func (e *Endpoint) messageBody(to sip.Uri, t phone.OutgoingText) (kind string, body []byte) {
	own := e.aor()
	switch {
	case t.Kind == phone.KindComposing:
		return typeComposing, composingBody(t.Composing)
	case t.Kind == phone.KindNote:
		content := "Content-Type: " + typeIMDN + "\r\nContent-Disposition: notification\r\n"
		return typeCPIM, e.wrap(to, t, named(unguessable()), content, noteBody(own.String(), t))
	case t.Notes:
		asking := "imdn.Disposition-Notification: positive-delivery, negative-delivery\r\n"
		return typeCPIM, e.wrap(to, t, named(t.MessageID)+asking, "Content-Type: "+utf8Text+"\r\n", []byte(t.Body))
	}
	return utf8Text, []byte(t.Body)
}

// named is how a message/cpim says which one it is (RFC 5438, 6.3).
func named(id string) string {
	return "NS: imdn <" + imdnNamespace + ">\r\nimdn.Message-ID: " + id + "\r\n"
}

// wrap puts a body into a message/cpim (RFC 3862), with more headers of the message, and those of its content.
func (e *Endpoint) wrap(to sip.Uri, t phone.OutgoingText, headers, content string, body []byte) []byte {
	var b bytes.Buffer
	own := e.aor()
	fmt.Fprintf(&b, "From: <%s>\r\nTo: <%s>\r\nDateTime: %s\r\n%s\r\n%sContent-Length: %d\r\n\r\n",
		own.String(), to.String(), t.Time.UTC().Format(time.RFC3339), headers, content, len(body))
	b.Write(body)
	return b.Bytes()
}

// readCPIM takes a message/cpim apart: headers of the message, a blank line, those of its content, a blank line, and that. Some
// leave the first blank line out, or the second part of the headers. What it says of its sender is not believed, and so not read. ok
// is false for what is none.
func readCPIM(body []byte) (content part, ok bool) {
	outer, rest := cutHeaders(bytes.TrimLeft(body, "\r\n"))
	prefix := "imdn."
	for _, h := range outer {
		if name, uri, found := strings.Cut(h.value, "<"); h.name == "ns" && found && strings.TrimSuffix(uri, ">") == imdnNamespace {
			if prefix = strings.ToLower(strings.TrimSpace(name)); prefix != "" {
				prefix += "."
			}
		}
	}
	for _, h := range outer {
		switch h.name {
		case prefix + "message-id":
			content.id = h.value
		case prefix + "disposition-notification":
			content.wanted = strings.ToLower(h.value)
		}
	}
	content.body = rest
	if !content.described(outer) {
		if inner, text := cutHeaders(rest); len(inner) == 0 || content.described(inner) {
			content.body = text
		}
	}
	if content.kind == "" {
		content.kind = typeText
	}
	return content, len(outer) > 0
}

// described takes what headers say of a content; false where they say nothing, and may be text.
func (p *part) described(headers []header) (found bool) {
	for _, h := range headers {
		switch h.name {
		case "content-type":
			p.kind = h.value
		case "content-transfer-encoding":
			p.encoding = h.value
		}
		found = found || strings.HasPrefix(h.name, "content-")
	}
	return found
}

// header is one of a CPIM, its name in lower case.
type header struct{ name, value string }

// maxHeaders is how many headers of a CPIM are read at most.
const maxHeaders = 100

// cutHeaders reads headers until a blank line, and returns what follows it. What is no header is no part of them.
func cutHeaders(body []byte) (headers []header, rest []byte) {
	rest = body
	for len(headers) < maxHeaders {
		line, after, found := bytes.Cut(rest, []byte("\n"))
		text := strings.TrimSuffix(string(line), "\r")
		if text == "" && found {
			return headers, after
		}
		name, value, is := strings.Cut(text, ":")
		if !is || strings.ContainsAny(name, " \t") {
			return headers, rest
		}
		headers = append(headers, header{strings.ToLower(name), textproto.TrimString(value)})
		rest = after
		if !found {
			break
		}
	}
	return headers, rest
}
