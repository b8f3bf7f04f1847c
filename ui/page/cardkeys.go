package page

import (
	"fyne.io/fyne/v2"

	"github.com/callward/callward/ui/widget"
)

// cardKeys are the keys of a call and, in another place of its card, what was sent by them.
type cardKeys struct {
	root fyne.CanvasObject
	sent *widget.Text
	pad  *widget.Keypad
}

// cardKeysHeight is less than that of a dial pad: the card has to stay in the window.
const cardKeysHeight = 188

func newCardKeys(send func(digit string)) *cardKeys {
	k := &cardKeys{sent: widget.NewText("", widget.Title).Shrink()}
	k.pad = widget.NewKeypad(func(key rune) {
		if key != '+' { // there is no tone for it
			send(string(key))
		}
	})
	k.sent.SetAlign(fyne.TextAlignTrailing)
	k.root = sized(0, cardKeysHeight, k.pad)
	return k
}

// digitsShown is how many of the digits that were sent have room.
const digitsShown = 10

func (k *cardKeys) show(digits string) {
	if over := len(digits) - digitsShown; over > 0 {
		digits = "…" + digits[over+1:]
	}
	k.sent.SetText(digits)
}
