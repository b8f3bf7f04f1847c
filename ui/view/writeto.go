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

// Told tells whether an event is a text that the agent is to be told of: one that came, unless it is looked at already, or nothing
// is to disturb.
func (m *Main) Told(e phone.Event) bool {
	return e.Kind == phone.EventText && e.Message.State == phone.TextReceived && !e.Message.Seen &&
		m.Line.Presence != phone.DoNotDisturb && !m.Watches(e.Message.Number)
}

// Said is what is told of a text that came: by whom, and its first line.
func (t *Texts) Said(text phone.Text) (who, line string) {
	name := ""
	if known := t.book.WhoHas(text.Number, text.Via); len(known) > 0 {
		name = known[0].Title()
	}
	return party(t.words, t.rows.numbers, name, text.Number, t.rows.country(text.Via)).Title, t.firstLine(text)
}

// Watches tells whether the agent looks at the thread of a number now: of what comes there nothing else needs to tell.
func (m *Main) Watches(number string) bool {
	o := m.Texts.Open
	return o != nil && o.Number == number && m.Page == PageTexts && !m.hidden
}
