package widget

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/theme"
)

// listBench is a list of 1000 rows of 56, seven of which can be seen.
type listBench struct {
	*bench
	list      *List
	activated []int
	called    []int // by the first action
	deleted   []int // by the second
}

func newListBench(t *testing.T) *listBench {
	lb := &listBench{}
	lb.list = NewList(theme.CallRow, func() int { return 1000 }, func(i int, row *Row) {
		row.Set(RowContent{Title: fmt.Sprintf("Row %d", i), Cells: []Cell{{Text: "10:41", Width: 60}, {Text: "0:47", Width: 60}}, Heading: i == 3})
		row.SetActions(
			Action{theme.IconPhone, "Call", func() { lb.called = append(lb.called, i) }},
			Action{theme.IconTrash, "Delete", func() { lb.deleted = append(lb.deleted, i) }},
		)
	})
	lb.list.OnActivate = func(i int) { lb.activated = append(lb.activated, i) }
	lb.bench = newBench(t, lb.list)
	return lb
}

func TestListRowsAre56Apart(t *testing.T) {
	b := newListBench(t)
	for i := range 6 {
		b.click(100, float32(i)*56+28)
	}
	b.click(100, 55)
	b.click(100, 57)
	require.Equal(t, []int{0, 1, 2, 4, 5, 0, 1}, b.activated, "a heading cannot be clicked, and between rows is nothing")
}

func TestListByKeys(t *testing.T) {
	b := newListBench(t)
	b.Canvas().FocusNext()
	require.Equal(t, b.list, b.Canvas().Focused())
	b.Canvas().FocusNext()
	require.Equal(t, b.list, b.Canvas().Focused(), "one stop of the Tab key, whatever the rows hold")

	b.keys(fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	require.Equal(t, []int{1}, b.activated)
	b.keys(fyne.KeyEnd, fyne.KeyReturn, fyne.KeyDown, fyne.KeySpace)
	require.Equal(t, []int{1, 999, 999}, b.activated)
	b.keys(fyne.KeyHome, fyne.KeyUp, fyne.KeyReturn)
	require.Equal(t, 0, b.activated[3])
	b.keys(fyne.KeyPageDown, fyne.KeyReturn)
	require.Equal(t, 6, b.activated[4])
	b.keys(fyne.KeyPageUp)
	require.Zero(t, b.list.Current())
}

func TestListActionsByKeys(t *testing.T) {
	b := newListBench(t)
	b.Canvas().Focus(b.list)
	b.keys(fyne.KeyDown, fyne.KeyRight, fyne.KeyReturn)
	require.Equal(t, []int{1}, b.called)
	b.keys(fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn)
	require.Equal(t, []int{1}, b.deleted)
	b.keys(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyReturn)
	require.Equal(t, []int{1}, b.activated)
	b.keys(fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn)
	require.Equal(t, []int{1, 2}, b.activated, "another row begins with itself")
}

func TestListShowsFocusAndHover(t *testing.T) {
	b := newListBench(t)
	b.requireColor(theme.Background, 5, 28)
	b.point(100, 28)
	b.requireColor(theme.Hover, 5, 28)
	b.point(100, 56+28)
	b.requireColor(theme.Background, 5, 28)
	b.requireColor(theme.Hover, 5, 56+28)
	b.point(399, 399)

	b.Canvas().Focus(b.list)
	b.keys(fyne.KeyDown)
	b.requireColor(theme.Accent, 0, 56+28)
	b.Canvas().Unfocus()
	require.False(t, b.has(theme.Accent, 0, 56, 10, 52))
}

func TestRowActionsShowWhileThePointerIsThere(t *testing.T) {
	b := newListBench(t)
	b.click(344, 28)
	require.Equal(t, []int{0}, b.activated, "no action without the pointer")
	b.point(100, 28)
	b.point(344, 28) // from the row onto its action: it must not go
	b.requireColor(theme.Selected, 332, 28)
	b.click(344, 28)
	b.click(376, 28)
	require.Equal(t, []int{0}, b.called)
	require.Equal(t, []int{0}, b.deleted)
	b.point(344, 56+28)
	b.requireColor(theme.Background, 332, 28)
}

func TestListMenu(t *testing.T) {
	b := newListBench(t)
	var rows []int
	var places []fyne.Position
	b.list.OnMenu = func(i int, at fyne.Position) {
		rows, places = append(rows, i), append(places, at)
	}
	b.clickSecondary(b.list.row(2), 120, 140)
	b.Canvas().Focus(b.list)
	b.keys(fyne.KeyDown, desktop.KeyMenu)
	require.Equal(t, []int{2, 1}, rows)
	require.Equal(t, fyne.NewPos(120, 140), places[0])
	inset, _ := b.Canvas().InteractiveArea() // the driver of the tests invents one
	require.Equal(t, fyne.NewPos(12, 2*56).Subtract(inset), places[1], "under the row")
}

func TestListGivesAwayOtherKeys(t *testing.T) {
	b := newListBench(t)
	var row int
	var key fyne.KeyName
	b.list.OnKey = func(i int, k fyne.KeyName) { row, key = i, k }
	b.Canvas().Focus(b.list)
	b.keys(fyne.KeyDown, fyne.KeyDelete)
	require.Equal(t, 1, row)
	require.Equal(t, fyne.KeyDelete, key)
}

func TestListForgetsTheRowsThatFyneDrops(t *testing.T) {
	b := newListBench(t)
	for range 200 {
		b.list.Refresh()
	}
	b.Canvas().Focus(b.list)
	for range 300 {
		b.keys(fyne.KeyPageDown)
	}
	require.Less(t, len(b.list.rows), 60)
	b.keys(fyne.KeyReturn)
	require.Equal(t, []int{999}, b.activated)
}

func TestEmptyListBearsKeys(t *testing.T) {
	list := NewList(theme.CallRow, func() int { return 0 }, func(int, *Row) {})
	b := newBench(t, list)
	b.Canvas().Focus(list)
	b.keys(fyne.KeyDown, fyne.KeyEnd, fyne.KeyReturn, fyne.KeyRight, desktop.KeyMenu)
	require.Zero(t, list.Current())
}

func TestLoneRow(t *testing.T) {
	var done []string
	row := NewLoneRow(theme.SettingRow)
	row.Set(RowContent{Title: "alice@pbx.example.org"})
	row.OnTapped = func() { done = append(done, "open") }
	row.SetActions(Action{theme.IconTrash, "Remove", func() { done = append(done, "remove") }})
	b := newBench(t, container.NewVBox(row))
	b.Canvas().FocusNext()
	require.Equal(t, row, b.Canvas().Focused())
	b.keys(fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn, fyne.KeyLeft, fyne.KeySpace)
	test.Tap(row)
	require.Equal(t, []string{"open", "remove", "open", "open"}, done)
}

func TestRowContentEqual(t *testing.T) {
	full := RowContent{Title: "Jo Lee", Cells: []Cell{{Text: "10:41"}}}
	same := RowContent{Title: "Jo Lee", Cells: []Cell{{Text: "10:41"}}}
	require.True(t, full.equal(same))
	same.Cells[0].Text = "10:42"
	require.False(t, full.equal(same))
	require.False(t, full.equal(RowContent{Title: "Jo Lee", Cells: full.Cells, Unread: true}))
}

// TestRefreshMakesNoRows draws a list anew many times: Fyne would keep something of each row that is made for it.
func TestRefreshMakesNoRows(t *testing.T) {
	b := newListBench(t)
	made := map[fyne.CanvasObject]bool{}
	create := b.list.CreateItem
	b.list.CreateItem = func() fyne.CanvasObject {
		row := create()
		made[row] = true
		return row
	}
	for range 50 {
		b.list.Refresh()
	}
	require.LessOrEqual(t, len(made), 1)
}
