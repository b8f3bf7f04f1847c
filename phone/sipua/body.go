package sipua

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"strings"

	"github.com/emiago/sipgo/sip"
)

const (
	typeSDP      = "application/sdp"
	acceptedType = "application/sdp, multipart/mixed, multipart/alternative, multipart/related"
	maxNesting   = 3 // of multipart bodies
)

var errNoSDP = errors.New("a body that is no SDP")

// sdpOf returns the SDP in a message's body, also where it is one part of several
// (RFC 5621); nil for no body. It fails for a body that means something else and must not be
// passed over.
func sdpOf(msg sip.Message) ([]byte, error) {
	body := msg.Body()
	if len(body) == 0 {
		return nil, nil
	}
	for _, h := range valuesOf(msg, "Content-Encoding", "e") {
		if !strings.EqualFold(h, "identity") {
			return nil, errNoSDP
		}
	}
	kind := ""
	if h := firstOf(msg, "Content-Type", "c"); h != nil {
		kind = h.Value()
	} else if bytes.HasPrefix(body, []byte("v=0")) {
		return body, nil
	}
	if sdp := sdpIn(kind, body, maxNesting); sdp != nil {
		return sdp, nil
	}
	if h := msg.GetHeaders("Content-Disposition"); len(h) > 0 && isOptional(h[0].Value()) {
		return nil, nil
	}
	return nil, errNoSDP
}

// sdpIn returns the SDP in a body of this Content-Type; nil where there is none.
func sdpIn(kind string, body []byte, depth int) []byte {
	media, params, err := mime.ParseMediaType(kind)
	if err != nil { // a parameter that cannot be read says nothing about the type
		media, _, _ = strings.Cut(strings.ToLower(kind), ";")
		media = strings.TrimSpace(media)
	}
	switch {
	case media == typeSDP:
		return body
	case !strings.HasPrefix(media, "multipart/") || depth == 0 || params["boundary"] == "":
		return nil
	}
	parts := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			return nil
		}
		inner, err := io.ReadAll(part)
		if err != nil {
			return nil
		}
		if sdp := sdpIn(partType(part.Header), inner, depth-1); sdp != nil {
			return sdp
		}
	}
}

func partType(header textproto.MIMEHeader) string {
	if kind := header.Get("Content-Type"); kind != "" {
		return kind
	}
	return header.Get("C")
}

// isOptional tells whether a Content-Disposition lets a body be passed over (RFC 3261, 20.11).
func isOptional(disposition string) bool {
	_, params, _ := strings.Cut(disposition, ";")
	return strings.EqualFold(paramOf(params, "handling"), "optional")
}

// setSDP puts SDP into a message; nil makes it empty.
func setSDP(msg sip.Message, sdp []byte) {
	if sdp != nil {
		kind := sip.ContentTypeHeader(typeSDP)
		msg.AppendHeader(&kind)
	}
	msg.SetBody(sdp)
}

// firstOf returns the first header of a name, long or compact; nil where there is none.
func firstOf(msg sip.Message, name, compact string) sip.Header {
	for _, n := range []string{name, compact} {
		if found := msg.GetHeaders(n); len(found) > 0 {
			return found[0]
		}
	}
	return nil
}

// valuesOf returns the values of a header that is a list of tokens, in all its
// lines, long or compact.
func valuesOf(msg sip.Message, name, compact string) []string {
	var values []string
	for _, n := range []string{name, compact} {
		if n == "" {
			continue
		}
		for _, header := range msg.GetHeaders(n) {
			for _, value := range strings.Split(header.Value(), ",") {
				if value = strings.TrimSpace(value); value != "" {
					values = append(values, value)
				}
			}
		}
	}
	return values
}

// lists tells whether a list of tokens holds one.
func lists(values []string, token string) bool {
	for _, v := range values {
		if strings.EqualFold(v, token) {
			return true
		}
	}
	return false
}
