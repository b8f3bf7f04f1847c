// Package locale names the language where the environment has C, or none: Fyne
// reads it as its packages are set up, and complains of what it cannot read.
//
// A package with few imports and an early path is set up before Fyne's (Go
// specification, "Program initialization"), so importing this one is all.
package locale

import (
	"os"
	"strings"
)

// english is what C stands for.
const english = "en_US.UTF-8"

func init() { name(os.Getenv, os.Setenv) }

// name replaces C and POSIX in the variables that say the language, and sets one
// where there is none.
func name(get func(string) string, set func(name, value string) error) {
	named := false
	for _, variable := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		language, _, _ := strings.Cut(get(variable), ".")
		if language == "C" || language == "POSIX" {
			_ = set(variable, english) // the name is right, so it cannot fail
		}
		named = named || language != ""
	}
	if !named {
		_ = set("LANG", english)
	}
}
