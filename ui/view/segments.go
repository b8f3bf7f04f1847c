package view

import (
	"strings"
	"unicode"

	"github.com/callward/callward/phone"
)

// sizeWords says how long a text is as SMS, as "43/160, 1 text", and what makes it longer; wide is "" for nothing.
func sizeWords(w Words, s phone.TextSize) (count, wide string) {
	count = w.L("{{.Used}}/{{.Room}}, {{.Texts}}", map[string]any{"Used": s.Used, "Room": s.Room, "Texts": w.N("{{.Count}} texts", s.Segments)})
	if !s.Wide {
		return count, ""
	}
	const most = 12
	var forcing []string
	for _, r := range s.Forcing {
		if !unicode.In(r, unicode.Cf, unicode.Mn) { // joiners and the like cannot be seen
			forcing = append(forcing, string(r))
		}
	}
	if len(forcing) > most {
		forcing = append(forcing[:most], "…")
	}
	return count, w.L("Only 70 characters fit into a text because of {{.Characters}}", map[string]any{"Characters": strings.Join(forcing, " ")})
}
