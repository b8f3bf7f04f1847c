package view

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// Phone is all that the screens need of the phone; *phone.Phone satisfies it.
type Phone interface {
	Caller
	History
	AccountKeeper
	SoundKeeper
	Trainer
	ContactKeeper
	Guard
	InboxKeeper
	SoundPlayer
	Answerer
	PreferenceKeeper
	TriggerKeeper
	TextSetter
	GatewayKeeper
	TextKeeper
}

// Page is what the window shows.
type Page string

// The pages.
const (
	PageHome       Page = "home"
	PageCalls      Page = "calls"
	PageTexts      Page = "texts"
	PageVoicemails Page = "voicemails"
	PageContacts   Page = "contacts"
	PageSettings   Page = "settings"
)

// today is how many calls Home shows at most.
const today = 50

// Main is all screens together, and which of them is shown.
type Main struct {
	Line Line
	Page Page
	// Setting is the page of Settings that was asked for, which takes it; "" for none.
	Setting string
	// Missed is how many missed calls nobody has seen in the list.
	Missed int
	// Notice is something that the agent should know; "" for nothing.
	Notice string
	// Next is a call that waits for the agent to say that the one that is up may end; nil for none.
	Next *NextCall
	// Blocked is a call to a blacklisted number that waits for the agent to decide; nil for none.
	Blocked *BlockedCall
	// Adding is the window Add Blacklist Numbers; nil while it is closed.
	Adding *EntryForm
	// Changed is called when any of this has changed; what the presenters have is told by them.
	Changed func()

	Dial     *Dial
	Cards    *Cards
	Ringing  *Ringing
	Calls    *Calls
	Today    *Calls
	Accounts *Accounts
	Audio    *Audio
	Practice *Practice

	Player     *Player
	Voicemails *Voicemails
	Messages   *Messages
	Machine    *Machine
	Greetings  *Greetings

	// File is the window of an import or export; nil while it is closed. Files does them, and Home is the folder that
	// they begin in; both are set before anything is shown.
	File  *FileWork
	Files Files
	Home  string

	Texts *Texts

	Contacts   *Contacts
	Blacklist  *Blacklist
	BlockedLog *BlockedLog
	Passage    *Passage

	Triggers   *Triggers
	TriggerLog *TriggerLog
	TextSetup  *TextSetup
	Gateways   *Gateways

	guard     Guard
	caller    Caller
	book      ContactKeeper
	inbox     InboxKeeper
	machine   Answerer
	leading   string // the address of the account that calls go out by
	history   History
	worker    Worker
	words     Words
	now       func() time.Time
	day       time.Time // the one that Today shows
	countries map[string]string
	hidden    bool                            // nobody looks at the window
	dialling  map[phone.CallRequest]time.Time // when it was placed; zero while it is not
}

// twice is within what time the same call is meant once.
const twice = time.Second

// NewMain shows Home of a phone of which nothing is known yet.
func NewMain(p Phone, worker Worker, words Words, numbers Numbers, now func() time.Time) *Main {
	m := &Main{
		Page: PageHome, Changed: func() {}, caller: p, book: p, inbox: p, machine: p, guard: p, history: p, worker: worker, words: words, now: now,
		countries: map[string]string{}, dialling: map[phone.CallRequest]time.Time{},
	}
	country := m.country
	m.Dial = NewDial(p, p, worker, words, numbers, country)
	m.Cards = NewCards(p, worker, words, numbers, country)
	m.Ringing = NewRinging(p, p, worker, words, numbers, country)
	m.Calls = NewCalls(p, worker, words, numbers, country, now)
	m.Today = NewCalls(p, worker, words, numbers, country, now)
	m.Accounts = NewAccounts(p, worker, words)
	m.Audio = NewAudio(p, worker, words)
	m.Practice = NewPractice(p, worker, words)
	m.Contacts = NewContacts(p, p, worker, words, numbers, func() string { return m.country("") })
	m.Blacklist = NewBlacklist(p, p, worker, words, numbers, func() string { return m.country("") }, now)
	m.BlockedLog = NewBlockedLog(p, worker, words, numbers, country, now)
	m.Passage = NewPassage(p, worker, words, m.Blacklist)
	rows := voicemailRows{words, numbers, country, now}
	m.Contacts.inbox, m.Contacts.rowsOf = p, rows
	m.Player = NewPlayer(p, worker, words)
	m.Voicemails = newVoicemails(p, m.Player, worker, words, rows)
	m.Messages = newMessages(p, worker, words, rows)
	m.Machine = NewMachine(p, worker, words)
	m.Greetings = NewGreetings(p, m.Player, worker, words, now)
	shown := func() bool { return m.Page == PageTexts }
	m.Texts = newTexts(p, worker, words, rows, shown, func() bool { return shown() && !m.hidden },
		func() *Dial { return NewDial(p, p, worker, words, numbers, country) })
	m.Triggers = NewTriggers(p, worker, words)
	m.TriggerLog = newTriggerLog(p, worker, words, rows)
	m.TriggerLog.OnThread = m.WriteTo
	m.TextSetup = NewTextSetup(p, worker, words)
	m.Gateways = NewGateways(p, worker, words, numbers)
	return m
}

// Start reads what is shown first.
func (m *Main) Start(s phone.Snapshot) {
	m.Show(s)
	m.readToday()
	m.count()
	m.Messages.Read()
	m.Voicemails.Start()
	m.Texts.Start()
}

// Show takes over what is alive now.
func (m *Main) Show(s phone.Snapshot) {
	clear(m.countries)
	for _, a := range s.Accounts {
		m.countries[a.Account.Address] = a.Account.Country
	}
	m.leading = ""
	if acc, ok := leading(s); ok {
		m.leading = acc.Account.Address
	}
	if line := lineOf(m.words, s); line != m.Line {
		m.Line = line
		m.Changed()
	}
	m.Cards.Show(s, m.now())
	if m.Next != nil && !m.Cards.Up() {
		m.Stay() // what it waited for has ended, but by now it may not be wanted
	}
	m.Ringing.Show(s)
	m.Accounts.Show(s)
	m.Texts.Show(s)
	m.TextSetup.Show(s)
	m.Gateways.Show(s)
	m.Beat(s)
	m.Practice.Show(s)
	m.Blacklist.screens(s.Unscreened)
}

// Happened takes over an event, before the state after it is shown.
func (m *Main) Happened(e phone.Event) {
	m.Cards.Happened(e)
	switch e.Kind {
	case phone.EventHistory:
		m.Texts.Refresh() // calls stand between the texts
		m.readToday()
		if m.Page == PageCalls {
			m.Calls.Read()
			if !m.hidden {
				m.see()
				return
			}
		}
		m.count()
	case phone.EventBlacklist, phone.EventContacts, phone.EventScreening:
		m.bookChanged(e.Kind)
	case phone.EventNotice:
		m.notify(e.Text)
	case phone.EventTriggers:
		m.triggered()
	case phone.EventText:
		m.Gateways.Texted(*e.Message)
		m.Texts.Texted(*e.Message)
	case phone.EventTexts:
		m.Texts.count()
		m.Texts.Refresh()
	case phone.EventVoicemail:
		m.inboxChanged()
		m.readToday() // a call has its message once that is on the disk
		if m.Page == PageCalls {
			m.Calls.Read()
		}
	}
}

// triggered reads anew what is shown of triggers.
func (m *Main) triggered() {
	if m.Page != PageSettings {
		return
	}
	if m.Triggers.Watched {
		m.Triggers.Happened()
	}
	if m.TriggerLog.Watched {
		m.TriggerLog.Read()
	}
}

// inboxChanged reads anew what is shown of voice messages.
func (m *Main) inboxChanged() {
	m.Texts.Refresh()
	m.Messages.Read()
	switch m.Page {
	case PageVoicemails:
		m.Voicemails.Refresh()
	case PageContacts:
		m.Contacts.Reopen()
	}
}

// Moves tells whether something of voicemail moves by itself, so that Beat is needed four times a second.
func (m *Main) Moves() bool {
	return m.Player.Moving() || len(m.Messages.Live) > 0 || m.Greetings.Recording()
}

// Beat takes over what moves: the place of what is played, and the messages that are being left.
func (m *Main) Beat(s phone.Snapshot) {
	m.Player.Show(s)
	m.Messages.Show(s)
	if m.Next != nil && m.Next.PickUp != "" && !m.Messages.leaves(m.Next.PickUp) {
		m.Stay() // the caller has hung up
	}
	m.Greetings.Beat()
}

// bookChanged reads anew what is shown of contacts, the blacklist and the screening log.
func (m *Main) bookChanged(kind phone.EventKind) {
	if m.Page == PageSettings && m.Blacklist.Watched {
		m.Blacklist.Read() // how often each blocked somebody is shown too
		m.Passage.Ask()
	}
	if m.Page == PageSettings && m.BlockedLog.Watched {
		m.BlockedLog.Read()
	}
	if m.Page == PageContacts && kind == phone.EventContacts {
		m.Contacts.Refresh()
	} else if m.Page == PageContacts && kind == phone.EventBlacklist {
		m.Contacts.Reopen()
	}
	if kind == phone.EventContacts { // names in history are those of the contacts
		m.readToday()
		if m.Page == PageCalls {
			m.Calls.Read()
		}
	}
	if kind != phone.EventScreening {
		m.inboxChanged() // who calls, and who is blocked now
	}
}

// Tick moves on what shows the time; it is needed once a second while a card is shown.
func (m *Main) Tick(s phone.Snapshot) {
	m.Cards.Tick(s, m.now())
	m.Turn()
}

// Turn reads anew what shows days once another day has begun, and the blacklist once an entry has expired. It is
// needed now and then.
func (m *Main) Turn() {
	if m.Page == PageSettings && m.Blacklist.Watched {
		m.Blacklist.Turn()
	}
	if day(m.now()).Equal(m.day) {
		return
	}
	m.readToday()
	m.inboxChanged()
	m.Texts.Turn()
	if m.Page == PageCalls {
		m.Calls.Read()
	}
}

// Look tells whether anybody looks at the window: only then missed calls are seen.
func (m *Main) Look(on bool) {
	m.hidden = !on
	if on {
		m.Turn()
		m.Texts.Look()
		if m.Page == PageCalls {
			m.see()
		}
	}
}

// Go shows a page.
func (m *Main) Go(page Page) {
	if page == m.Page {
		return
	}
	if m.Page == PageTexts {
		m.Texts.leave()
	}
	m.Page = page
	if page == PageTexts {
		m.Texts.Refresh()
		m.Texts.Look()
	}
	if page == PageContacts {
		m.Contacts.Refresh()
	}
	if page == PageVoicemails {
		m.Voicemails.Refresh()
	}
	if page == PageCalls {
		m.Calls.Read()
		if !m.hidden {
			m.see()
		}
	}
	m.Changed()
}

// Call calls what the field says, and empties it once that is under way.
func (m *Main) Call() {
	if number, text := m.Dial.Number(), m.Dial.Text; number != "" {
		m.dial(wantedCall{phone.CallRequest{Number: number}, func() {
			m.Dial.Type(strings.TrimPrefix(m.Dial.Text, text)) // what came meanwhile stays
		}})
	}
}

// CallNumber calls a number, on the account of an address where it is not empty.
func (m *Main) CallNumber(number, account string) {
	if number != "" {
		m.dial(wantedCall{phone.CallRequest{Number: number, Account: account}, func() {}})
	}
}

// place calls a number, but not twice for a double click, or for an Enter that is pressed
// again while the disk takes its time.
func (m *Main) place(w wantedCall) {
	call := w.CallRequest
	if began, ok := m.dialling[call]; ok && (began.IsZero() || m.now().Sub(began) < twice) {
		return
	}
	clear(m.dialling)
	m.dialling[call] = time.Time{}
	m.Cards.Dial(call, func(err error) {
		delete(m.dialling, call)
		var held *phone.Blocked
		switch {
		case errors.As(err, &held): // it was put on the list since the gate was asked
			m.hold(w, held)
		case err == nil:
			m.dialling[call] = m.now()
			w.placed()
			m.Dial.Placed()
		}
	})
}

// Dismiss puts the notice away.
func (m *Main) Dismiss() { m.notify("") }

func (m *Main) notify(text string) {
	m.Notice = m.words.L(text)
	m.Changed()
}

func (m *Main) readToday() {
	m.day = day(m.now())
	m.Today.Since(m.day, today)
}

// count counts the missed calls that nobody has seen.
func (m *Main) count() {
	var missed int
	m.worker.Do(func(ctx context.Context) (err error) {
		missed, err = m.history.MissedUnseen(ctx)
		return err
	}, func(err error) {
		if err == nil && missed != m.Missed { // a disk that fails is told of by the history
			m.Missed = missed
			m.Changed()
		}
	})
}

// see marks the missed calls as seen: they are on the screen.
func (m *Main) see() {
	m.worker.Do(m.history.SeeMissed, func(error) { m.count() })
}
