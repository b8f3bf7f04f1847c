package desktop

import (
	"errors"
	"fmt"
	"image"
	"image/color"

	"github.com/godbus/dbus/v5"
)

const (
	itemPath = "/StatusNotifierItem"
	menuPath = "/StatusNotifierMenu"
)

// Icon is a program's icon in the tray.
type Icon struct {
	on   *Desktop
	item dbus.BusObject
	menu dbus.BusObject
}

// Icon waits for an icon in the tray.
func (d *Desktop) Icon() (*Icon, error) {
	var owner string
	err := d.await("icon in the tray", func() bool {
		owner = d.item
		return owner != ""
	})
	return &Icon{d, d.bus.Object(owner, itemPath), d.bus.Object(owner, menuPath)}, err
}

// Picture is what the tray shows.
func (i *Icon) Picture() (image.Image, error) {
	var drawn []struct {
		Width, Height int32
		Pixels        []byte // ARGB
	}
	if err := i.item.StoreProperty("org.kde.StatusNotifierItem.IconPixmap", &drawn); err != nil {
		return nil, err
	}
	if len(drawn) == 0 || len(drawn[0].Pixels) != int(4*drawn[0].Width*drawn[0].Height) {
		return nil, errors.New("the icon is not a picture")
	}
	p := drawn[0]
	img := image.NewNRGBA(image.Rect(0, 0, int(p.Width), int(p.Height)))
	for n := range int(p.Width * p.Height) {
		argb := p.Pixels[4*n:]
		img.SetNRGBA(n%int(p.Width), n/int(p.Width), color.NRGBA{argb[1], argb[2], argb[3], argb[0]})
	}
	return img, nil
}

// Choose chooses an item of the icon's menu.
func (i *Icon) Choose(label string) error {
	type layout struct {
		ID         int32
		Properties map[string]dbus.Variant
		Children   []dbus.Variant
	}
	var revision uint32
	var root layout
	if err := i.menu.Call("com.canonical.dbusmenu.GetLayout", 0, int32(0), int32(1), []string{}).Store(&revision, &root); err != nil {
		return err
	}
	for _, child := range root.Children {
		var item layout
		if err := dbus.Store([]any{child.Value()}, &item); err != nil {
			return err
		}
		if item.Properties["label"].Value() == label {
			return i.menu.Call("com.canonical.dbusmenu.Event", 0, item.ID, "clicked", dbus.MakeVariant(int32(0)), uint32(0)).Err
		}
	}
	return fmt.Errorf("the menu has no %q", label)
}
