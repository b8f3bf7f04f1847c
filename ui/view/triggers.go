package view

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// TriggerKeeper keeps the texts that are sent by themselves; *phone.Phone satisfies it. Its methods wait for the disk.
type TriggerKeeper interface {
	Triggers(ctx context.Context) ([]phone.Trigger, error)
	SetTrigger(ctx context.Context, t phone.Trigger) error
	TestTrigger(ctx context.Context, name phone.TriggerName, number string) (phone.Triggered, error)
	TriggerLog(ctx context.Context, q phone.TriggerLogQuery) (part []phone.Triggered, total int, err error)
	PreviewTrigger(ctx context.Context, template string) (string, error)
}

// TriggerRow is a trigger in the list.
type TriggerRow struct {
	Trigger phone.Trigger
	// Title is the event that it follows, Summary when and to whom it sends.
	Title, Summary string
}

// Triggers is the page of texts that are sent by themselves: the list, and the form of one of them.
type Triggers struct {
	// List are all of them, as they are set; none until they are read.
	List []TriggerRow
	// Form is the trigger that is open; nil for none.
	Form *TriggerForm
	// Watched is set while the page is shown.
	Watched bool
	// Notice says what went wrong outside of the form; "" where nothing did.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	keeper  TriggerKeeper
	worker  Worker
	inOrder *lane
	words   Words
	writes  int // how many changes are being kept
}

// NewTriggers knows nothing until Read.
func NewTriggers(keeper TriggerKeeper, worker Worker, words Words) *Triggers {
	return &Triggers{Changed: func() {}, keeper: keeper, worker: worker, inOrder: &lane{worker: worker}, words: words}
}

// Read reads how they are set.
func (t *Triggers) Read() {
	var list []phone.Trigger
	t.inOrder.Do(func(ctx context.Context) (err error) {
		list, err = t.keeper.Triggers(ctx)
		return err
	}, func(err error) {
		t.Notice = t.words.L(phone.Sentence(err))
		switch {
		case err != nil:
		case t.writes > 0: // they are older than what the agent sees
			t.Read()
		default:
			t.take(list)
		}
		t.Changed()
	})
}

func (t *Triggers) take(list []phone.Trigger) {
	t.List = t.List[:0]
	for _, one := range list {
		t.List = append(t.List, t.row(one))
	}
	if t.Form != nil {
		if i := t.place(t.Form.Name); i >= 0 {
			t.Form.follow(t.List[i].Trigger)
		}
	}
}

func (t *Triggers) row(one phone.Trigger) TriggerRow {
	return TriggerRow{Trigger: one, Title: t.words.L(triggerWords[one.Name]), Summary: triggerSummary(t.words, one)}
}

// place is where a trigger is in the list; -1 for nowhere.
func (t *Triggers) place(name phone.TriggerName) int {
	return slices.IndexFunc(t.List, func(row TriggerRow) bool { return row.Trigger.Name == name })
}

// Happened takes over that the log grew, or a trigger changed.
func (t *Triggers) Happened() {
	t.Read()
	if t.Form != nil {
		t.Form.testMoved()
	}
}

// Switch has a trigger send from now on, or no longer.
func (t *Triggers) Switch(name phone.TriggerName, on bool) {
	t.set(name, "", func(one *phone.Trigger) { one.On = on })
}

// set changes something of a trigger. What cannot be kept is shown as it was, and said beside the field of the form.
func (t *Triggers) set(name phone.TriggerName, field string, change func(*phone.Trigger)) {
	i := t.place(name)
	if i < 0 {
		return
	}
	was := t.List[i].Trigger
	next := was
	change(&next)
	form := t.Form
	if form != nil && form.Name == name {
		delete(form.Errors, field)
	}
	if next == was {
		t.Changed()
		return
	}
	t.List[i] = t.row(next)
	t.Changed()
	t.writes++
	t.inOrder.Do(func(ctx context.Context) error { return t.keeper.SetTrigger(ctx, next) }, func(err error) {
		t.writes--
		i := t.place(name)
		if err != nil && i >= 0 && t.List[i].Trigger == next {
			t.List[i] = t.row(was)
		}
		said := t.words.L(phone.Sentence(err))
		if form != nil && form.Name == name && t.Form == form {
			t.Notice = ""
			form.refuse(field, err, said)
		} else {
			t.Notice = said
		}
		t.Changed()
	})
}

// Open opens the form of a trigger.
func (t *Triggers) Open(name phone.TriggerName) {
	if i := t.place(name); i >= 0 {
		t.Form = newTriggerForm(t, t.List[i])
		t.Form.preview()
		t.Changed()
	}
}

// Close keeps what is typed, and goes back to the list.
func (t *Triggers) Close() {
	if t.Form == nil {
		return
	}
	t.Form.Keep()
	t.Form = nil
	t.Changed()
}
