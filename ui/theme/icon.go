package theme

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/callward/callward/assets"
)

// Icon is the name of an outline drawing of 20 × 20 with a stroke of 1.5. The empty Icon is none.
type Icon string

// The icons.
const (
	IconAnswer       Icon = "phone"
	IconArrowLeft    Icon = "arrow-left"
	IconBackspace    Icon = "backspace"
	IconBell         Icon = "bell"
	IconBlock        Icon = "block"
	IconCheck        Icon = "check"
	IconChevronDown  Icon = "chevron-down"
	IconChevronRight Icon = "chevron-right"
	IconClock        Icon = "clock"
	IconClose        Icon = "close"
	IconContacts     Icon = "contacts"
	IconCopy         Icon = "copy"
	IconEdit         Icon = "edit"
	IconEye          Icon = "eye"
	IconFolder       Icon = "folder"
	IconGear         Icon = "gear"
	IconHangUp       Icon = "hang-up"
	IconHeadset      Icon = "headset"
	IconHelp         Icon = "help"
	IconHome         Icon = "home"
	IconIncoming     Icon = "incoming"
	IconInfo         Icon = "info"
	IconKeypad       Icon = "keypad"
	IconLink         Icon = "link"
	IconMic          Icon = "mic"
	IconMicOff       Icon = "mic-off"
	IconMinus        Icon = "minus"
	IconMissed       Icon = "missed"
	IconMoon         Icon = "moon"
	IconMore         Icon = "more"
	IconOutgoing     Icon = "outgoing"
	IconPause        Icon = "pause"
	IconPhone        Icon = "phone"
	IconPlay         Icon = "play"
	IconPlus         Icon = "plus"
	IconQuit         Icon = "quit"
	IconRefresh      Icon = "refresh"
	IconSearch       Icon = "search"
	IconSpeaker      Icon = "speaker"
	IconSpeakerOff   Icon = "speaker-off"
	IconStop         Icon = "stop"
	IconSun          Icon = "sun"
	IconTexts        Icon = "texts"
	IconTrash        Icon = "trash"
	IconUser         Icon = "user"
	IconVoicemail    Icon = "voicemail"
	IconWarning      Icon = "warning"
)

// fyneIcons are those that Fyne's own widgets show.
var fyneIcons = map[fyne.ThemeIconName]Icon{
	fynetheme.IconNameCancel:         IconClose,
	fynetheme.IconNameConfirm:        IconCheck,
	fynetheme.IconNameDelete:         IconTrash,
	fynetheme.IconNameSearch:         IconSearch,
	fynetheme.IconNameContentAdd:     IconPlus,
	fynetheme.IconNameContentClear:   IconClose,
	fynetheme.IconNameContentCopy:    IconCopy,
	fynetheme.IconNameArrowDropDown:  IconChevronDown,
	fynetheme.IconNameMenuExpand:     IconChevronRight,
	fynetheme.IconNameNavigateBack:   IconArrowLeft,
	fynetheme.IconNameNavigateNext:   IconChevronRight,
	fynetheme.IconNameMoreHorizontal: IconMore,
	fynetheme.IconNameInfo:           IconInfo,
	fynetheme.IconNameWarning:        IconWarning,
	fynetheme.IconNameError:          IconWarning,
	fynetheme.IconNameHelp:           IconHelp,
	fynetheme.IconNameFolder:         IconFolder,
	fynetheme.IconNameViewRefresh:    IconRefresh,
	fynetheme.IconNameVisibility:     IconEye,
	fynetheme.IconNameSettings:       IconGear,
	fynetheme.IconNameMediaPlay:      IconPlay,
	fynetheme.IconNameMediaStop:      IconStop,
	fynetheme.IconNameDocumentCreate: IconEdit,
	fynetheme.IconNameAccount:        IconUser,
	fynetheme.IconNameHome:           IconHome,
}

// In returns the icon in a colour of the theme. It follows the theme when what shows it is refreshed.
func (i Icon) In(name fyne.ThemeColorName) fyne.Resource { return &drawing{icon: i, color: name} }

// AppIcon returns the program's own icon, in its own colours.
func AppIcon() fyne.Resource {
	return fyne.NewStaticResource("callward.svg", svg("callward"))
}

// drawing is an icon in a colour. It asks for the theme on each reading: Fyne's own themed resources colour
// fills alone, and these are strokes.
type drawing struct {
	icon  Icon
	color fyne.ThemeColorName
}

// Name carries the colour, since Fyne keeps rendered icons by their names.
func (d *drawing) Name() string { return string(d.icon) + "-" + d.hex()[1:] + ".svg" }

func (d *drawing) Content() []byte {
	return bytes.ReplaceAll(svg(string(d.icon)), []byte("currentColor"), []byte(d.hex()))
}

func (d *drawing) hex() string {
	c := color.NRGBAModel.Convert(Color(d.color)).(color.NRGBA)
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

func svg(name string) []byte {
	content, err := assets.Icons.ReadFile("icon/" + name + ".svg")
	if err != nil {
		panic("theme: no icon " + name) // a name that is built in: the test reads them all
	}
	return content
}
