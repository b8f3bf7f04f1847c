package view

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// newest is how many messages Home shows.
const newest = 4

// LiveMessage is a message that is being left, as Home shows it.
type LiveMessage struct {
	ID    phone.CallID
	Party Party
	// State says what the machine does, with how much is recorded.
	State string
	// Level is how loud the caller is, in dBov from -127 to 0.
	Level float64
	// Listening tells that the agent listens in.
	Listening bool
}

// Waiting is an account whose provider has new messages.
type Waiting struct {
	// Address is the account's, and Text says how many there are.
	Address, Text string
	// Number is what calls them; "" where that is not set.
	Number string
}

// Messages is what Home shows of voice messages: the newest, those that are being left, and those at providers.
type Messages struct {
	Newest []VoicemailRow
	Counts phone.VoicemailCounts
	Live   []LiveMessage
	// Waiting are the accounts whose provider has new messages.
	Waiting []Waiting
	// NoRoom is set while the disk is too full for messages.
	NoRoom bool
	// Notice says what went wrong; "" where nothing did.
	Notice string
	// Changed is called when any of this has changed, and Heard when a level alone has.
	Changed, Heard func()

	inbox  InboxKeeper
	answer Answerer
	worker Worker
	words  Words
	rows   voicemailRows
}

func newMessages(p Phone, worker Worker, words Words, rows voicemailRows) *Messages {
	return &Messages{Changed: func() {}, Heard: func() {}, inbox: p, answer: p, worker: worker, words: words, rows: rows}
}

// Read reads the newest messages, and how many there are.
func (m *Messages) Read() {
	var (
		list   []phone.Voicemail
		counts phone.VoicemailCounts
	)
	m.worker.Do(func(ctx context.Context) (err error) {
		if list, _, err = m.inbox.Voicemails(ctx, phone.VoicemailQuery{Limit: newest}); err != nil {
			return err
		}
		counts, err = m.inbox.VoicemailCounts(ctx)
		return err
	}, func(err error) {
		m.Notice = m.words.L(phone.Sentence(err))
		if err == nil {
			m.Newest, m.Counts = m.rows.rows(list), counts
		}
		m.Changed()
	})
}

// Show takes over what is alive now. It is wanted four times a second while there is any Live.
func (m *Messages) Show(s phone.Snapshot) {
	live := make([]LiveMessage, len(s.Messages))
	for i, l := range s.Messages {
		call := l.Call
		live[i] = LiveMessage{
			ID: call.ID, Party: party(m.words, m.rows.numbers, call.Name, call.Number, m.rows.country(call.Account)),
			State: m.state(l), Level: l.Level, Listening: l.Listening,
		}
	}
	var waiting []Waiting
	for _, acc := range s.Accounts {
		if w := acc.Waiting; w.Waiting || w.New > 0 {
			waiting = append(waiting, Waiting{Address: acc.Account.Address, Text: m.waits(w), Number: acc.Account.Voicemail.Number})
		}
	}
	same := slices.EqualFunc(live, m.Live, func(a, b LiveMessage) bool {
		a.Level, b.Level = 0, 0
		return a == b
	}) && slices.Equal(waiting, m.Waiting) && s.NoRoom == m.NoRoom
	m.Live, m.Waiting, m.NoRoom = live, waiting, s.NoRoom
	if same {
		m.Heard()
	} else {
		m.Changed()
	}
}

// leaves tells whether a call is leaving a message now.
func (m *Messages) leaves(id phone.CallID) bool {
	return slices.ContainsFunc(m.Live, func(l LiveMessage) bool { return l.ID == id })
}

func (m *Messages) state(l phone.LiveMessage) string {
	if l.Phase != phone.MachineRecords {
		return m.words.L("hears the greeting")
	}
	return m.words.L("is leaving a message {{.Length}}", map[string]any{"Length": length(l.Length)})
}

func (m *Messages) waits(w phone.MessagesWaiting) string {
	if w.New == 0 { // some say no number
		return m.words.L("New messages at the provider")
	}
	return m.words.N("{{.Count}} new messages at the provider", w.New)
}

// ListenIn lets the agent hear a message that is being left, or no longer.
func (m *Messages) ListenIn(id phone.CallID, on bool) {
	m.worker.Do(func(ctx context.Context) error { return m.answer.ListenIn(ctx, id, on) }, m.say)
}

// pickUp takes a call from the machine, after it has ended those that are up.
func (m *Messages) pickUp(id phone.CallID, caller Caller, up []phone.CallID) {
	m.worker.Do(func(ctx context.Context) error {
		if err := endAll(ctx, caller, up); err != nil {
			return err
		}
		return m.answer.PickUp(ctx, id)
	}, m.say)
}

// say shows what went wrong; a caller who was faster needs no words.
func (m *Messages) say(err error) {
	text := ""
	if err != nil && phone.CodeOf(err) != phone.CodeNotFound {
		text = m.words.L(phone.Sentence(err))
	}
	if text != m.Notice {
		m.Notice = text
		m.Changed()
	}
}

// PickUp takes a call from the machine; where another is up, the agent is asked first.
func (m *Main) PickUp(live LiveMessage) {
	switch {
	case !m.Cards.Up():
		m.Messages.pickUp(live.ID, m.caller, nil)
	case m.Next == nil:
		m.Next = &NextCall{PickUp: live.ID, Name: live.Party.Title}
		m.Changed()
	}
}

// CallVoicemail calls the provider's voicemail of an account, or leads to where its number is set.
func (m *Main) CallVoicemail(w Waiting) {
	if w.Number != "" {
		m.CallNumber(w.Number, w.Address)
		return
	}
	m.Accounts.Edit(w.Address)
	m.Go(PageSettings)
}

// OpenVoicemail shows a message on the page of voice messages.
func (m *Main) OpenVoicemail(id phone.VoicemailID) {
	m.Voicemails.Show(phone.AllVoicemails)
	m.Voicemails.search = ""
	m.Go(PageVoicemails)
	m.Voicemails.Pick(id)
}

// SaveVoicemail opens the window that saves a message as a file.
func (m *Main) SaveVoicemail(row VoicemailRow) {
	m.openFile(&FileWork{Export: true, Message: row.ID, inbox: m.inbox}, "voicemail-"+fileName(row.Party.Title)+".wav")
}

// SettingVoicemail names the page of Settings with the answering machine.
const SettingVoicemail = "voicemail"

// OpenSettings shows a page of Settings by its name.
func (m *Main) OpenSettings(name string) {
	m.Setting = name
	m.Go(PageSettings)
	m.Changed()
}
