package widget

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"
)

func TestKeypad(t *testing.T) {
	var got string
	pad := NewKeypad(func(key rune) { got += string(key) })
	b := newBench(t, container.NewVBox(pad))
	for _, key := range pad.keys {
		test.Tap(key)
	}
	require.Equal(t, "123456789*0#", got)

	got = ""
	b.Canvas().FocusNext()
	require.Equal(t, pad, b.Canvas().Focused())
	b.typed("+44 (0)x#")
	require.Equal(t, "+440#", got)

	got = ""
	b.keys(fyne.KeyReturn, fyne.KeyLeft, fyne.KeyRight, fyne.KeySpace, fyne.KeyDown, fyne.KeyEnter, fyne.KeyUp, fyne.KeyUp, fyne.KeyEnter)
	require.Equal(t, "1252", got, "the arrows stop at the edges")
}

func TestKeypadZeroHeldIsPlus(t *testing.T) {
	var got string
	pad := NewKeypad(func(key rune) { got += string(key) })
	newBench(t, pad)
	zero, one := pad.keys[10], pad.keys[0]
	for _, key := range []*keypadKey{zero, one} {
		clicks.when = time.Time{} // not a double click on the key before
		key.MouseDown(primary())
		key.down = time.Now().Add(-holdFor)
		test.Tap(key)
	}
	clicks.when = time.Time{}
	zero.MouseDown(primary())
	test.Tap(zero)
	require.Equal(t, "+10", got)
}
