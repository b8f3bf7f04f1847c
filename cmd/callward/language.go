package main

import "github.com/jeandeaual/go-locale"

// language is that of the desktop, such as de; "" where it is not known.
func language() string {
	name, err := locale.GetLanguage()
	if err != nil {
		return "" // English is spoken then
	}
	return name
}
