package view

import (
	"slices"
	"strings"
)

// Country is what the numbers of a country, or of several, begin with.
type Country struct{ Name, Prefix string }

// countryNames are the countries that are offered, by their codes; of others the prefix is typed.
var countryNames = map[string]string{
	"+61":  "Australia",
	"+43":  "Austria",
	"+32":  "Belgium",
	"+55":  "Brazil",
	"+86":  "China",
	"+45":  "Denmark",
	"+33":  "France",
	"+49":  "Germany",
	"+44":  "Great Britain",
	"+30":  "Greece",
	"+91":  "India",
	"+353": "Ireland",
	"+39":  "Italy",
	"+52":  "Mexico",
	"+31":  "Netherlands",
	"+234": "Nigeria",
	"+47":  "Norway",
	"+92":  "Pakistan",
	"+48":  "Poland",
	"+351": "Portugal",
	"+40":  "Romania",
	"+7":   "Russia and Kazakhstan",
	"+27":  "South Africa",
	"+34":  "Spain",
	"+46":  "Sweden",
	"+41":  "Switzerland",
	"+90":  "Turkey",
	"+380": "Ukraine",
	"+1":   "USA, Canada and the Caribbean",
}

// Countries are those that are offered, in the order of their names.
func (f *EntryForm) Countries() []Country {
	list := make([]Country, 0, len(countryNames))
	for prefix := range countryNames {
		list = append(list, Country{f.words.L(countryNames[prefix]), prefix})
	}
	slices.SortFunc(list, func(a, b Country) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// TypePrefix fills in a country.
func (f *EntryForm) TypePrefix(c Country) {
	f.Type(c.Prefix)
	if !f.named {
		f.Name = c.Name
	}
	f.Changed()
}
