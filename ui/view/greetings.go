package view

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
)

// GreetingStep is how far the change of a greeting is.
type GreetingStep int

// The steps.
const (
	GreetingRests GreetingStep = iota
	GreetingRecords
	GreetingRecorded // as the draft, which waits to be kept
	GreetingFile     // the path of a file is typed
)

// GreetingRow is what callers of a kind hear.
type GreetingRow struct {
	Kind phone.GreetingKind
	// Own tells that it is recorded for them; Shared that they hear the agent's own one for everybody.
	Own, Shared bool
	// Length is how long it lasts, as 0:08.
	Length string
}

// Greetings is where the greetings are heard and recorded.
type Greetings struct {
	List []GreetingRow
	// Kind is the greeting that is being changed, and Step how far that is.
	Kind phone.GreetingKind
	Step GreetingStep
	// Elapsed is how much is recorded.
	Elapsed time.Duration
	// Path is the file as typed, and Error what is wrong with it.
	Path, Error string
	// Working is set while the file is read.
	Working bool
	// Notice says what went wrong; "" where nothing did.
	Notice string
	// Home is the folder that paths are taken from; may be empty.
	Home string
	// Changed is called when any of this has changed, but for Path, which is typed.
	Changed func()

	answer  Answerer
	player  *Player
	worker  Worker
	words   Words
	now     func() time.Time
	began   time.Time
	stop    context.CancelFunc // ends the recording; nil while there is none
	dropped bool               // what is recorded is not wanted
}

// NewGreetings knows nothing until Read.
func NewGreetings(answer Answerer, player *Player, worker Worker, words Words, now func() time.Time) *Greetings {
	return &Greetings{Changed: func() {}, answer: answer, player: player, worker: worker, words: words, now: now}
}

// Read reads what callers hear.
func (g *Greetings) Read() {
	var list []phone.Greeting
	g.worker.Do(func(ctx context.Context) (err error) {
		list, err = g.answer.Greetings(ctx)
		return err
	}, func(err error) {
		if err != nil {
			g.Notice = g.words.L(phone.Sentence(err))
			g.Changed()
			return
		}
		g.List = g.List[:0]
		shared := false
		for _, one := range list {
			shared = shared || one.Kind == phone.GreetingAll && one.Own
			g.List = append(g.List, GreetingRow{Kind: one.Kind, Own: one.Own, Length: length(one.Sound.Length().Round(time.Second))})
		}
		for i := range g.List {
			row := &g.List[i]
			row.Shared = shared && !row.Own && row.Kind != phone.GreetingAll
		}
		g.Changed()
	})
}

// Recording tells whether the microphone is recorded now.
func (g *Greetings) Recording() bool { return g.Step == GreetingRecords }

// Record records the microphone as a greeting of a kind until Stop, for phone.MaxGreeting at most.
func (g *Greetings) Record(kind phone.GreetingKind) {
	if g.stop != nil {
		return
	}
	held, stop := context.WithCancel(context.Background())
	g.begin(kind, GreetingRecords)
	g.stop, g.began, g.Elapsed, g.dropped = stop, g.now(), 0, false
	g.Changed()
	g.worker.Do(func(ctx context.Context) error {
		ctx, end := context.WithCancel(ctx)
		defer end()
		defer context.AfterFunc(held, end)()
		return g.answer.RecordGreeting(ctx)
	}, func(err error) {
		stop()
		g.stop = nil
		switch {
		case g.dropped:
		case err != nil:
			g.begin("", GreetingRests)
			g.Notice = g.words.L(phone.Sentence(err))
		default:
			g.tick()
			g.Step = GreetingRecorded
		}
		g.Changed()
	})
}

// begin turns to a step with nothing wrong yet.
func (g *Greetings) begin(kind phone.GreetingKind, step GreetingStep) {
	g.Kind, g.Step, g.Notice, g.Path, g.Error, g.Working = kind, step, "", "", "", false
}

// Beat moves on how much is recorded.
func (g *Greetings) Beat() {
	if g.Recording() && g.tick() {
		g.Changed()
	}
}

func (g *Greetings) tick() (moved bool) {
	was := g.Elapsed
	g.Elapsed = min(g.now().Sub(g.began).Truncate(time.Second), phone.MaxGreeting)
	return g.Elapsed != was
}

// Stop ends the recording, which can be listened to then.
func (g *Greetings) Stop() {
	if g.stop != nil {
		g.stop()
	}
}

// Listen plays what is recorded, or ends that.
func (g *Greetings) Listen() { g.player.ToggleGreeting(phone.GreetingDraft) }

// Keep takes what is recorded as the greeting.
func (g *Greetings) Keep() {
	if kind := g.Kind; g.Step == GreetingRecorded {
		g.change(func(ctx context.Context) error { return g.answer.KeepGreeting(ctx, kind) })
	}
}

// Reset goes back to the standard greeting.
func (g *Greetings) Reset(kind phone.GreetingKind) {
	g.change(func(ctx context.Context) error { return g.answer.ResetGreeting(ctx, kind) })
}

func (g *Greetings) change(work func(ctx context.Context) error) {
	g.worker.Do(work, func(err error) {
		if g.Notice = g.words.L(phone.Sentence(err)); err == nil {
			g.begin("", GreetingRests)
		}
		g.Read()
		g.Changed()
	})
}

// Cancel leaves the greeting as it was.
func (g *Greetings) Cancel() {
	g.dropped = true
	g.Stop()
	if g.player.Now.Greeting != "" {
		g.player.Close()
	}
	g.begin("", GreetingRests)
	g.Changed()
}

// BringIn has the path of a WAV file typed for a greeting of a kind.
func (g *Greetings) BringIn(kind phone.GreetingKind) {
	if g.stop == nil {
		g.begin(kind, GreetingFile)
		g.Changed()
	}
}

// Type replaces the path.
func (g *Greetings) Type(path string) {
	g.Path = path
	if g.Error != "" {
		g.Error = ""
		g.Changed()
	}
}

// Take takes the file as the greeting.
func (g *Greetings) Take() {
	if g.Step != GreetingFile || g.Working {
		return
	}
	kind := g.Kind
	path, err := wholePath(g.Path, g.Home)
	if err != nil {
		g.Error = g.words.L(phone.Sentence(err))
		g.Changed()
		return
	}
	g.Working = true
	g.Changed()
	g.worker.Do(func(ctx context.Context) error { return g.answer.SetGreeting(ctx, kind, path) }, func(err error) {
		switch {
		case g.Step != GreetingFile || g.Kind != kind: // it was cancelled
		case err != nil:
			g.Working, g.Error = false, g.words.L(phone.Sentence(err))
		default:
			g.begin("", GreetingRests)
		}
		g.Read()
		g.Changed()
	})
}
