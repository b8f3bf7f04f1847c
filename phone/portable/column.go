package portable

import (
	"slices"
	"strings"
	"unicode"

	"github.com/callward/callward/phone"
)

// The uses and columns are phone's, so that a screen can show them.
type (
	Use    = phone.Use
	Column = phone.Column
)

// The uses, by short names.
const (
	UseNothing   = phone.UseNothing
	UseName      = phone.UseName
	UseFirstName = phone.UseFirstName
	UseLastName  = phone.UseLastName
	UseCompany   = phone.UseCompany
	UseNote      = phone.UseNote
	UseNumber    = phone.UseNumber
	UseLabel     = phone.UseLabel
)

// headers are the uses by the whole header, in lower case, its words with one blank between.
var headers = map[Use][]string{
	UseName: {
		"name", "full name", "display name", "contact", "contact name", "file as", "anzeigename", "vollständiger name", "kontakt", "ansprechpartner",
	},
	UseFirstName: {"first name", "firstname", "given name", "forename", "vorname"},
	UseLastName:  {"last name", "lastname", "family name", "surname", "nachname", "familienname"},
	UseCompany:   {"company", "company name", "organization", "organisation", "organization name", "organization 1 name", "firma", "firmenname", "unternehmen"},
	UseNote:      {"note", "notes", "comment", "comments", "notiz", "notizen", "bemerkung", "bemerkungen", "kommentar", "anmerkung"},
}

// numberWords are words that make a header that of a number, with the label that each gives. An earlier
// one decides before a later; those of no label come last.
var numberWords = []struct{ words, label string }{
	{"fax faxnummer telefax", "fax"},
	{"pager", "pager"},
	{"mobile cell cellphone mobil mobiltelefon mobilfunk mobilnummer handy handynummer", "mobile"},
	{"sip", sipLabel},
	{"haupttelefon", "main"},
	{"autotelefon", "other"},
	{"phone telephone tel telefon telefonnummer number nummer rufnummer", ""},
}

// placeWords say where the number is, beside one of numberWords that has no label.
var placeWords = []struct{ words, label string }{
	{"main primary haupt zentrale", "main"},
	{"company firma", "main"},
	{"business work office geschäftlich beruflich dienstlich büro arbeit", "work"},
	{"home private privat zuhause", "home"},
	{"other car andere anderes weiteres weitere", "other"},
}

// otherWords make a header that of something else, whatever stands beside them.
const otherWords = "mail email customer assistant assistent assistentin id street house postal account"

// columnOf guesses what a column is for by its header, English or German, as Outlook, Google and others write it.
func columnOf(header string) Column {
	words := strings.FieldsFunc(strings.ToLower(header), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	whole := strings.Join(words, " ")
	for use, list := range headers {
		if slices.Contains(list, whole) {
			return Column{Use: use}
		}
	}
	has := func(list string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(strings.Fields(list), w) })
	}
	if has(otherWords) {
		return Column{}
	}
	for _, number := range numberWords {
		switch {
		case !has(number.words):
			continue
		case has("label type typ"):
			return Column{Use: UseLabel}
		case number.label != "":
			return Column{Use: UseNumber, Label: number.label}
		}
		for _, place := range placeWords {
			if has(place.words) {
				return Column{Use: UseNumber, Label: place.label}
			}
		}
		return Column{Use: UseNumber}
	}
	return Column{}
}
