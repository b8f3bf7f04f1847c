package sipua

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// statusTooLarge refuses a body that is longer than is read.
const statusTooLarge = sip.StatusRequestEntityTooLarge

// messaged tells of a MESSAGE (RFC 3428), in a dialog or not, and answers what comes back. A retransmission is not told of: its
// transaction knows it until the answer is there, and repeats that.
func (l *line) messaged(req *sip.Request, tx sip.ServerTransaction) {
	if l.dialogs.isClosed() {
		l.dialogs.refuse(req, tx, sip.StatusTemporarilyUnavailable)
		return
	}
	for _, h := range valuesOf(req, "Content-Encoding", "e") {
		if !strings.EqualFold(h, "identity") {
			l.dialogs.refuse(req, tx, sip.StatusUnsupportedMediaType)
			return
		}
	}
	in, ok := textOf(req)
	if !ok { // a note that says nothing, or nothing that can be read
		l.takeText(req, tx, sip.StatusOK)
		return
	}
	if len(in.Text) > phone.MaxText {
		l.dialogs.refuse(req, tx, statusTooLarge)
		return
	}
	in.Account, in.Caller = l.id, callerOf(req)
	in.Answer = func(status int) { l.dialogs.aside(func() { l.takeText(req, tx, status) }) }
	l.inbox.Messaged(in)
}

// takeText sends the final answer to a MESSAGE.
func (l *line) takeText(req *sip.Request, tx sip.ServerTransaction, status int) {
	switch {
	case status == sip.StatusMethodNotAllowed:
		l.dialogs.refuseMethod(req, tx)
	case status/100 == 2:
		res := l.dialogs.response(req, status)
		res.AppendHeader(sip.NewHeader("Accept", textTypes))
		l.dialogs.grant(req, tx, res)
	default:
		l.dialogs.refuse(req, tx, status)
	}
}

// textOf reads what a MESSAGE says; ok is false for a note that says nothing that can be read.
func textOf(req *sip.Request) (in phone.IncomingText, ok bool) {
	content := part{body: req.Body(), kind: typeText}
	if h := firstOf(req, "Content-Type", "c"); h != nil {
		content.kind = h.Value()
	}
	content = content.opened(maxNesting)
	in.Features, _ = featuresOf(req)
	in.Automatic = isAutomatic(req)
	id := content.id
	if h := req.GetHeader(messageIDHeader); h != nil {
		id = h.Value()
	}
	in.Origin = originOf(req, id)
	switch content.media() {
	case typeText, "":
		in.Text = plain(content.body, content.charset())
	case typeIMDN:
		in.Kind = phone.KindNote
		in.MessageID, in.Note, ok = readNote(content.body)
		return in, ok
	case typeComposing:
		in.Kind = phone.KindComposing
		in.Composing, in.Refresh, ok = readComposing(content.body)
		in.Features.Composing = true
		return in, ok
	default:
		in.Type = content.media()
	}
	if content.wanted != "" && content.id != "" {
		in.Features.Notes = true
		if lists(strings.FieldsFunc(content.wanted, func(r rune) bool { return r == ',' || r == ' ' }), "positive-delivery") {
			in.MessageID = content.id
		}
	}
	return in, true
}

// isAutomatic tells whether a machine wrote a text, as it says itself.
func isAutomatic(req *sip.Request) bool {
	h := req.GetHeader("Auto-Submitted")
	return h != nil && !strings.EqualFold(strings.TrimSpace(h.Value()), "no")
}

// maxID is how long the name of a text may be.
const maxID = 256

// originOf names a text, whoever sends it again: by its own id, else by its request.
func originOf(req *sip.Request, id string) string {
	from := ""
	if f := req.From(); f != nil {
		from = f.Address.User + "@" + f.Address.Host
	}
	if id = strings.TrimSpace(id); id != "" && len(id) <= maxID {
		return "id:" + from + " " + id
	}
	return strings.Join([]string{"call:" + string(*req.CallID()), strconv.FormatUint(uint64(req.CSeq().SeqNo), 10), fromTagOf(req.From())}, " ")
}

// featuresOf returns what the sender of a message says that it takes; known is false where it says nothing.
func featuresOf(msg sip.Message) (f phone.TextFeatures, known bool) {
	types := valuesOf(msg, "Accept", "")
	return phone.TextFeatures{
		Notes: lists(types, typeCPIM) && lists(types, typeIMDN), Composing: lists(types, typeComposing),
	}, len(types) > 0
}

// part is a body, or a part of one, with what a message/cpim around it says.
type part struct {
	kind       string
	body       []byte
	id, wanted string
}

// media is the content type without parameters, in lower case.
func (p part) media() string {
	media, _, _ := strings.Cut(p.kind, ";")
	return strings.ToLower(strings.TrimSpace(media))
}

func (p part) charset() string {
	_, params, err := mime.ParseMediaType(p.kind)
	if err != nil {
		_, rest, _ := strings.Cut(p.kind, ";")
		return paramOf(rest, "charset")
	}
	return params["charset"]
}

// opened returns the first text in what may be a message/cpim, or several parts; what holds none is returned as it is.
func (p part) opened(depth int) part {
	switch media := p.media(); {
	case depth == 0:
		return p
	case media == typeCPIM:
		c, ok := readCPIM(p.body)
		if !ok {
			return part{kind: typeText, body: p.body}
		}
		inner := part(c).opened(depth - 1)
		if inner.id == "" {
			inner.id, inner.wanted = c.id, c.wanted
		}
		return inner
	case !strings.HasPrefix(media, "multipart/"):
		return p
	}
	_, params, err := mime.ParseMediaType(p.kind)
	if err != nil || params["boundary"] == "" {
		return p
	}
	var first *part
	parts := multipart.NewReader(bytes.NewReader(p.body), params["boundary"])
	for {
		next, err := parts.NextPart()
		if err != nil {
			break
		}
		body, err := io.ReadAll(next)
		if err != nil {
			break
		}
		inner := part{kind: textType(next.Header), body: body, id: p.id, wanted: p.wanted}.opened(depth - 1)
		if inner.media() == typeText {
			return inner
		}
		if first == nil {
			first = &inner
		}
	}
	if first != nil {
		return *first
	}
	return p
}

func textType(header textproto.MIMEHeader) string {
	if kind := partType(header); kind != "" {
		return kind
	}
	return typeText
}
