package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// Section is a page within Settings.
type Section int

// The sections, in the order of the navigation.
const (
	SectionAccounts Section = iota
	SectionAudio
	SectionRinging
	SectionVoicemail
	SectionTexts
	SectionBlacklist
	SectionBlockedLog
	SectionTriggers
	SectionAppearance
	SectionPractice
	SectionData
	SectionAbout
	sections
)

// SettingsDeps is what Settings shows beside the presenters of Main.
type SettingsDeps struct {
	Ringtone   *view.Ringtone
	Appearance *view.Appearance
	Data       *view.DataState
	About      *view.About
	// Canvas is that of the window; without it a form has no focus before the page was drawn once.
	Canvas fyne.Canvas
	// Listen is called when level meters come into sight, and when they go: SetLevels
	// is wanted in between.
	Listen func(on bool)
}

// Settings is the page of all that can be set: a navigation, and the section that is
// open. For Fyne's goroutine.
type Settings struct {
	fynewidget.BaseWidget
	main *view.Main
	deps SettingsDeps

	nav     [sections]*widget.NavItem
	made    [sections]fyne.CanvasObject // nil until it is first opened
	holder  *fyne.Container
	content fyne.CanvasObject

	open      Section
	list      *accountsSection
	audio     *audioSection
	machine   *machineSection
	texts     *textsSection
	triggers  *triggersSection
	listening bool
	form      *view.AccountForm // the newest that was opened
}

// NewSettings shows the accounts first, which are made once they are to be seen.
func NewSettings(m *view.Main, deps SettingsDeps) *Settings {
	s := &Settings{main: m, deps: deps, open: -1, holder: container.NewStack()}
	panel := container.NewStack(widget.NewGround(theme.Surface), sized(theme.SettingsWidth, 0, container.NewVScroll(inset(theme.Grid, s.navigation()))))
	s.content = container.New(beside{}, across(0, panel, widget.NewHairline()), s.holder)
	onChange(&m.Changed, s.listen)
	onChange(&m.Changed, s.watch)
	onChange(&m.Changed, s.lead)
	onChange(&m.Accounts.Changed, s.showForm)
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for Fyne.
func (s *Settings) CreateRenderer() fyne.WidgetRenderer {
	if s.open < 0 {
		s.Open(SectionAccounts)
	}
	return fynewidget.NewSimpleRenderer(s.content)
}

// Show is for Fyne. A form that was opened from another page gets the focus.
func (s *Settings) Show() {
	s.BaseWidget.Show()
	if s.list != nil && s.list.form != nil {
		s.list.form.begin()
	}
}

// canvas is what the cursor can be put on: nil while another page is shown.
func (s *Settings) canvas() fyne.Canvas {
	if !s.Visible() {
		return nil
	}
	if s.deps.Canvas != nil {
		return s.deps.Canvas
	}
	return canvasOf(s)
}

func (s *Settings) navigation() fyne.CanvasObject {
	item := func(section Section, icon theme.Icon, text string) fyne.CanvasObject {
		s.nav[section] = widget.NewNavItem(icon, text, func() { s.Open(section) })
		return s.nav[section]
	}
	return column(2,
		navTitle(lang.L("Phone")),
		item(SectionAccounts, theme.IconUser, lang.L("Accounts")),
		item(SectionAudio, theme.IconHeadset, lang.L("Audio")),
		item(SectionRinging, theme.IconBell, lang.L("Ringing")),
		item(SectionVoicemail, theme.IconVoicemail, lang.L("Voicemail")),
		item(SectionTexts, theme.IconTexts, lang.L("Texts")),
		navTitle(lang.L("Contact Center")),
		item(SectionBlacklist, theme.IconBlock, lang.L("Blacklist Numbers")),
		item(SectionBlockedLog, theme.IconClock, lang.L("Blocked log")),
		item(SectionTriggers, theme.IconBolt, lang.L("Text Triggers")),
		navTitle(lang.L("Program")),
		item(SectionAppearance, theme.IconSun, lang.L("Appearance")),
		item(SectionPractice, theme.IconPlay, lang.L("Practice")),
		item(SectionData, theme.IconFolder, lang.L("Data")),
		item(SectionAbout, theme.IconInfo, lang.L("About")),
	)
}

// Open opens a section.
func (s *Settings) Open(section Section) {
	if section == s.open {
		return
	}
	s.open = section
	for i, item := range s.nav {
		item.SetSelected(Section(i) == section)
	}
	if s.made[section] == nil {
		s.made[section] = s.build(section)
	}
	switch section {
	case SectionAudio, SectionRinging:
		s.main.Audio.Read()
		s.deps.Ringtone.Read()
	case SectionVoicemail:
		s.main.Machine.Read()
		s.main.Greetings.Read()
	case SectionTexts:
		s.main.TextSetup.Read()
	case SectionData:
		s.deps.Data.Read()
	}
	s.watch()
	s.holder.Objects = []fyne.CanvasObject{s.made[section]}
	s.holder.Refresh()
	s.listen()
}

func (s *Settings) build(section Section) fyne.CanvasObject {
	switch section {
	case SectionAccounts:
		s.list = newAccountsSection(s.main.Accounts, s.canvas)
		return s.list.holder
	case SectionAudio:
		s.audio = newAudioSection(s.main.Audio)
		return s.audio.content
	case SectionRinging:
		return newRingingSection(s.main.Audio, s.deps.Ringtone)
	case SectionVoicemail:
		s.machine = newMachineSection(s.main, s.canvas)
		return s.machine.content
	case SectionBlacklist:
		return newBlacklistSection(s.main).content
	case SectionBlockedLog:
		return newBlockedLogSection(s.main).content
	case SectionTexts:
		s.texts = newTextsSection(s.main, s.canvas)
		return s.texts.holder
	case SectionTriggers:
		s.triggers = newTriggersSection(s.main, s.watch)
		return s.triggers.holder
	case SectionAppearance:
		return newAppearanceSection(s.deps.Appearance)
	case SectionPractice:
		return newPracticeSection(s.main)
	case SectionData:
		return newDataSection(s.deps.Data)
	default:
		return newAboutSection(s.deps.About)
	}
}

// showForm brings the form of an account into sight, wherever it was asked for.
func (s *Settings) showForm() {
	if form := s.main.Accounts.Form; form != s.form {
		s.form = form
		if form != nil {
			s.Open(SectionAccounts)
		}
	}
}

// lead opens the section that was asked for elsewhere.
func (s *Settings) lead() {
	switch s.main.Setting {
	case view.SettingVoicemail:
		s.main.Setting = ""
		s.Open(SectionVoicemail)
	case view.SettingBlacklist:
		s.main.Setting = ""
		s.Open(SectionBlacklist)
	}
}

// watch has the lists read that come into sight.
func (s *Settings) watch() {
	shown := s.main.Page == view.PageSettings
	b, l := s.main.Blacklist, s.main.BlockedLog
	list, log := shown && s.open == SectionBlacklist, shown && s.open == SectionBlockedLog
	if list && !b.Watched {
		b.Read()
	}
	if log && !l.Watched {
		l.Start()
	}
	b.Watched, l.Watched = list, log
	s.watchTriggers(shown && s.open == SectionTriggers)
}

// watchTriggers has the triggers or their log read where they come into sight. What is typed is kept where they go.
func (s *Settings) watchTriggers(shown bool) {
	t, l := s.main.Triggers, s.main.TriggerLog
	log := shown && s.triggers != nil && s.triggers.logging
	if shown && !t.Watched {
		t.Read()
	}
	if log && !l.Watched {
		l.Read()
	}
	if t.Watched && !shown && t.Form != nil {
		t.Form.Keep()
	}
	t.Watched, l.Watched = shown, log
}

// listen tells when level meters come and go.
func (s *Settings) listen() {
	on := s.open == SectionAudio && s.main.Page == view.PageSettings
	if on != s.listening {
		s.listening = on
		s.deps.Listen(on)
	}
}

// SetLevels shows how loud microphone and speaker are, in dBov from -127 to 0.
func (s *Settings) SetLevels(microphone, speaker float64) {
	if s.audio != nil && s.open == SectionAudio {
		s.audio.setLevels(microphone, speaker)
		s.main.Audio.Hear(microphone)
	}
	if s.machine != nil && s.main.Greetings.Recording() {
		s.machine.greetings.setLevel(microphone)
	}
}
