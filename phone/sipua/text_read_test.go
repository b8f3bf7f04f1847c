package sipua

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// messageWith is a MESSAGE with a body and more headers, "Name: value" each.
func messageWith(kind, body string, headers ...string) *sip.Request {
	req := sip.NewRequest(sip.MESSAGE, sip.Uri{Scheme: "sip", User: "alice", Host: "example.test"})
	from := sip.FromHeader{Address: sip.Uri{Scheme: "sip", User: "bob", Host: "example.test"}}
	from.Params.Add("tag", "ft")
	req.AppendHeader(&from)
	callID := sip.CallIDHeader("cid")
	req.AppendHeader(&callID)
	req.AppendHeader(&sip.CSeqHeader{SeqNo: 7, MethodName: sip.MESSAGE})
	if kind != "" {
		req.AppendHeader(sip.NewHeader("Content-Type", kind))
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.AppendHeader(sip.NewHeader(name, value))
	}
	req.SetBody([]byte(body))
	return req
}

const (
	wrapped = "From: <sip:somebody@else.test>\r\nTo: <sip:alice@example.test>\r\nNS: imdn <urn:ietf:params:imdn>\r\n" +
		"imdn.Message-ID: m1\r\nimdn.Disposition-Notification: positive-delivery, negative-delivery\r\n\r\n"
	inner = "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 5\r\n\r\nHello"
	note  = `<?xml version="1.0"?><imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>m1</message-id><datetime>2026-01-01T00:00:00Z</datetime>`
)

func TestBodiesOfTexts(t *testing.T) {
	for name, test := range map[string]struct{ kind, body, text, unread string }{
		"plain":                       {"text/plain", "Hello", "Hello", ""},
		"no content type":             {"", "Hello", "Hello", ""},
		"nothing":                     {"text/plain", "", "", ""},
		"lines":                       {"text/plain", "a\r\nb\rc\nd\te", "a\nb\nc\nd\te", ""},
		"control characters":          {"text/plain", "a\x00b\x07c\x1b[31md\u0085e", "abc[31mde", ""},
		"right to left, joiners":      {"text/plain;charset=utf-8", "שלום \u200f👩‍👩‍👧", "שלום \u200f👩‍👩‍👧", ""},
		"a byte that is none":         {"text/plain", "a\xffb", "a\uFFFDb", ""},
		"Latin 1":                     {"text/plain; charset=ISO-8859-1", "Gr\xfc\xdfe", "Grüße", ""},
		"Windows":                     {`text/plain; charset="windows-1252"`, "12 \x80", "12 €", ""},
		"UTF-16":                      {"text/plain;charset=utf-16be", "\x00H\x00i", "Hi", ""},
		"a charset that nobody knows": {"text/plain;charset=klingon", "Hello", "Hello", ""},
		"a content type in bits":      {"text/plain; charset", "Hello", "Hello", ""},
		"markup":                      {"text/html", "<b>Hello</b>", "", "text/html"},
		"a picture":                   {"Image/PNG", "\x89PNG", "", "image/png"},
		"wrapped":                     {"message/cpim", wrapped + inner, "Hello", ""},
		"wrapped, with bare newlines": {"Message/CPIM", strings.ReplaceAll(wrapped+inner, "\r\n", "\n"), "Hello", ""},
		"wrapped, in one block":       {"message/cpim", "From: <sip:x@y>\r\nContent-Type: text/plain\r\n\r\nHello", "Hello", ""},
		"wrapped, with no type":       {"message/cpim", "From: <sip:x@y>\r\n\r\n\r\nHello", "Hello", ""},
		"wrapped, in Latin 1":         {"message/cpim", "From: <sip:x@y>\r\n\r\nContent-Type: text/plain;charset=iso-8859-1\r\n\r\n\xfc", "ü", ""},
		"wrapped badly":               {"message/cpim", "Hello", "Hello", ""},
		"a wrapped picture":           {"message/cpim", "From: <sip:x@y>\r\n\r\nContent-Type: image/png\r\n\r\nx", "", "image/png"},
		"parts":                       {"multipart/mixed;boundary=b", "--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b--", "Hello", ""},
		"parts with no text":          {"multipart/mixed;boundary=b", "--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--", "", "image/png"},
		"parts with no boundary":      {"multipart/mixed", "Hello", "", "multipart/mixed"},
	} {
		t.Run(name, func(t *testing.T) {
			in, ok := textOf(messageWith(test.kind, test.body))
			require.True(t, ok)
			require.Equal(t, phone.KindText, in.Kind)
			require.Equal(t, test.text, in.Text)
			require.Equal(t, test.unread, in.Type)
		})
	}
}

func TestWhatElseATextSays(t *testing.T) {
	in, _ := textOf(messageWith("message/cpim", wrapped+inner))
	require.Equal(t, "m1", in.MessageID)
	require.True(t, in.Features.Notes)
	require.Equal(t, "id:bob@example.test m1", in.Origin)
	in, _ = textOf(messageWith("message/cpim", strings.Replace(wrapped, "imdn <", "note <", 1)+inner))
	require.Empty(t, in.MessageID, "imdn is no name of theirs")
	in, _ = textOf(messageWith("message/cpim", strings.Replace(wrapped, "positive-delivery, ", "", 1)+inner))
	require.Empty(t, in.MessageID, "it asks for no note that it was delivered")
	in, _ = textOf(messageWith("text/plain", "Hello", "X-Message-ID: x1", "Auto-Submitted: auto-generated"))
	require.Equal(t, "id:bob@example.test x1", in.Origin)
	require.True(t, in.Automatic)
	in, _ = textOf(messageWith("text/plain", "Hello", "Auto-Submitted: no", "Accept: text/plain, application/im-iscomposing+xml"))
	require.Equal(t, "call:cid 7 ft", in.Origin)
	require.False(t, in.Automatic)
	require.Equal(t, phone.TextFeatures{Composing: true}, in.Features)
}

func TestDeliveryNotesAreRead(t *testing.T) {
	end := "</imdn>"
	for body, state := range map[string]phone.TextState{
		note + "<delivery-notification><status><delivered/></status></delivery-notification>" + end:     phone.TextDelivered,
		note + "<display-notification><status><displayed/></status></display-notification>" + end:       phone.TextDelivered,
		note + "<delivery-notification><status><failed/></status></delivery-notification>" + end:        phone.TextFailed,
		note + "<delivery-notification><status><error/></status></delivery-notification>" + end:         phone.TextFailed,
		note + "<processing-notification><status><processed/></status></processing-notification>" + end: "",
		note: "", "": "", "<imdn/>": "", "not XML": "",
		note + strings.Repeat("<a>", maxXML) + end: "",
	} {
		for _, req := range []*sip.Request{
			messageWith("message/imdn+xml", body),
			messageWith("message/cpim", "From: <sip:x@y>\r\n\r\nContent-Type: message/imdn+xml\r\nContent-Disposition: notification\r\n\r\n"+body),
		} {
			in, ok := textOf(req)
			require.Equal(t, state != "", ok, body)
			require.Equal(t, state, in.Note)
			if ok {
				require.Equal(t, phone.KindNote, in.Kind)
				require.Equal(t, "m1", in.MessageID)
			}
		}
	}
}

func TestWhoTypesIsRead(t *testing.T) {
	for body, want := range map[string]phone.IncomingText{
		"<isComposing><state>active</state></isComposing>":                                 {Composing: true, Refresh: 2 * time.Minute},
		"<isComposing><state>active</state><refresh>60</refresh></isComposing>":            {Composing: true, Refresh: time.Minute},
		"<isComposing><state>active</state><refresh>1</refresh></isComposing>":             {Composing: true, Refresh: 10 * time.Second},
		"<isComposing><state> active </state><refresh>99999999999</refresh></isComposing>": {Composing: true, Refresh: 10 * time.Minute},
		"<isComposing><state>idle</state></isComposing>":                                   {Refresh: 2 * time.Minute},
	} {
		in, ok := textOf(messageWith("application/im-iscomposing+xml", body))
		require.True(t, ok, body)
		require.Equal(t, phone.KindComposing, in.Kind)
		require.Equal(t, want.Composing, in.Composing, body)
		require.Equal(t, want.Refresh, in.Refresh, body)
		require.True(t, in.Features.Composing)
	}
	for _, body := range []string{"", "x", "<other/>", "<isComposing><refresh>x</refresh></isComposing>"} {
		_, ok := textOf(messageWith("application/im-iscomposing+xml", body))
		require.False(t, ok, body)
	}
}

func FuzzTexts(f *testing.F) {
	f.Add("text/plain;charset=utf-16", []byte("H\x00"))
	f.Add("message/cpim", []byte(wrapped+inner))
	f.Add("multipart/mixed;boundary=b", []byte("--b\r\nContent-Type: message/cpim\r\n\r\nFrom: x\r\n\r\n\r\ny\r\n--b--"))
	f.Add("message/imdn+xml", []byte(note))
	f.Add("application/im-iscomposing+xml", []byte("<isComposing><state>active</state></isComposing>"))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		if strings.ContainsAny(kind, "\r\n") {
			return
		}
		in, ok := textOf(messageWith(kind, string(body)))
		if !ok {
			return
		}
		require.True(t, utf8.ValidString(in.Text))
		for _, r := range in.Text {
			require.False(t, unicode.IsControl(r) && r != '\n' && r != '\t', "%q", r)
		}
	})
}
