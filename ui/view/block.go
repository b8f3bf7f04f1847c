package view

import (
	"strings"

	"github.com/callward/callward/phone"
)

// Block opens the window Add Blacklist Numbers for a number as it is in a call or in history of
// the account of an address; "" is a caller who hides.
func (m *Main) Block(number, name, account string) {
	if number == "" {
		m.AddEntry(phone.KindHidden, false)
		return
	}
	form := m.newForm(phone.KindNumber, false)
	form.Name, form.named = name, name != ""
	form.Type(listable(number, account))
	if len(form.Contacts) > 0 {
		form.named = false
		form.nameIt()
	}
	m.open(form)
}

// BlockRinging declines the call that rings, and opens the window Add Blacklist Numbers for its caller.
func (m *Main) BlockRinging() {
	ring := m.Ringing
	if ring.ID == "" {
		return
	}
	number, name, account := ring.number, ring.Party.Name, ring.Account
	ring.Decline()
	m.Block(number, name, account)
}

// AddContact opens the form of a contact, with a number of a call or of history and its name.
func (m *Main) AddContact(number, name, account string) {
	m.Contacts.Add(listable(number, account), name)
	m.Go(PageContacts)
}

// OpenContact shows a contact, unless another one is being typed.
func (m *Main) OpenContact(id phone.ContactID) {
	m.Contacts.Pick(id)
	m.Go(PageContacts)
}

// AddEntry opens the window for a new entry of a kind, of those that are always let through or that block.
func (m *Main) AddEntry(kind phone.EntryKind, through bool) { m.open(m.newForm(kind, through)) }

// EditEntry opens the window for an entry.
func (m *Main) EditEntry(e phone.Entry) {
	form := m.newForm(e.Kind, e.Mode == phone.LetThrough)
	form.edit(e)
	m.open(form)
}

// StopAdding closes the window.
func (m *Main) StopAdding() {
	m.Adding = nil
	m.Changed()
}

func (m *Main) open(form *EntryForm) {
	m.Adding = form
	m.Changed()
}

func (m *Main) newForm(kind phone.EntryKind, through bool) *EntryForm {
	form := newEntryForm(m.guard, m.book, m.worker, m.words, m.Dial.numbers, m.now)
	form.Kind, form.Through = kind, through
	if kind == phone.KindContact {
		form.Kind, form.Whole = phone.KindNumber, true
	}
	form.country = func() string { return m.country("") }
	form.closed = func() {
		if m.Adding == form {
			m.StopAdding()
		}
	}
	return form
}

// listable is a number of a call as it is put on the list: a name of the account's own domain needs that.
func listable(number, account string) string {
	if strings.Contains(number, "@") || strings.Trim(number, "+0123456789*#") == "" {
		return number
	}
	_, domain, _ := strings.Cut(account, "@")
	return number + "@" + domain
}
