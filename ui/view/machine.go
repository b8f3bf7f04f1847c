package view

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
)

// LengthChoices are how long a message may be, and HeardChoices after how many days those that were heard are
// deleted, 0 for never.
var (
	LengthChoices = []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 3 * time.Minute, 5 * time.Minute, 10 * time.Minute}
	HeardChoices  = []int{0, 7, 30, 90, 365}
)

// Machine is how the answering machine is set.
type Machine struct {
	// Settings are as they are set; Ready is false until they are read.
	Settings phone.MachineSettings
	Ready    bool
	// Notice says what went wrong; "" where nothing did.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	answer  Answerer
	inOrder *lane
	words   Words
}

// NewMachine knows nothing until Read.
func NewMachine(answer Answerer, worker Worker, words Words) *Machine {
	return &Machine{Changed: func() {}, answer: answer, inOrder: &lane{worker: worker}, words: words}
}

// Read reads how it is set.
func (m *Machine) Read() {
	var s phone.MachineSettings
	m.inOrder.Do(func(ctx context.Context) (err error) {
		s, err = m.answer.MachineSettings(ctx)
		return err
	}, func(err error) {
		m.Notice = m.words.L(phone.Sentence(err))
		if err == nil {
			m.Settings, m.Ready = s, true
		}
		m.Changed()
	})
}

// Set changes something; what cannot be kept is shown as it was.
func (m *Machine) Set(change func(*phone.MachineSettings)) {
	was := m.Settings
	s := was
	change(&s)
	if s == was || !m.Ready {
		return
	}
	m.Settings = s
	m.Changed()
	m.inOrder.Do(func(ctx context.Context) error { return m.answer.SetMachineSettings(ctx, s) }, func(err error) {
		if err != nil && m.Settings == s {
			m.Settings = was
		}
		m.Notice = m.words.L(phone.Sentence(err))
		m.Changed()
	})
}

// KeepDays is for how many days messages that were heard are kept; 0 for ever.
func (m *Machine) KeepDays() int { return int(m.Settings.Keep / (24 * time.Hour)) }

// SetPresence says whether the agent takes calls.
func (m *Main) SetPresence(presence phone.Presence) {
	m.worker.Do(func(ctx context.Context) error { return m.machine.SetPresence(ctx, presence) }, func(err error) {
		if err != nil {
			m.notify(phone.Sentence(err))
		}
	})
}
