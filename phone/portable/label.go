package portable

import "strings"

// sipLabel is the label of a SIP address that has no other.
const sipLabel = "SIP"

// usual are the labels by the words that others have for them, in lower case.
var usual = byWord(map[string]string{
	"mobile": "mobile,mobile phone,cell,cell phone,cellphone,iphone,mobil,mobiltelefon,handy",
	"work":   "work,business,office,arbeit,beruflich,geschäftlich,dienstlich,büro",
	"home":   "home,private,privat,zuhause,zu hause",
	"fax":    "fax,homefax,workfax,otherfax,home fax,work fax,business fax,other fax,fax privat,fax geschäftlich",
	"pager":  "pager",
	"main":   "main,hauptnummer,zentrale",
	"other":  "other,andere,sonstige,weitere",
	sipLabel: "sip",
})

func byWord(labels map[string]string) map[string]string {
	words := map[string]string{}
	for label, list := range labels {
		for word := range strings.SplitSeq(list, ",") {
			words[word] = label
		}
	}
	return words
}

// labelOf returns a label as it is called here: one of the usual, or as it was written.
func labelOf(text string) string {
	text = oneLine(text, maxLabel)
	if inner, found := strings.CutPrefix(text, "_$!<"); found { // as Apple writes those of its own
		text = oneLine(strings.TrimSuffix(inner, ">!$_"), maxLabel)
	}
	// Google marks the first with a star.
	if label, found := usual[strings.ToLower(strings.TrimPrefix(text, "* "))]; found {
		return label
	}
	return text
}

// types are the labels by the TYPE of a vCard; the first that a number has counts.
var types = []struct{ name, label string }{
	{"fax", "fax"},
	{"pager", "pager"},
	{"cell", "mobile"},
	{"iphone", "mobile"},
	{"main", "main"},
	{"work", "work"},
	{"home", "home"},
	{"other", "other"},
}

// typeOf is the TYPE for a label, or "".
func typeOf(label string) string {
	for _, t := range types {
		if t.label == label {
			return strings.ToUpper(t.name)
		}
	}
	return ""
}
