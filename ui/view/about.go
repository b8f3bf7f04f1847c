package view

import "strings"

// Licence is the one of a part of the program that others wrote.
type Licence struct {
	// Name is the module's path, Version its own, and Kind the licence's usual name.
	Name, Version, Kind string
	// Text is the licence itself, line by line as it was written.
	Text string
}

// About is what the program is, and whose work it stands on.
type About struct {
	Version  string
	Licences []Licence
}

// licenceMark begins the line before a licence: mark, name, version, kind.
const licenceMark = "=== "

// NewAbout reads the text of all licences: each begins with a line of ===, its name,
// version and kind.
func NewAbout(version, licences string) *About {
	a := &About{Version: version}
	for part := range strings.SplitSeq("\n"+licences, "\n"+licenceMark) {
		head, text, _ := strings.Cut(part, "\n")
		if words := strings.Fields(head); len(words) == 3 {
			a.Licences = append(a.Licences, Licence{Name: words[0], Version: words[1], Kind: words[2], Text: strings.TrimSpace(text)})
		}
	}
	return a
}
