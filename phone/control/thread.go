package control

import "github.com/callward/callward/phone"

// Thread is a row of text.threads.
type Thread struct {
	// Number is empty for senders who hide.
	Number  string          `json:"number"`
	Name    string          `json:"name"`
	Contact phone.ContactID `json:"contact"`
	// Via is how the last text came or went.
	Via string `json:"via"`
	// Last is the newest text, with the first line of its body; null for none.
	Last   *Text  `json:"last"`
	Unread int    `json:"unread"`
	Draft  string `json:"draft"`
	// Blacklisted is the entry that blocks the number; null for none.
	Blacklisted *Entry `json:"blacklisted"`
	// Stopped is since when the number wants no automatic texts; null where it does.
	Stopped *Time `json:"stopped"`
}

func newThread(t phone.Thread) Thread {
	out := Thread{
		Number: t.Number, Name: t.Name, Contact: t.Contact, Via: t.Via, Unread: t.Unread, Draft: t.Draft,
		Blacklisted: blacklisted(t), Stopped: happened(t.Stopped),
	}
	if t.Last.ID != "" {
		last := newText(t.Last)
		out.Last = &last
	}
	return out
}

// blacklisted returns the entry that blocks a thread's number, nil for none.
func blacklisted(t phone.Thread) *Entry {
	if !t.Entry.Mode.Blocks() {
		return nil
	}
	entry := newEntry(t.Entry)
	return &entry
}

// ThreadList is the arguments of text.threads.
type ThreadList struct {
	// Search is text that a number or name has; empty means all. Unread asks for those alone that have unread texts.
	Search string `json:"search"`
	Unread bool   `json:"unread"`
	// Offset and Limit choose a part, that with the newest text first; a Limit of 0 means all.
	Offset int `json:"offset"`
	Limit  int `json:"limit"`
}
