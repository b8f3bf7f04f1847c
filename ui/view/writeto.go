package view

import (
	"github.com/callward/callward/phone"
)

// WriteTo opens the thread of a number, as it is in a call of the account of an address where that is not empty, with the cursor in the
// field.
func (m *Main) WriteTo(number, account string) {
	if number == "" {
		return
	}
	m.Go(PageTexts)
	m.Texts.write(number, account, m.Texts.after)
}

// OpenThread shows the thread of a normal form.
func (m *Main) OpenThread(number string) {
	m.Go(PageTexts)
	m.Texts.Pick(number)
}

// SettingBlacklist names the page of Settings with the blacklist.
const SettingBlacklist = "blacklist"

// Manage shows an entry in the blacklist.
func (m *Main) Manage(e phone.Entry) {
	b := m.Blacklist
	b.search = e.Number
	b.Show(false)
	b.Open = e.ID
	m.OpenSettings(SettingBlacklist)
}

// Watches tells whether the agent looks at the thread of a number now: of what comes there nothing else needs to tell.
func (m *Main) Watches(number string) bool {
	o := m.Texts.Open
	return o != nil && o.Number == number && m.Page == PageTexts && !m.hidden
}
