package widget

import (
	"strings"

	"github.com/callward/callward/ui/theme"
)

// NewSectionTitle returns the title of a part of a page.
func NewSectionTitle(text string) *Text { return NewText(text, Strong) }

// NewGroupTitle returns the title of a group in a navigation: small capitals that stand back.
func NewGroupTitle(text string) *Text {
	t := NewText(strings.ToUpper(text), SmallStrong)
	t.SetColor(theme.Secondary)
	return t
}
