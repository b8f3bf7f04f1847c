package window

import (
	"image"
	"testing"

	"github.com/callward/callward/test/screen"
)

// rail and navigation are where pages and sections of Settings are listed; what is open is filled there.
var (
	rail       = image.Rect(0, 57, 72, 760)
	navigation = image.Rect(73, 57, 281, 760)
)

// place is a page of the window: the keys that open it, and a point of its name in the rail.
type place struct {
	keys string
	name image.Point
}

var (
	home       = place{"ctrl+1", image.Pt(36, 98)}
	calls      = place{"ctrl+2", image.Pt(36, 158)}
	texts      = place{"ctrl+3", image.Pt(36, 218)}
	voicemails = place{"ctrl+4", image.Pt(36, 286)}
	contacts   = place{"ctrl+5", image.Pt(36, 352)}
)

// sections are points of the names of the sections of Settings, from Accounts to About.
var sections = []image.Point{{173, 117}, {173, 155}, {173, 193}, {173, 231}, {173, 269}, {173, 341}, {173, 379}, {173, 417}, {173, 489}, {173, 527}, {173, 565}, {173, 603}}

// blacklistSection is the place of Blacklist Numbers among them.
const blacklistSection = 5

// walks opens each page and each section of Settings, and the list of shortcuts, and waits until each is open.
func (d desk) walks(t *testing.T) {
	t.Helper()
	for _, place := range []place{calls, texts, voicemails, contacts, home} {
		d.screen.Press(t, place.keys)
		d.isOpen(t, rail, place.name)
	}
	d.screen.Press(t, "ctrl+comma")
	for _, section := range sections {
		d.screen.Tap(t, section)
		d.isOpen(t, navigation, section)
	}
	before := d.screen.Photo(t)
	d.screen.Press(t, "ctrl+slash")
	d.screen.Until(t, "the list of shortcuts", patience, func(p *screen.Picture) bool { return !p.Same(before, page) })
	d.screen.Press(t, "Escape")
	d.screen.Until(t, "no list of shortcuts", patience, func(p *screen.Picture) bool { return p.Same(before, navigation) })
}

// isOpen waits until the name of a page is filled, and no other.
func (d desk) isOpen(t *testing.T, list image.Rectangle, name image.Point) {
	t.Helper()
	d.screen.Until(t, "the page that was opened", patience, func(p *screen.Picture) bool {
		open := p.Part(list).Areas(selected, 40, 30)
		return len(open) == 1 && name.In(open[0])
	})
}
