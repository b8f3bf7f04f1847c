package control

import (
	"time"

	"github.com/callward/callward/phone"
)

// Entry is a row of blacklist.list.
type Entry struct {
	ID     phone.EntryID   `json:"id"`
	Kind   phone.EntryKind `json:"kind"`
	Number string          `json:"number"`
	Name   string          `json:"name"`
	Mode   phone.Mode      `json:"mode"`
	// Contact is the id of the contact that it was picked from; empty for none. Others are the further numbers that
	// an entry of the kind contact blocks.
	Contact phone.ContactID `json:"contact"`
	Others  []string        `json:"others"`
	Since   Time            `json:"since"`
	// Expires is null where it never does, Last where it blocked nothing yet.
	Expires *Time `json:"expires"`
	Blocked int   `json:"blocked"`
	Last    *Time `json:"last"`
}

func newEntry(e phone.Entry) Entry {
	return Entry{
		ID: e.ID, Kind: e.Kind, Number: e.Number, Name: e.Name, Mode: e.Mode, Contact: e.Contact,
		Others: append([]string{}, e.Others...), Since: Time{e.Since}, Expires: happened(e.Expires), Blocked: e.Blocked, Last: happened(e.Last),
	}
}

// EntryDraft is the arguments of blacklist.add.
type EntryDraft struct {
	// Kind is number, contact, prefix or hidden; empty means number.
	Kind   phone.EntryKind `json:"kind"`
	Number string          `json:"number"`
	Name   string          `json:"name"`
	// Mode is voicemail, all or through; empty means voicemail.
	Mode    phone.Mode      `json:"mode"`
	Contact phone.ContactID `json:"contact"`
	// ExpiresS is in how many seconds it ends; 0 means never.
	ExpiresS int64 `json:"expires_s"`
	// Replace changes the entry that is there.
	Replace bool `json:"replace"`
}

func (d EntryDraft) draft(now time.Time) phone.EntryDraft {
	draft := phone.EntryDraft{Kind: d.Kind, Number: d.Number, Name: d.Name, Mode: d.Mode, Contact: d.Contact, Replace: d.Replace}
	if d.ExpiresS != 0 {
		draft.Expires = now.Add(time.Duration(d.ExpiresS) * time.Second)
	}
	return draft
}

// EntryRef is the arguments of blacklist.remove: Kind and Number are as in EntryDraft.
type EntryRef struct {
	Kind   phone.EntryKind `json:"kind"`
	Number string          `json:"number"`
}

// EntryList is the arguments of blacklist.list.
type EntryList struct {
	// Through asks for those that are always let through.
	Through bool `json:"through"`
	// Offset and Limit choose a part, newest first; a Limit of 0 means all.
	Offset int `json:"offset"`
	Limit  int `json:"limit"`
}

// Check is the arguments of blacklist.check.
type Check struct {
	// Number is one as typed, a SIP address, or what a From header says.
	Number string `json:"number"`
}

// Passage is what blacklist.check answers.
type Passage struct {
	// Call, Voicemail, Text and Trigger tell whether that passes.
	Call      bool `json:"call"`
	Voicemail bool `json:"voicemail"`
	Text      bool `json:"text"`
	Trigger   bool `json:"trigger"`
	Verdict
	// Entry is the entry that decides; null for none.
	Entry *Entry `json:"entry"`
	// Until is when screening begins again after an emergency call; null while it is on.
	Until *Time `json:"until"`
}

// Verdict is what screening decided, and by what.
type Verdict struct {
	// Verdict is voicemail, all, through, or empty where no entry fits.
	Verdict phone.Mode `json:"verdict"`
	// Header claims Received, whose normal form is Normalised; empty for a hidden caller.
	Header     string `json:"header"`
	Received   string `json:"received"`
	Normalised string `json:"normalised"`
}

func newVerdict(v phone.Verdict) Verdict {
	return Verdict{Verdict: v.Mode, Header: v.Header, Received: v.Received, Normalised: v.Number}
}

func newPassage(p phone.Passage) Passage {
	out := Passage{
		Call: p.Call(), Voicemail: p.Voicemail(), Text: p.Text(), Trigger: p.Trigger(), Verdict: newVerdict(p.Verdict), Until: happened(p.Until),
	}
	if p.Entry.ID != "" {
		entry := newEntry(p.Entry)
		out.Entry = &entry
	}
	return out
}

// Screened is a row of screening.
type Screened struct {
	When Time `json:"when"`
	// Number and Name are the caller's as they would have been shown.
	Number string             `json:"number"`
	Name   string             `json:"name"`
	Kind   phone.ScreenedKind `json:"kind"`
	Verdict
	// Entry is the name of the entry that blocked it, or its number where it has none.
	Entry string `json:"entry"`
	// Account is the address of the account that it came to, and Text what a text said.
	Account string `json:"account"`
	Text    string `json:"text"`
}

func newScreened(s phone.Screened) Screened {
	entry := s.EntryName
	switch {
	case entry != "":
	case s.EntryText != "":
		entry = s.EntryText
	default:
		entry = string(s.Verdict.Kind)
	}
	return Screened{
		When: Time{s.Time}, Number: s.Number, Name: s.Name, Kind: s.Kind, Verdict: newVerdict(s.Verdict), Entry: entry, Account: s.Account, Text: s.Text,
	}
}

// Part is the arguments of screening: how many of the newest, 0 for all.
type Part struct {
	Limit int `json:"limit"`
}
