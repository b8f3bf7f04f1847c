package page

import (
	"fyne.io/fyne/v2"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/widget"
)

// cardKeys are the keys of a call, and what was sent by them.
type cardKeys struct {
	root *fyne.Container
	sent *widget.Text
	pad  *widget.Keypad
}

// cardKeysHeight is less than that of a dial pad: the card has to stay in the window.
const cardKeysHeight = 184

func newCardKeys(send func(digit string)) *cardKeys {
	k := &cardKeys{sent: widget.NewText("", widget.Title).Shrink()}
	k.pad = widget.NewKeypad(func(key rune) {
		if key != '+' { // there is no tone for it
			send(string(key))
		}
	})
	k.sent.SetAlign(fyne.TextAlignCenter)
	k.root = column(theme.Grid/2, k.sent, sized(0, cardKeysHeight, k.pad))
	return k
}

// digitsShown is how many of the digits that were sent have room.
const digitsShown = 16

func (k *cardKeys) show(digits string) {
	if over := len(digits) - digitsShown; over > 0 {
		digits = "…" + digits[over+1:]
	}
	k.sent.SetText(digits)
}
