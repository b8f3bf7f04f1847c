package portable_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/portable"
)

// table reads the contacts of a CSV file with the columns as they are guessed.
func table(t require.TestingT, file string) (contacts []phone.Contact, lines []int, skipped []phone.Skipped) {
	opened, err := portable.OpenTable(strings.NewReader(file))
	require.NoError(t, err)
	err = opened.Contacts(func(line int, c phone.Contact) error {
		contacts, lines = append(contacts, c), append(lines, line)
		return nil
	}, func(s phone.Skipped) { skipped = append(skipped, s) })
	require.NoError(t, err)
	return contacts, lines, skipped
}

func TestTablesAsProgramsWriteThem(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		want       phone.Contact
	}{
		{
			"Outlook", "First Name,Middle Name,Last Name,Title,Company,Notes,Home Street,Home Address PO Box,Home Phone,Home Phone 2,Business Phone,Business Fax,Mobile Phone,Company Main Phone,Pager,Car Phone," +
				"Assistant's Phone,E-mail Address,Web Page\r\nJane,,Doe,,Acme,\"met, at\r\nthe \"\"fair\"\"\",1 Main St,9,1,2,3,4,5,6,7,8,9,j@example.com,http://x\r\n",
			phone.Contact{Name: "Jane Doe", Company: "Acme", Note: "met, at\nthe \"fair\"", Numbers: numbers("home", "1", "home", "2", "work", "3", "fax", "4", "mobile", "5", "main", "6", "pager", "7", "other", "8")},
		},
		{
			"Outlook, German", "Anrede;Vorname;Nachname;Firma;Fax geschäftlich;Telefon Firma;Telefon geschäftlich;Telefon (privat);Mobiltelefon;Haupttelefon;Weiteres Telefon;E-Mail-Adresse;Notizen\r\nHerr;Jörg;Müller;Acme;1;2;3;4;5;6;7;x@y;Hallo\r\n",
			phone.Contact{Name: "Jörg Müller", Company: "Acme", Note: "Hallo", Numbers: numbers("fax", "1", "main", "2", "work", "3", "home", "4", "mobile", "5", "main", "6", "other", "7")},
		},
		{
			"Google", "First Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Custom Field 1 - Label\n" +
				"Zoë,Ångström,Acme,,* myContacts,Work,z@x,Mobile,+44 7700 900123 ::: +44 7700 900124,Boat,12,a\n",
			phone.Contact{Name: "Zoë Ångström", Company: "Acme", Numbers: numbers("mobile", "+44 7700 900123", "mobile", "+44 7700 900124", "Boat", "12")},
		},
		{
			"Google, before", "Name,Given Name,Family Name,Group Membership,Phone 1 - Type,Phone 1 - Value,Organization 1 - Name\nZoë Å,Zoë,Ångström,* My,* Work,12,Acme\n",
			phone.Contact{Name: "Zoë Å", Company: "Acme", Numbers: numbers("work", "12")},
		},
		{
			"by hand", "Name\tTel.\tSIP address\tCustomer number\n Bob \t 12 \tbob@pbx.example\t99",
			phone.Contact{Name: "Bob", Numbers: numbers("", "12", "SIP", "bob@pbx.example")},
		},
		{"Excel says its separator", "sep=;\r\nName;Phone\r\nDoe, Jane;1\r\n", phone.Contact{Name: "Doe, Jane", Numbers: numbers("", "1")}},
		{"commas in names do not separate", "Name;Phone\nDoe, Jane;1\n", phone.Contact{Name: "Doe, Jane", Numbers: numbers("", "1")}},
		{"commas in the header alone", "Remark, if any, at all;Phone\nx;1\n", phone.Contact{Numbers: numbers("", "1")}},
		{"commas in every name", "Last, First;Company;Phone\nDoe, Jane;Acme;1\n", phone.Contact{Company: "Acme", Numbers: numbers("", "1")}},
		{"blanks before a quote", "Name, Phone\nBob , \"1, 2\" \n", phone.Contact{Name: "Bob", Numbers: numbers("", "1, 2")}},
		{"quotes in the midst of a cell", "Name,Phone\nBob \"Bo\" B,1\n", phone.Contact{Name: `Bob "Bo" B`, Numbers: numbers("", "1")}},
		{"a label is that of the number that follows", "Name,Phone 1 - Label,Phone 1 - Value,Home Phone,Phone\nBob,Boat,1,2,3\n", phone.Contact{Name: "Bob", Numbers: numbers("Boat", "1", "home", "2", "", "3")}},
		{"a row that is shorter", "Name,Company,Phone\nBob\n", phone.Contact{Name: "Bob"}},
		{"a row that is longer", "Name,Phone\nBob,1,2,3\n", phone.Contact{Name: "Bob", Numbers: numbers("", "1")}},
		{"a company alone", "Name,Company\n,Acme\n", phone.Contact{Company: "Acme"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			latin, err := charmap.Windows1252.NewEncoder().String(tt.file)
			require.NoError(t, err)
			for _, file := range []string{
				tt.file, "\ufeff" + tt.file, latin, utf16(t, unicode.LittleEndian, tt.file), utf16(t, unicode.BigEndian, tt.file),
				strings.ReplaceAll(strings.ReplaceAll(tt.file, "\r\n", "\n"), "\n", "\r"),
			} {
				got, _, skipped := table(t, file)
				require.Empty(t, skipped)
				require.Equal(t, []phone.Contact{tt.want}, got)
			}
		})
	}
}

func TestTheColumnsCanBeChanged(t *testing.T) {
	opened, err := portable.OpenTable(strings.NewReader("A,B,Phone\nBob,1,2\n\nEve,3,4,5\n" + strings.Repeat("x,y,z\n", 20)))
	require.NoError(t, err)
	require.Equal(t, []string{"A", "B", "Phone"}, opened.Header)
	require.Equal(t, [][]string{{"Bob", "1", "2"}, {"Eve", "3", "4", "5"}}, opened.Preview[:2])
	require.Len(t, opened.Preview, 10)
	require.Equal(t, []portable.Column{{}, {}, {Use: portable.UseNumber}}, opened.Columns)

	opened.Columns = []portable.Column{{Use: portable.UseName}, {Use: portable.UseNumber, Label: "boat"}, {}}
	var got []phone.Contact
	var lines []int
	require.NoError(t, opened.Contacts(func(line int, c phone.Contact) error {
		got, lines = append(got, c), append(lines, line)
		return nil
	}, nil))
	require.Equal(t, []phone.Contact{{Name: "Bob", Numbers: numbers("boat", "1")}, {Name: "Eve", Numbers: numbers("boat", "3")}}, got[:2])
	require.Equal(t, []int{2, 4, 5}, lines[:3])
	require.Len(t, got, 22)
}

func TestABrokenRowDoesNotStopTheRest(t *testing.T) {
	for _, tt := range []struct {
		name, rows string
		want       phone.Skipped
	}{
		{"a quote that the next one does not end", "Eve,\"2\n", phone.Skipped{Line: 3, What: "Eve", Why: "A quoted cell in it does not end."}},
		{"text behind a quote", "\"Eve\"x,2\n", phone.Skipped{Line: 3, What: `"Eve"x`, Why: "Text stands behind the end of a quoted cell in it."}},
		{"nobody", ",,\n , , note \n", phone.Skipped{Line: 4, What: "note", Why: "It has neither a name nor a number."}},
		{"a cell of several lines that is too long", "Eve,\"" + strings.Repeat("1", 900_000) + "\n" + strings.Repeat("1", 200_000) + "\"\n", phone.Skipped{Line: 3, What: "Eve", Why: "It is longer than 1 MB."}},
		{"a line without end", "Eve," + strings.Repeat("1", 2<<20) + "\n", phone.Skipped{Line: 3, What: "", Why: "It is longer than 1 MB."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, lines, skipped := table(t, "Name,Phone\nBob,1\n"+tt.rows+"\"Jane\",3\nJo,4\n")
			require.Equal(t, []phone.Skipped{tt.want}, skipped)
			require.Len(t, got, 3)
			require.Equal(t, "Jo", got[2].Name)
			require.Equal(t, 4+strings.Count(tt.rows, "\n"), lines[2])
		})
	}
	t.Run("a quote that has no end, in a file that is long", func(t *testing.T) {
		got, _, skipped := table(t, "Name,Phone\nEve,\"2\n"+strings.Repeat("Bob,1\n", 300_000))
		require.Equal(t, []phone.Skipped{{Line: 2, What: "Eve", Why: "A quoted cell in it does not end."}}, skipped)
		require.Len(t, got, 300_000)
	})
}

func TestWhatIsNoTableAtAllIsRefused(t *testing.T) {
	for file, want := range map[string]string{
		"": "There is nothing in this file", "\n,,\n": "There is nothing in this file", "PK\x03\x04\x00\x00": "This file is no text; save",
		"\"Name\n": "The first line cannot be read",
	} {
		_, err := portable.OpenTable(strings.NewReader(file))
		require.Equal(t, phone.CodeInvalid, phone.CodeOf(err), "%q", file)
		require.Contains(t, phone.Sentence(err), want)
	}
}

func TestWhatIsWrittenAsATableReadsBackTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := rapid.SliceOfN(contacts(), 1, 4).Draw(rt, "contacts")
		widest := 0
		for i := range want {
			want[i].Picture = nil
			widest = max(widest, len(want[i].Numbers))
		}
		var file strings.Builder
		require.NoError(rt, portable.WriteTable(&file, widest, giving(want...)))
		got, _, skipped := table(rt, file.String())
		require.Empty(rt, skipped)
		require.Equal(rt, want, got)
	})
}

func TestATableAsItIsWritten(t *testing.T) {
	var file strings.Builder
	require.NoError(t, portable.WriteTable(&file, 2, giving(
		phone.Contact{Name: "Jane", Company: "Acme, Inc.", Note: "a\nb", Numbers: numbers("mobile", "+1", "", "=2", "", "3")}, phone.Contact{Name: "Bob"})))
	require.Equal(t, "Name,Company,Note,Number 1 - Label,Number 1,Number 2 - Label,Number 2\nJane,\"Acme, Inc.\",\"a\nb\",mobile,+1,,=2\nBob,,,,,,\n", file.String())
	require.Equal(t, phone.CodeStorage, phone.CodeOf(portable.WriteTable(full{}, 0, giving[phone.Contact]())))
}

// Of 100,000 rows.
func BenchmarkReadTable(b *testing.B) {
	const one = "Jane,Doe,\"Acme, Inc.\",met at the fair,Mobile,+15551234567,Work,020 7946 0018\n"
	b.SetBytes(int64(100_000 * len(one)))
	b.ReportAllocs()
	for b.Loop() {
		opened, err := portable.OpenTable(repeated("First Name,Last Name,Company,Notes,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value\n", 100_000, one))
		require.NoError(b, err)
		count := 0
		require.NoError(b, opened.Contacts(func(int, phone.Contact) error { count++; return nil }, nil))
		require.Equal(b, 100_000, count)
	}
}
