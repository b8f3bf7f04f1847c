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

// messageOf returns a MESSAGE of this content type, with more header lines.
func messageOf(t testing.TB, kind, body string, lines ...string) *sip.Request {
	t.Helper()
	if kind != "" {
		lines = append(lines, "Content-Type: "+kind)
	}
	message := raw(append([]string{
		"MESSAGE sip:alice@example.test SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKx", "To: <sip:alice@example.test>",
		"From: <sip:bob@example.test>;tag=1", "Call-ID: c", "CSeq: 1 MESSAGE", "Content-Length: 0",
	}, lines...)...)
	msg, err := newParser().ParseSIP(tidied([]byte(message)))
	require.NoError(t, err)
	req := msg.(*sip.Request)
	req.SetBody([]byte(body))
	return req
}

func lines(l ...string) string { return strings.Join(l, "\r\n") }

// asked is a message/cpim around a text, but for what comes in place of its content.
func asked(content ...string) string {
	return lines(append([]string{
		`From: "Somebody: else" <sip:eve@example.test>`, "To: <sip:alice@example.test>", "DateTime: 2026-11-26T11:00:00Z",
		"NS: imdn <urn:ietf:params:imdn>", "imdn.Message-ID: m1", "imdn.Disposition-Notification: positive-delivery, display", "",
	}, content...)...)
}

var wanted = phone.IncomingText{Origin: "id:bob@example.test m1", MessageID: "m1", Features: phone.TextFeatures{Notes: true}}

// with returns w with a text.
func with(w phone.IncomingText, text string) phone.IncomingText {
	w.Text = text
	return w
}

const unnamed = "call:c 1 1"

func TestWhatTextsSay(t *testing.T) {
	plain := phone.IncomingText{Origin: unnamed}
	other := func(kind string) phone.IncomingText { return phone.IncomingText{Origin: unnamed, Type: kind} }
	for name, tc := range map[string]struct {
		kind, body string
		want       phone.IncomingText
	}{
		"plain":               {"text/plain", "hello", with(plain, "hello")},
		"no type":             {"", "hello", with(plain, "hello")},
		"nothing":             {"text/plain", "", plain},
		"a type in capitals":  {"TEXT/Plain ; CHARSET=\"utf-8\"", "grüß", with(plain, "grüß")},
		"line ends":           {"text/plain", "a\r\nb\rc\nd\te", with(plain, "a\nb\nc\nd\te")},
		"control characters":  {"text/plain", "a\x00\x07\x1b[31m\x7f\u0085b", with(plain, "a[31mb")},
		"right to left":       {"text/plain", "\u202bשלום\u202c مرحبا\u200f", with(plain, "\u202bשלום\u202c مرحبا\u200f")},
		"joiners":             {"text/plain", "👩‍👩‍👧 🏳️‍🌈", with(plain, "👩‍👩‍👧 🏳️‍🌈")},
		"HTML":                {"text/html", "<b>hello</b>", other("text/html")},
		"a picture":           {"image/png;name=x", "\x89PNG", other("image/png")},
		"an application's":    {"Application/X-Thing", "?", other("application/x-thing")},
		"no boundary":         {"multipart/mixed", "--x\r\n\r\nhello\r\n--x--", other("multipart/mixed")},
		"no parts":            {"multipart/mixed;boundary=x", "hello", other("multipart/mixed")},
		"parts":               {"multipart/mixed;boundary=x", "--x\r\nContent-Type: image/png\r\n\r\n?\r\n--x\r\nContent-Type: text/plain;charset=latin1\r\n\r\ngr\xfc\xdf\r\n--x--", with(plain, "grüß")},
		"a part of no type":   {"multipart/mixed;boundary=x", "--x\r\n\r\nhello\r\n--x--", with(plain, "hello")},
		"parts of no end":     {"multipart/mixed;boundary=x", "--x\r\nContent-Type: text/plain\r\n\r\nhello", with(plain, "hello")},
		"choices":             {"multipart/alternative;boundary=x", "--x\r\nContent-Type: text/html\r\n\r\n<b>a</b>\r\n--x\r\nContent-Type: text/plain\r\n\r\na\r\n--x--", with(plain, "a")},
		"no choice":           {"multipart/alternative;boundary=x", "--x\r\nContent-Type: text/html\r\n\r\n<b>a</b>\r\n--x--", other("text/html")},
		"base64":              {"multipart/mixed;boundary=x", "--x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\naGVs\r\nbG8=\r\n--x--", with(plain, "hello")},
		"quoted":              {"multipart/mixed;boundary=x", "--x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ngr=C3=BC=\r\n=C3=9F\r\n--x--", with(plain, "grüß")},
		"base64 that is none": {"multipart/mixed;boundary=x", "--x\r\nContent-Transfer-Encoding: base64\r\n\r\n!hello!\r\n--x--", with(plain, "!hello!")},
	} {
		t.Run(name, func(t *testing.T) {
			in, ok := textOf(messageOf(t, tc.kind, tc.body))
			require.True(t, ok)
			require.Equal(t, tc.want, in)
		})
	}
}

func TestWhatIsInACPIM(t *testing.T) {
	bare := phone.IncomingText{Origin: unnamed}
	note := phone.IncomingText{Kind: phone.KindNote, Origin: "id:bob@example.test m1", MessageID: "t1", Note: phone.TextDelivered}
	for name, tc := range map[string]struct {
		body string
		want phone.IncomingText
	}{
		"a text":             {asked("Content-Type: text/plain; charset=iso-8859-1", "Content-Length: 4", "", "gr\xfc\xdf"), with(wanted, "grüß")},
		"bare line ends":     {strings.ReplaceAll(asked("Content-Type: text/plain", "", "a", "b"), "\r", ""), with(wanted, "a\nb")},
		"blank lines first":  {"\r\n\r\n" + asked("Content-Type: text/plain", "", "hello"), with(wanted, "hello")},
		"one block":          {strings.Replace(asked("Content-Type: text/plain", "", "hello"), "\r\n\r\n", "\r\n", 1), with(wanted, "hello")},
		"no content type":    {asked("Content-Length: 5", "", "hello"), with(wanted, "hello")},
		"no content headers": {asked("hello: there", "", "you"), with(wanted, "hello: there\n\nyou")},
		"headers alone":      {asked(), with(wanted, "")},
		"no headers":         {"hello", with(bare, "hello")},
		"parts": {
			asked("Content-Type: multipart/mixed;boundary=x", "", "--x", "Content-Type: text/html", "", "<b>", "--x", "Content-Type: text/plain", "", "hello", "--x--"),
			with(wanted, "hello"),
		},
		"base64": {asked("Content-Type: text/plain", "Content-Transfer-Encoding: base64", "", "aGVsbG8="), with(wanted, "hello")},
		"another prefix": {
			lines("NS: x <urn:ietf:params:imdn>", "x.message-id: m1", "x.Disposition-Notification: positive-delivery", "", "Content-Type: text/plain", "", "hello"),
			with(wanted, "hello"),
		},
		"no prefix": {
			lines("NS: <urn:ietf:params:imdn>", "Message-ID: m1", "Disposition-Notification: positive-delivery", "", "Content-Type: text/plain", "", "hello"),
			with(wanted, "hello"),
		},
		"only failures wanted": {
			lines("imdn.Message-ID: m1", "imdn.Disposition-Notification: negative-delivery", "", "Content-Type: text/plain", "", "hello"),
			phone.IncomingText{Origin: wanted.Origin, Text: "hello", Features: wanted.Features},
		},
		"a note": {
			lines("NS: imdn <urn:ietf:params:imdn>", "imdn.Message-ID: m1", "", "Content-Type: message/imdn+xml", "Content-Disposition: notification", "",
				"<imdn><message-id>t1</message-id><delivery-notification><status><delivered/></status></delivery-notification></imdn>"),
			note,
		},
		"a picture": {asked("Content-Type: image/png", "", "?"), func() phone.IncomingText { w := wanted; w.Type = "image/png"; return w }()},
	} {
		t.Run(name, func(t *testing.T) {
			in, ok := textOf(messageOf(t, "message/cpim", tc.body))
			require.True(t, ok)
			require.Equal(t, tc.want, in)
		})
	}
	deep := asked("Content-Type: message/cpim", "", asked("Content-Type: message/cpim", "", asked("Content-Type: message/cpim", "", asked("Content-Type: text/plain", "", "deep"))))
	in, ok := textOf(messageOf(t, "message/cpim", deep))
	require.True(t, ok)
	require.Equal(t, "message/cpim", in.Type)
}

func TestWhoNamesAText(t *testing.T) {
	for name, tc := range map[string]struct {
		line   string
		origin string
	}{
		"its id":   {"X-Message-ID:  m7 ", "id:bob@example.test m7"},
		"none":     {"X-Other: m7", unnamed},
		"empty":    {"X-Message-ID: ", unnamed},
		"too long": {"X-Message-ID: " + strings.Repeat("m", maxID+1), unnamed},
	} {
		t.Run(name, func(t *testing.T) {
			in, _ := textOf(messageOf(t, "text/plain", "hello", tc.line))
			require.Equal(t, tc.origin, in.Origin)
		})
	}
}

func TestTextsOfMachines(t *testing.T) {
	for line, want := range map[string]bool{
		"Auto-Submitted: auto-generated": true, "Auto-Submitted: auto-replied; x=y": true, "Auto-Submitted: No": false, "X: y": false,
	} {
		in, _ := textOf(messageOf(t, "text/plain", "hello", line))
		require.Equal(t, want, in.Automatic, line)
	}
}

func TestCharsets(t *testing.T) {
	for charset, tc := range map[string][2]string{
		"":             {"\xef\xbb\xbfgrüß \xff", "grüß \uFFFD"},
		"utf-8":        {"grüß", "grüß"},
		"US-ASCII":     {"gr\xfc", "gr\uFFFD"},
		"iso-8859-1":   {"gr\xfc\xdf", "grüß"},
		"ISO-8859-15":  {"5 \xa4", "5 €"},
		"windows-1252": {"5 \x80", "5 €"},
		"windows-1251": {"\xef\xf0\xe8\xe2\xe5\xf2", "привет"},
		"koi8-r":       {"\xd0\xd2\xc9", "при"},
		"shift_jis":    {"\x93\xfa", "日"},
		"utf-16":       {"\x00g\x00r\x00\xfc", "grü"},
		"UTF-16LE":     {"g\x00r\x00\xfc\x00", "grü"},
		"utf-16be":     {"\x00g\xd8\x3d\xdc\x4b\xd8\x3d", "g👋\uFFFD"},
		"hz-gb-2312":   {"hello", "hello"},
		"martian":      {"gr\xc3\xbc\xff", "grü\uFFFD"},
	} {
		require.Equal(t, tc[1], plain([]byte(tc[0]), charset), charset)
	}
	require.Equal(t, "grü", plain([]byte("\xff\xfeg\x00r\x00\xfc\x00"), "utf-16"), "it says itself which way")
}

func TestNotesThatCome(t *testing.T) {
	note := func(kind, status string) string {
		return `<?xml version="1.0" encoding="UTF-8"?><imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id> t1 </message-id><datetime>x</datetime>` +
			"<" + kind + "-notification><status><" + status + "/></status></" + kind + "-notification></imdn>"
	}
	for body, want := range map[string]phone.TextState{
		note("delivery", "delivered"): phone.TextDelivered, note("display", "displayed"): phone.TextDelivered,
		note("delivery", "failed"): phone.TextFailed, note("delivery", "forbidden"): phone.TextFailed, note("delivery", "error"): phone.TextFailed,
		note("processing", "processed"): "", note("processing", "stored"): "", note("display", "forbidden"): "", note("display", "error"): "",
		strings.Replace(note("delivery", "delivered"), " t1 ", " ", 1):                                                                                            "",
		strings.Replace(note("delivery", "delivered"), "t1", strings.Repeat("t", maxID+1), 1):                                                                     "",
		strings.Replace(note("delivery", "delivered"), "x<", strings.Repeat("x", maxXML)+"<", 1):                                                                  "",
		"<!DOCTYPE imdn [<!ENTITY e 't1'>]><imdn><message-id>&e;</message-id><delivery-notification><status><delivered/></status></delivery-notification></imdn>": "",
		strings.Repeat("<imdn>", 1000): "", "": "", "delivered": "", "<other/>": "",
	} {
		id, state, ok := readNote([]byte(body))
		require.Equal(t, want, state, "%.200s", body)
		require.Equal(t, want != "", ok)
		require.Equal(t, ok, id == "t1")
	}
}

func TestTypingThatComes(t *testing.T) {
	for inside, want := range map[string]struct {
		active  bool
		refresh time.Duration
	}{
		"<state>active</state>":                               {true, 120 * time.Second},
		"<state> active </state><refresh> 60 </refresh>":      {true, 60 * time.Second},
		"<state>active</state><refresh>1</refresh>":           {true, 10 * time.Second},
		"<state>active</state><refresh>99999999999</refresh>": {true, 10 * time.Minute},
		"<state>active</state><refresh>86400</refresh>":       {true, 10 * time.Minute},
		"<state>active</state><refresh>soon</refresh>":        {true, 120 * time.Second},
		"<state>active</state><refresh>-5</refresh>":          {true, 120 * time.Second},
		"<state>idle</state>":                                 {false, 120 * time.Second},
		"<state>asleep</state>":                               {false, 120 * time.Second},
	} {
		active, refresh, ok := readComposing([]byte(`<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing">` + inside + "</isComposing>"))
		require.True(t, ok, inside)
		require.Equal(t, want.active, active, inside)
		require.Equal(t, want.refresh, refresh, inside)
	}
	for _, body := range []string{"", "active", "<state>active</state>", "<isComposing>", "<isComposing/>", "<isComposing>" + strings.Repeat(" ", maxXML) + "</isComposing>"} {
		_, _, ok := readComposing([]byte(body))
		require.False(t, ok, "%.50s", body)
	}
}

// Whatever a MESSAGE holds, what comes of it can be shown and kept.
func FuzzText(f *testing.F) {
	f.Add("text/plain;charset=utf-16", "\xff\xfeg\x00", "m1")
	f.Add("message/cpim", asked("Content-Type: multipart/mixed;boundary=x", "", "--x", "", "hello"), "")
	f.Add("multipart/mixed;boundary=x", "--x\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--x--", "\x00")
	f.Add("message/imdn+xml", "<imdn><message-id>t1</message-id><delivery-notification><status><failed/></status></delivery-notification></imdn>", "")
	f.Add("application/im-iscomposing+xml", "<isComposing><state>active</state><refresh>60</refresh></isComposing>", "")
	f.Add(";;=", "", "")
	f.Fuzz(func(t *testing.T, kind, body, id string) {
		req := messageOf(t, "", body)
		req.AppendHeader(sip.NewHeader("Content-Type", kind))
		req.AppendHeader(sip.NewHeader(messageIDHeader, id))
		in, ok := textOf(req)
		require.NotEmpty(t, in.Origin)
		for _, name := range []string{in.MessageID, in.Type} {
			require.True(t, name == "" || names(name), "%q", name)
		}
		require.True(t, utf8.ValidString(in.Text))
		require.Equal(t, -1, strings.IndexFunc(in.Text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }))
		switch in.Kind {
		case phone.KindNote:
			require.True(t, !ok || in.MessageID != "" && (in.Note == phone.TextDelivered || in.Note == phone.TextFailed))
		case phone.KindComposing:
			require.True(t, !ok || in.Refresh >= minRefresh && in.Refresh <= maxRefresh)
		default:
			require.True(t, ok)
			require.True(t, in.Text == "" || in.Type == "")
		}
	})
}

// Nothing of a text is lost, however its message/cpim is written.
func FuzzCPIM(f *testing.F) {
	f.Add(asked("Content-Type: text/plain", "", "hello"))
	f.Add("NS: <urn:ietf:params:imdn>\nMessage-ID: x\n\nhello")
	f.Add("a:\n\n\nb:c")
	f.Fuzz(func(t *testing.T, body string) {
		content, ok := readCPIM([]byte(body))
		require.True(t, strings.HasSuffix(body, string(content.body)))
		require.NotEmpty(t, content.kind)
		if !ok {
			require.Empty(t, content.id)
		}
	})
}

func FuzzNote(f *testing.F) {
	f.Add([]byte("<imdn><message-id>t1</message-id><delivery-notification><status><delivered/></status></delivery-notification></imdn>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		id, state, ok := readNote(body)
		require.Equal(t, ok, id != "")
		require.Equal(t, ok, state != "")
	})
}

func FuzzComposing(f *testing.F) {
	f.Add([]byte("<isComposing><state>active</state><refresh>60</refresh></isComposing>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		_, refresh, ok := readComposing(body)
		require.Equal(t, ok, refresh >= minRefresh && refresh <= maxRefresh)
	})
}
