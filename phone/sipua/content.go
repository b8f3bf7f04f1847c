package sipua

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strings"
)

// part is a body, or a part of one.
type part struct {
	// kind is the content type, encoding the Content-Transfer-Encoding; both as written.
	kind, encoding string
	body           []byte
	// id is the imdn.Message-ID of the message/cpim around it, wanted what delivery notes that asks for.
	id, wanted string
}

// media is the content type without parameters, in lower case.
func (p part) media() string {
	media, _, _ := strings.Cut(p.kind, ";")
	return strings.ToLower(strings.TrimSpace(media))
}

// param is a parameter of the content type, also where another one of them cannot be read; "" where there is none.
func (p part) param(name string) string {
	if _, params, err := mime.ParseMediaType(p.kind); err == nil {
		return params[name]
	}
	_, rest, _ := strings.Cut(p.kind, ";")
	return paramOf(rest, name)
}

// opened returns the first text in what may be a message/cpim, or several parts, at most depth in each other; what holds none is
// returned as it is.
func (p part) opened(depth int) part {
	p = p.decoded()
	media := p.media()
	switch {
	case depth > 0 && media == typeCPIM:
		return p.unwrapped(depth - 1)
	case depth > 0 && strings.HasPrefix(media, "multipart/") && p.param("boundary") != "":
		return p.first(depth - 1)
	}
	return p
}

// unwrapped returns what is in a message/cpim.
func (p part) unwrapped(depth int) part {
	inner, ok := readCPIM(p.body)
	if !ok {
		return part{kind: typeText, body: p.body, id: p.id, wanted: p.wanted}
	}
	if inner.id == "" {
		inner.id, inner.wanted = p.id, p.wanted
	}
	return inner.opened(depth)
}

// first returns the first text of several parts, else the first part.
func (p part) first(depth int) part {
	var first *part
	parts := multipart.NewReader(bytes.NewReader(p.body), p.param("boundary"))
	for {
		next, err := parts.NextRawPart()
		if err != nil {
			break
		}
		body, err := io.ReadAll(next)
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) { // the last boundary may be missing
			break
		}
		inner := part{kind: partType(next.Header), encoding: next.Header.Get("Content-Transfer-Encoding"), body: body, id: p.id, wanted: p.wanted}
		if inner.kind == "" {
			inner.kind = typeText
		}
		if inner = inner.opened(depth); inner.media() == typeText {
			return inner
		}
		if first == nil {
			first = &inner
		}
	}
	if first == nil {
		return p
	}
	return *first
}

// decoded undoes a Content-Transfer-Encoding (RFC 2045, 6); what it cannot undo stays as it is.
func (p part) decoded() part {
	var from io.Reader
	switch strings.ToLower(strings.TrimSpace(p.encoding)) {
	case "base64":
		from = base64.NewDecoder(base64.StdEncoding, bytes.NewReader(p.body))
	case "quoted-printable":
		from = quotedprintable.NewReader(bytes.NewReader(p.body))
	default:
		return p
	}
	p.encoding = ""
	if body, err := io.ReadAll(from); err == nil {
		p.body = body
	}
	return p
}
