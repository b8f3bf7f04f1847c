package theme

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
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
	IconBolt         Icon = "bolt"
	IconCheck        Icon = "check"
	IconCheckDouble  Icon = "check-double"
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
	IconSmile        Icon = "smile"
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

// In returns the icon in a colour of the theme, for Fyne's own widgets, which show it at 20. It follows the theme
// when what shows it is refreshed.
func (i Icon) In(name fyne.ThemeColorName) fyne.Resource { return &drawing{icon: i, color: name} }

// Show draws the icon on the image in a colour of the theme, unless it is drawn there so already. For Fyne's goroutine.
func (i Icon) Show(img *canvas.Image, name fyne.ThemeColorName) {
	if now, ok := img.Resource.(*drawing); ok && now.icon == i && now.color == name && now.drawn == now.Name() {
		return
	}
	img.Resource = &drawing{icon: i, color: name, on: img}
	img.Refresh()
}

// AppIcon returns the program's own icon, in its own colours: a PNG of 128 × 128.
func AppIcon() fyne.Resource {
	return fyne.NewStaticResource("callward.png", iconFile("callward.png"))
}

// AppDrawing returns what AppIcon is drawn from: an SVG on a grid of 64.
func AppDrawing() []byte { return svg("callward") }
