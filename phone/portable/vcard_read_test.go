package portable_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/unicode"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/portable"
)

// read reads vCards and fails the test at an error.
func read(t require.TestingT, file string) (contacts []phone.Contact, lines []int, skipped []phone.Skipped) {
	err := portable.ReadVCards(strings.NewReader(file), func(line int, c phone.Contact) error {
		contacts, lines = append(contacts, c), append(lines, line)
		return nil
	}, func(s phone.Skipped) { skipped = append(skipped, s) })
	require.NoError(t, err)
	return contacts, lines, skipped
}

// card puts lines between the beginning and end of a vCard.
func card(version string, lines ...string) string {
	return "BEGIN:VCARD\r\nVERSION:" + version + "\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCARD\r\n"
}

func numbers(labelsAndTexts ...string) []phone.ContactNumber {
	var list []phone.ContactNumber
	for i := 0; i < len(labelsAndTexts); i += 2 {
		list = append(list, phone.ContactNumber{Label: labelsAndTexts[i], Text: labelsAndTexts[i+1]})
	}
	return list
}

const png = "\x89PNG\r\n\x1a\npixels"

func TestCardsAsProgramsWriteThem(t *testing.T) {
	picture := base64.StdEncoding.EncodeToString([]byte(png))
	for _, tt := range []struct {
		name, file string
		want       phone.Contact
	}{
		{
			"Outlook, 2.1", card(
				"2.1", "N;LANGUAGE=de;CHARSET=Windows-1252:M\xfcller;J\xf6rg;;Dr.", "FN;CHARSET=Windows-1252:Dr. J\xf6rg M\xfcller", "ORG:Acme GmbH;Einkauf",
				"TEL;WORK;VOICE:+49 (30) 1234-0", "TEL;CELL;VOICE:0171 1234567", "TEL;WORK;FAX:+49 (30) 1234-99",
				"ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Hauptstra=", "=DFe 1;Berlin;;10115;Germany", "LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Hauptstra=DFe 1=0D=0A=", "10115 Berlin",
				"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:Zeile eins=0D=0A=", "=C3=84rger, zwei=0D=0A=", "",
				"PHOTO;TYPE=JPEG;ENCODING=BASE64:", " "+picture[:8], " "+picture[8:], "", "X-MS-OL-DEFAULT-POSTAL-ADDRESS:2", "REV:20240101T000000Z",
			),
			phone.Contact{
				Name: "Dr. Jörg Müller", Company: "Acme GmbH, Einkauf", Note: "Zeile eins\nÄrger, zwei", Picture: []byte(png),
				Numbers: numbers("work", "+49 (30) 1234-0", "mobile", "0171 1234567", "fax", "+49 (30) 1234-99"),
			},
		},
		{
			"an old phone, 2.1: quoted names, base64 that is not indented, an agent within", card(
				"2.1", "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C5=BDi=C5=BEek;Jan;;;", "AGENT:", "BEGIN:VCARD", "VERSION:2.1", "N:Not;Me", "TEL;HOME:666", "END:VCARD",
				"TEL;PAGER:12", "TEL;HOME:34", "PHOTO;GIF;BASE64:", base64.StdEncoding.EncodeToString([]byte("GIF89a12"))[:4], base64.StdEncoding.EncodeToString([]byte("GIF89a12"))[4:], "", "TEL:56",
			),
			phone.Contact{Name: "Jan Žižek", Picture: []byte("GIF89a12"), Numbers: numbers("pager", "12", "home", "34", "", "56")},
		},
		{
			"2.1 folded between words; ISO-8859-1", card("2.1", "FN;CHARSET=ISO-8859-1:Jos\xe9", " Garc\xeda", "TEL;X-Doorbell:1"),
			phone.Contact{Name: "José García", Numbers: numbers("", "1")},
		},
		{
			"iPhone, 3.0", card(
				"3.0", "PRODID:-//Apple Inc.//iPhone OS 17.0//EN", "N:Appleseed;John;Q.;;Jr.", "FN:John Q. Appleseed\\, Jr.", "ORG:Acme\\; Sons;", "EMAIL;type=INTERNET;type=HOME:j@example.com",
				"item1.TEL:(555) 010-0001", "item1.X-ABLabel:_$!<Mobile>!$_", "item2.TEL;type=pref:(555) 010-0002", "item2.X-ABLabel:Boat\\, small", "TEL;type=HOME;type=FAX:(555) 010-0003",
				"TEL;type=IPHONE;type=CELL;type=VOICE:(555) 010-0004", "TEL;type=MAIN:(555) 010-0005", "TEL;type=OTHER;type=VOICE:(555) 010-0006",
				"item3.IMPP;X-SERVICE-TYPE=SIP;type=WORK:sip:john@pbx.example;transport=tcp", "item4.URL:http\\://example.com", "NOTE:One\\nTwo\\NThree \\\\ C:\\dir",
				"PHOTO;ENCODING=b;TYPE=JPEG:"+picture[:10], "  "+picture[10:20], " "+picture[20:], "X-ABADR:us",
			),
			phone.Contact{
				Name: "John Q. Appleseed, Jr.", Company: "Acme; Sons", Note: "One\nTwo\nThree \\ C:\\dir", Picture: []byte(png),
				Numbers: numbers("mobile", "(555) 010-0001", "Boat, small", "(555) 010-0002", "fax", "(555) 010-0003", "mobile", "(555) 010-0004",
					"main", "(555) 010-0005", "other", "(555) 010-0006", "SIP", "sip:john@pbx.example;transport=tcp"),
			},
		},
		{
			"a company of Apple's", card("3.0", "N:;;;;", "FN:Acme", "ORG:Acme;", "X-ABShowAs:COMPANY", "TEL:1"),
			phone.Contact{Company: "Acme", Numbers: numbers("", "1")},
		},
		{
			"Google, 3.0", card("3.0", "FN:Zoë Ångström", "N:Ångström;Zoë;;;", "TEL;TYPE=CELL:+44 7700 900123", "TEL;TYPE=WORK,VOICE:020 7946 0018", "CATEGORIES:myContacts", "PHOTO:https://lh3.example/photo.jpg"),
			phone.Contact{Name: "Zoë Ångström", Numbers: numbers("mobile", "+44 7700 900123", "work", "020 7946 0018")},
		},
		{
			"Nextcloud, 4.0", card(
				"4.0", "PRODID:-//Sabre//Sabre VObject 4.5.4//EN", "UID:3f1", "FN:Eve", "NICKNAME:Evie", `TEL;PREF=1;VALUE=uri;TYPE="voice,home":tel:+1-555-555-5555;ext=5555`, `TEL;TYPE="cell";X-A="a:b;c":+1 555`,
				"IMPP:xmpp:eve@example.com", "X-SIP:eve@pbx.example", "IMPP:sip:eve@pbx.example", "URL:SIPS:eve@tls.example", "PHOTO:data:image/png;base64\\,"+picture,
			),
			phone.Contact{
				Name: "Eve", Picture: []byte(png),
				Numbers: numbers("home", "tel:+1-555-555-5555;ext=5555", "mobile", "+1 555", "SIP", "eve@pbx.example", "SIP", "SIPS:eve@tls.example"),
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, lines, skipped := read(t, tt.file)
			require.Empty(t, skipped)
			require.Equal(t, []phone.Contact{tt.want}, got)
			require.Equal(t, []int{1}, lines)
		})
	}
}

func TestCardsOfWhichSomethingIsMissingOrWrong(t *testing.T) {
	picture := base64.StdEncoding.EncodeToString([]byte(png))
	for _, tt := range []struct {
		name, file string
		want       phone.Contact
	}{
		{"no FN, a name in parts", card("3.0", "N:Doe;Jane;Maria;Dr.;MD", "ORG:X"), phone.Contact{Name: "Dr. Jane Maria Doe MD", Company: "X"}},
		{"neither, a company", card("3.0", "FN:", "N:;;;;", "ORG:Acme;;R&D", "NICKNAME:n"), phone.Contact{Name: "Acme, R&D", Company: "Acme, R&D"}},
		{"a nickname alone", card("3.0", "NICKNAME:Bo"), phone.Contact{Name: "Bo"}},
		{"a number alone", card("3.0", "FN:", "TEL: 123 "), phone.Contact{Numbers: numbers("", "123")}},
		{"marks that turn the writing, a bell, a tab", card("3.0", "FN:\u202eeve\u2066 \a\tx", "NOTE:a\u202e\\nb", "TEL:\u202a+4930\u202c"), phone.Contact{Name: "eve x", Note: "a\nb", Numbers: numbers("", "+4930")}},
		{"an extension beside a name, any case", "begin:vcard\r\nversion:3.0\r\nfn:a\r\ntel;Type=Cell:1\r\nend:vcard\r\n", phone.Contact{Name: "a", Numbers: numbers("mobile", "1")}},
		{"a quote that has no end", card("3.0", "FN:a", `TEL;TYPE="cell:1`), phone.Contact{Name: "a", Numbers: numbers("mobile", "1")}},
		{"UTF-8 that is none", card("3.0", "FN:J\xf6rg"), phone.Contact{Name: "Jörg"}},
		{"folded within a character", card("4.0", "FN:J\xc3", " \xb6rg"), phone.Contact{Name: "Jörg"}},
		{"UTF-8 of which the end was cut off", card("3.0", "FN:Jörg \xc3"), phone.Contact{Name: "Jörg \uFFFD"}},
		{"an agent in one line, of another version", card("3.0", "FN:a", "AGENT:BEGIN:VCARD", "VERSION:2.1", "FN:b", "TEL:2", "END:VCARD", "NOTE:c", " d"), phone.Contact{Name: "a", Note: "cd"}},
		{"a label of nothing", card("3.0", "FN:a", "TEL;TYPE=CELL:1", "X-ABLabel:x"), phone.Contact{Name: "a", Numbers: numbers("mobile", "1")}},
		{"a number too long to be one", card("3.0", "FN:a", "TEL:"+strings.Repeat("1", 257), "TEL:"+strings.Repeat("2", 256)), phone.Contact{Name: "a", Numbers: numbers("", strings.Repeat("2", 256))}},
		{"two pictures", card("3.0", "FN:a", "PHOTO;ENCODING=b:"+picture, "PHOTO;ENCODING=b:R0lGODlh"), phone.Contact{Name: "a", Picture: []byte(png)}},
		{"two notes", card("4.0", "FN:a", "NOTE:b\\nc", "NOTE:", "NOTE:d"), phone.Contact{Name: "a", Note: "b\nc\nd"}},
		{"a picture that is none", card("3.0", "FN:a", "PHOTO;ENCODING=b;TYPE=PNG:aGVsbG8="), phone.Contact{Name: "a"}},
		{"a picture of which a part is missing, and one that is whole", card("3.0", "FN:a", "PHOTO;ENCODING=b:?", "PHOTO;ENCODING=b:"+picture), phone.Contact{Name: "a", Picture: []byte(png)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, skipped := read(t, tt.file)
			require.Empty(t, skipped)
			require.Equal(t, []phone.Contact{tt.want}, got)
		})
	}
}

func TestTheSameCardInEveryEncodingAndWithEveryEndOfLine(t *testing.T) {
	file := card("3.0", "FN:Jörg 電話", "NOTE:a", " b", "TEL:1")
	want := []phone.Contact{{Name: "Jörg 電話", Note: "ab", Numbers: numbers("", "1")}}
	for _, end := range []string{"\r\n", "\n", "\r"} {
		text := strings.ReplaceAll(file, "\r\n", end)
		for name, encoded := range map[string]string{
			"UTF-8": text, "UTF-8 with a mark": "\ufeff" + text, "little": utf16(t, unicode.LittleEndian, text), "big": utf16(t, unicode.BigEndian, text),
		} {
			got, _, skipped := read(t, encoded)
			require.Empty(t, skipped)
			require.Equal(t, want, got, "%s %q", name, end)
		}
	}
	text := strings.ReplaceAll(file, "FN:", "FN;CHARSET=ISO-8859-1:") // in UTF-16 it has nothing to say
	got, _, _ := read(t, utf16(t, unicode.LittleEndian, text))
	require.Equal(t, want, got)
}

func utf16(t *testing.T, order unicode.Endianness, text string) string {
	encoded, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(text)
	require.NoError(t, err)
	return encoded
}

func TestABrokenCardDoesNotStopTheRest(t *testing.T) {
	good := card("3.0", "FN:good", "TEL:1")
	for _, tt := range []struct {
		name, file string
		want       phone.Skipped
	}{
		{"no end", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:bad\r\n", phone.Skipped{Line: 6, What: "bad", Why: "The next card begins before this one ends."}},
		{"an agent that has no end", "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:bad\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:x\r\n", phone.Skipped{Line: 6, What: "bad", Why: "The next card begins before this one ends."}},
		{"a character set that nobody knows", card("2.1", "TEL:5", "N;CHARSET=X-KLINGON:bad"), phone.Skipped{Line: 6, What: "5", Why: "Its N is in a character set that is not known here: X-KLINGON."}},
		{"base64 that is none", card("2.1", "FN:bad", "NOTE;BASE64:?"), phone.Skipped{Line: 6, What: "bad", Why: "Its NOTE is encoded wrongly."}},
		{"nobody", card("3.0", "EMAIL:a@b"), phone.Skipped{Line: 6, What: "vCard", Why: "It has neither a name nor a number."}},
		{"a group", card("3.0", "FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group"), phone.Skipped{Line: 6, What: "Friends", Why: "It is a group of contacts."}},
		{"text between", "\r\nHello,\r\nthere\r\n", phone.Skipped{Line: 7, What: "Hello,", Why: "It is outside of all cards."}},
		{"too much", card("3.0", "FN:bad", "NOTE:"+strings.Repeat("x", 2<<20)), phone.Skipped{Line: 6, What: "bad", Why: "It holds more than 1 MB of text."}},
		{"too much, folded", card("3.0", "FN:bad", "NOTE:"+strings.Repeat("x\r\n ", 1<<20)), phone.Skipped{Line: 6, What: "bad", Why: "It holds more than 1 MB of text."}},
		{"too many", card("3.0", "FN:bad", strings.Repeat("TEL:1\r\n", 20000)), phone.Skipped{Line: 6, What: "bad", Why: "It holds more than 1 MB of text."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, skipped := read(t, good+tt.file+good)
			require.Equal(t, []phone.Skipped{tt.want}, skipped)
			require.Len(t, got, 2)
			require.Equal(t, got[0], got[1])
		})
	}
	t.Run("the file ends too soon", func(t *testing.T) {
		got, lines, skipped := read(t, good+"BEGIN:VCARD\r\nFN:bad")
		require.Equal(t, []phone.Skipped{{Line: 6, What: "bad", Why: "The file ends before this card does."}}, skipped)
		require.Len(t, got, 1)
		require.Equal(t, []int{1}, lines)
	})
}

func TestAPictureThatIsTooLargeIsLeftOutAlone(t *testing.T) {
	for _, size := range []int{phone.MaxPicture, phone.MaxPicture + 1, 3 * phone.MaxPicture} {
		picture := png + strings.Repeat("x", size-len(png))
		encoded := base64.StdEncoding.EncodeToString([]byte(picture))
		var folded strings.Builder
		for i := 0; i < len(encoded); i += 60 {
			fmt.Fprintf(&folded, "\r\n %s", encoded[i:min(i+60, len(encoded))])
		}
		for _, value := range []string{encoded, folded.String()} {
			got, _, skipped := read(t, card("3.0", "FN:a", "PHOTO;ENCODING=b:"+value, "TEL:1"))
			require.Empty(t, skipped)
			require.Equal(t, numbers("", "1"), got[0].Numbers)
			require.Equal(t, size <= phone.MaxPicture, got[0].Picture != nil, "%d bytes", size)
		}
	}
}

func TestWhatIsNoVCardAtAllIsRefused(t *testing.T) {
	for _, file := range []string{"", "\r\n", "name,number\nBob,1\n", "\x00\x01\x02"} {
		err := portable.ReadVCards(strings.NewReader(file), nil, nil)
		require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
		require.Contains(t, phone.Sentence(err), "There is no vCard in this file; choose")
	}
}

func TestAnErrorOfTheDiskOrTheReceiverStops(t *testing.T) {
	broken := errors.New("disk gone")
	file := card("3.0", "FN:a")
	err := portable.ReadVCards(failing{strings.NewReader(file + file), broken}, func(int, phone.Contact) error { return nil }, nil)
	require.ErrorIs(t, err, broken)
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))

	calls, full := 0, errors.New("full")
	err = portable.ReadVCards(strings.NewReader(file+file), func(int, phone.Contact) error { calls++; return full }, nil)
	require.Equal(t, full, err)
	require.Equal(t, 1, calls)
}

// failing fails with an error where the text ends.
type failing struct {
	text *strings.Reader
	err  error
}

func (f failing) Read(p []byte) (int, error) {
	if f.text.Len() == 0 {
		return 0, f.err
	}
	return f.text.Read(p)
}
