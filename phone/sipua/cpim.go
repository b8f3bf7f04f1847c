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
	utf8Text      = typeText + ";charset=UTF-8"
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
		return typeCPIM, e.wrap(to, t, "", "Content-Type: "+typeIMDN+"\r\nContent-Disposition: notification\r\n", noteBody(own.String(), t))
	case t.Notes:
		headers := "NS: imdn <" + imdnNamespace + ">\r\nimdn.Message-ID: " + t.MessageID + "\r\nimdn.Disposition-Notification: positive-delivery, negative-delivery\r\n"
		return typeCPIM, e.wrap(to, t, headers, "Content-Type: "+utf8Text+"\r\n", []byte(t.Body))
	}
	return utf8Text, []byte(t.Body)
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

// cpim is what a message/cpim holds.
type cpim struct {
	// kind is the content type of body.
	kind string
	body []byte
	// id is the imdn.Message-ID, wanted what delivery notes it asks for.
	id, wanted string
}

// readCPIM takes a message/cpim apart: headers of the message, a blank line, those of its content, a blank line, and that.
// Some leave the first blank line out. ok is false for what is none.
func readCPIM(body []byte) (c cpim, ok bool) {
	namespace := "imdn"
	outer, rest := cutHeaders(body)
	for _, h := range outer {
		if name, uri, found := strings.Cut(h.value, "<"); h.name == "ns" && found && strings.TrimSuffix(uri, ">") == imdnNamespace {
			namespace = strings.ToLower(strings.TrimSpace(name))
		}
	}
	for _, h := range outer {
		switch h.name {
		case namespace + ".message-id":
			c.id = h.value
		case namespace + ".disposition-notification":
			c.wanted = strings.ToLower(h.value)
		case "content-type":
			c.kind = h.value
		}
	}
	if c.kind != "" { // there were no two parts
		c.body = rest
		return c, true
	}
	inner, content := cutHeaders(rest)
	for _, h := range inner {
		if h.name == "content-type" {
			c.kind = h.value
		}
	}
	if c.kind == "" {
		c.kind = typeText
	}
	c.body = content
	return c, len(outer) > 0
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
