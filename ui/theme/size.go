package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Sizes of text, in dp.
const (
	TitleSize float32 = 22 // titles, the timer
	TextSize  float32 = 14
	SmallSize float32 = 12 // what is secondary
)

// Measures of the window, in dp.
const (
	Grid            float32 = 8
	Radius          float32 = 8
	HeaderHeight    float32 = 56
	RailWidth       float32 = 72
	SettingsWidth   float32 = 208 // the navigation of Settings
	ThreadListWidth float32 = 288
	PanelWidth      float32 = 320 // the right panel: dial pad or calls
	NarrowWidth     float32 = 1100
	PagePadding     float32 = 24
	FormWidth       float32 = 440
	RingingWidth    float32 = 360
	RingingHeight   float32 = 216
)

// Heights of rows and buttons, in dp.
const (
	CallRow       float32 = 56 // calls, blacklist
	VoicemailRow  float32 = 64
	ThreadRow     float32 = 72
	SettingRow    float32 = 48
	ButtonHeight  float32 = 36
	TallHeight    float32 = 48 // Answer, Hang up
	IconSize      float32 = 20
	EmptyIconSize float32 = 32
)

var sizes = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNamePadding:         4,
	fynetheme.SizeNameInnerPadding:    8,
	fynetheme.SizeNameInputBorder:     1,
	fynetheme.SizeNameInputRadius:     Radius,
	fynetheme.SizeNameSelectionRadius: Radius,
	fynetheme.SizeNameText:            TextSize,
	fynetheme.SizeNameHeadingText:     TitleSize,
	fynetheme.SizeNameSubHeadingText:  TextSize,
	fynetheme.SizeNameCaptionText:     SmallSize,
	fynetheme.SizeNameInlineIcon:      IconSize,
	fynetheme.SizeNameScrollBar:       8,
	fynetheme.SizeNameScrollBarRadius: 4,
}
