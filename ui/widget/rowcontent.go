package widget

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/callward/callward/ui/theme"
)

// RowContent is what a Row shows.
type RowContent struct {
	Icon      theme.Icon          // before the text: a direction, a state
	IconColor fyne.ThemeColorName // the secondary one when empty
	Avatar    string              // whose initials stand before the text, if any
	Title     string
	Subtitle  string // 12, under the title
	Beside    bool   // the subtitle stands right of the title
	// SubtitleColor is the secondary one when empty.
	SubtitleColor fyne.ThemeColorName
	Cells         []Cell // at the right, the last one outermost
	Count         int    // in a badge, right of the cells; none for 0
	Unread        bool   // the title is bold
	Selected      bool
	Heading       bool // a day, a group: the title alone, small and bold, nothing to click
}

// Cell is a column at the right of a Row.
type Cell struct {
	Text  string
	Width float32             // in dp, so that the cells of all rows stand in columns; 0 is as wide as the text
	Color fyne.ThemeColorName // the secondary one when empty
}

func (c RowContent) equal(other RowContent) bool {
	cells := slices.Equal(c.Cells, other.Cells)
	c.Cells, other.Cells = nil, nil
	return cells && rowKey(c) == rowKey(other)
}

// rowKey is a RowContent without what cannot be compared.
func rowKey(c RowContent) any {
	return [...]any{c.Icon, c.IconColor, c.Avatar, c.Title, c.Subtitle, c.Beside, c.SubtitleColor, c.Count, c.Unread, c.Selected, c.Heading}
}
