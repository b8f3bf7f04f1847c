package sipua

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// textCame takes a MESSAGE outside of a dialog, or gives it to its dialog. One for a dialog that is not known is taken from the
// account's servers (RFC 3261, 12.2.2: the program may have begun anew), but not from a stranger, who guesses.
func (l *line) textCame(req *sip.Request, tx sip.ServerTransaction) {
	tag := tagOf(req.To())
	known := tag != "" && l.dialogs.find(dialogID{string(*req.CallID()), tag}) != nil
	if known || tag != "" && l.endpoint.isStranger(sourceOf(req)) {
		l.dialogs.Handle(req, tx)
		return
	}
	l.messaged(req, tx)
}

// messaged tells of a MESSAGE (RFC 3428), and answers what comes back. A retransmission is not told of: its transaction knows it
// until the answer is there, and repeats that.
func (l *line) messaged(req *sip.Request, tx sip.ServerTransaction) {
	if l.dialogs.isClosed() {
		l.dialogs.refuse(req, tx, sip.StatusTemporarilyUnavailable)
		return
	}
	if unknown := unknownExtensions(req); unknown != nil {
		l.dialogs.refuse(req, tx, sip.StatusBadExtension, unknown...)
		return
	}
	for _, h := range valuesOf(req, "Content-Encoding", "e") {
		if !strings.EqualFold(h, "identity") {
			l.dialogs.refuse(req, tx, sip.StatusUnsupportedMediaType)
			return
		}
	}
	in, ok := textOf(req)
	if !ok {
		l.endpoint.log.Debug("a note that says nothing, or cannot be read", "from", req.Source(), "length", len(req.Body()))
		l.takeText(req, tx, sip.StatusOK)
		return
	}
	if len(in.Text) > phone.MaxText {
		l.dialogs.refuse(req, tx, sip.StatusRequestEntityTooLarge)
		return
	}
	in.Account, in.Caller = l.id, callerOf(req)
	in.Answer = func(status int) { l.dialogs.aside(func() { l.takeText(req, tx, status) }) }
	l.inbox.Messaged(in)
}

// takeText sends the final answer to a MESSAGE.
func (l *line) takeText(req *sip.Request, tx sip.ServerTransaction, status int) {
	if status/100 != 2 {
		l.dialogs.refuse(req, tx, status)
		return
	}
	res := l.dialogs.response(req, status)
	res.AppendHeader(sip.NewHeader("Accept", textTypes))
	l.dialogs.grant(req, tx, res)
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
		in.Text = plain(content.body, content.param("charset"))
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
		if in.Type = content.media(); !names(in.Type) {
			in.Type = "application/octet-stream"
		}
	}
	if content.wanted != "" && names(content.id) {
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

// maxID is how long the name of a text may be, in bytes.
const maxID = 256

// names tells whether a name from the network can be one: of a text, or of a content type.
func names(id string) bool {
	return id != "" && len(id) <= maxID && utf8.ValidString(id) && !strings.ContainsFunc(id, unicode.IsControl)
}

// originOf names a text, whoever sends it again: by its own id, else by its request.
func originOf(req *sip.Request, id string) string {
	from := ""
	if f := req.From(); f != nil {
		from = f.Address.User + "@" + f.Address.Host
	}
	if id = strings.TrimSpace(id); names(id) {
		return "id:" + from + " " + id
	}
	return strings.Join([]string{"call:" + string(*req.CallID()), strconv.FormatUint(uint64(req.CSeq().SeqNo), 10), fromTagOf(req.From())}, " ")
}

// featuresOf returns what the sender of a message says that it takes; known is false where it says nothing.
func featuresOf(msg sip.Message) (f phone.TextFeatures, known bool) {
	types := valuesOf(msg, "Accept", "")
	for i, t := range types {
		types[i] = part{kind: t}.media()
	}
	return phone.TextFeatures{
		Notes: lists(types, typeCPIM) && lists(types, typeIMDN), Composing: lists(types, typeComposing),
	}, len(types) > 0
}
