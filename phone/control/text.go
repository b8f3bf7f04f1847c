package control

import "github.com/callward/callward/phone"

// Text is a row of text.list.
type Text struct {
	ID phone.TextID `json:"id"`
	// Row is its place in time among all texts.
	Row       int64           `json:"row"`
	Direction phone.Direction `json:"direction"`
	// Number names the thread; empty for senders who hide.
	Number string `json:"number"`
	// Via is the address of an account, or the name of a gateway.
	Via  string `json:"via"`
	Time Time   `json:"time"`
	// State is received, waiting, sent, delivered or failed; Reason says why it failed, or still waits.
	State  phone.TextState `json:"state"`
	Reason string          `json:"reason"`
	// Settled is null until it was sent, delivered, or failed.
	Settled *Time  `json:"settled"`
	Body    string `json:"body"`
	// Type is the content type of one that is no text for a person, else empty.
	Type string `json:"type"`
	Seen bool   `json:"seen"`
	// Trigger is the one that wrote it; empty for a person.
	Trigger phone.TriggerName `json:"trigger"`
	// Automatic tells of a received one that a machine wrote it, as it says itself.
	Automatic bool `json:"automatic"`
}

func newText(t phone.Text) Text {
	return Text{
		ID: t.ID, Row: t.Row, Direction: t.Direction, Number: t.Number, Via: t.Via, Time: Time{t.Time}, State: t.State, Reason: t.Reason,
		Settled: happened(t.Settled), Body: t.Body, Type: t.Type, Seen: t.Seen, Trigger: t.Trigger, Automatic: t.Automatic,
	}
}

// TextSend is the arguments of text.send.
type TextSend struct {
	// Number is as typed: a telephone number, an extension or a SIP address.
	Number string `json:"number"`
	Text   string `json:"text"`
	// Account is the address of an account or the name of a gateway; empty for that of the thread, else the usual one.
	Account string `json:"account"`
}

// TextWritten is what text.send answers.
type TextWritten struct {
	Text
	// Blacklisted is the entry that blocks the number; null for none.
	Blacklisted *Entry `json:"blacklisted"`
}

// TextList is the arguments of text.list.
type TextList struct {
	// Number is as typed, or empty for senders who hide.
	Number string `json:"number"`
	// Before is the row that all are older than, 0 for the end. Limit is how many of the newest, 0 for all.
	Before int64 `json:"before"`
	Limit  int   `json:"limit"`
}

// TextSeen is the arguments of text.seen.
type TextSeen struct {
	// Number is as in TextList.
	Number string `json:"number"`
	// To is the row of the last that was seen; 0 for all.
	To int64 `json:"to"`
}

// TextRef is the arguments of text.retry, text.delete and text.restore.
type TextRef struct {
	ID phone.TextID `json:"id"`
}

// TextSearch is the arguments of text.search.
type TextSearch struct {
	// Search is words, each of which a text has, or begins one that it has.
	Search string `json:"search"`
	// Before and Limit are as in TextList.
	Before int64 `json:"before"`
	Limit  int   `json:"limit"`
}

// TextFound is a row of text.search.
type TextFound struct {
	Text
	Name string `json:"name"`
	// Snippet is the part around what was found; Marks are where that stands in it, from and to, in bytes.
	Snippet string   `json:"snippet"`
	Marks   [][2]int `json:"marks"`
}

func newTextFound(f phone.TextFound) TextFound {
	return TextFound{Text: newText(f.Text), Name: f.Name, Snippet: f.Snippet, Marks: append([][2]int{}, f.Marks...)}
}
