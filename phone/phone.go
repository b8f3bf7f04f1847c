package phone

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
)

// Config is what a Phone is made of: the ports, all needed.
type Config struct {
	// Signalling makes SIP, given where it puts what happens.
	Signalling func(inbox SignallingInbox) Signalling
	// Texting sends texts by HTTP, given where it puts what happens.
	Texting func(inbox TextingInbox) Texting
	// Sound makes the agent's sound, given whom to tell of its devices.
	Sound   func(notify func(SoundEvent)) Sound
	Media   Media
	Numbers Numbers
	Store   Store
	Secrets Secrets
	// Blacklist is empty: Run loads it.
	Blacklist Blacklist
	Exchange  Exchange
	// Recordings keeps what the answering machine records.
	Recordings Recordings
	Tracer     Tracer
	// Language is that of the standard greeting where none was chosen: de, else en.
	Language string
	// NewID makes the ids of calls and accounts, UUIDv7.
	NewID func() (string, error)
	Log   *slog.Logger
}

// Phone is the running phone. The goroutine of Run owns the calls and
// accounts; every other method may be called from any goroutine.
type Phone struct {
	cfg        Config
	signalling Signalling
	sound      Sound

	textGateways Texting
	texting      atomic.Pointer[TextSettings]
	outbox       *outbox
	postbox      *postbox
	triggers     *triggers
	queueing     sync.Mutex // held while a text is written and put into its lane

	inbox    *Mailbox[input]
	snapshot atomic.Pointer[Snapshot]
	recorder *recorder

	ready chan struct{} // closed when the accounts are open
	quit  chan struct{} // closed by Quit
	ended chan struct{} // closed when the loop has ended
	once  sync.Once

	// settling is held while an account or the practice exchange is changed, listing while
	// contacts or the blacklist are: those touch the disk, and are done one after the other.
	settling, listing sync.Mutex
	directory         *directory
	untidy            chan struct{} // full while tidy has something to do at once
}

// New makes a Phone that does nothing until Run.
func New(cfg Config) *Phone {
	p := &Phone{
		cfg: cfg, inbox: NewMailbox[input](), directory: newDirectory(), untidy: make(chan struct{}, 1),
		ready: make(chan struct{}), quit: make(chan struct{}), ended: make(chan struct{}),
	}
	p.snapshot.Store(&Snapshot{})
	p.recorder = newRecorder(cfg.Store, cfg.Log, p.warn, func(kind EventKind) { p.inbox.Put(changed(kind)) })
	p.recorder.kept = func(v Voicemail) { p.inbox.Put(messageKept(v)) }
	p.sound = cfg.Sound(func(e SoundEvent) { p.inbox.Put(soundChanged(e)) })
	usual := usualTexts()
	p.texting.Store(&usual)
	p.outbox, p.postbox, p.triggers = newOutbox(p), newPostbox(p), newTriggers(p)
	p.signalling = cfg.Signalling((*signallingInbox)(p))
	p.textGateways = cfg.Texting((*textingInbox)(p))
	return p
}

// Run opens the accounts and runs the loop until ctx is done. It fails only
// where what is stored cannot be read. When it returns all calls have been
// told to end and history is on the disk.
func (p *Phone) Run(ctx context.Context) error {
	defer close(p.ended)
	l := newLoop(p)
	defer l.shut()
	var background sync.WaitGroup
	defer background.Wait()
	recording, stopRecording := context.WithCancel(context.WithoutCancel(ctx))
	defer stopRecording()
	background.Go(func() { p.recorder.run(recording) })
	texting, stopTexting := context.WithCancel(context.WithoutCancel(ctx))
	defer stopTexting()
	background.Go(func() { p.outbox.run(texting) })
	background.Go(func() { p.postbox.run(texting) })
	background.Go(func() { p.triggers.run(texting) })
	opened := make(chan error, 1)
	background.Go(func() { opened <- p.open(ctx) })
	watching, stopWatching := context.WithCancel(ctx)
	defer stopWatching()
	background.Go(func() { p.watchSound(watching) })
	background.Go(func() { p.tidy(watching) })
	for {
		select {
		case <-p.inbox.Ready():
			l.work(p.inbox.Take())
		case err := <-opened:
			if err != nil && ctx.Err() == nil {
				l.end()
				return err
			}
			if err != nil { // cut off by the end
				opened = nil
				continue
			}
			// What opening has queued is done before anybody is told.
			l.work(p.inbox.Take())
			close(p.ready)
			opened = nil
		case <-ctx.Done():
			l.end()
			return nil
		}
	}
}

// Ready is closed once the accounts are open.
func (p *Phone) Ready() <-chan struct{} { return p.ready }

// Quit asks the program to end; Quitting is closed by it.
func (p *Phone) Quit() { p.once.Do(func() { close(p.quit) }) }

// Quitting is closed once somebody asked the program to end.
func (p *Phone) Quitting() <-chan struct{} { return p.quit }

// Snapshot returns what is alive now.
func (p *Phone) Snapshot() Snapshot { return *p.snapshot.Load() }

// Subscribe begins to give events.
func (p *Phone) Subscribe() *Subscription {
	s := &Subscription{events: make(chan Event, subscriptionLimit)}
	if !p.inbox.Put(subscribed{s}) {
		s.Close()
	}
	return s
}

// warn tells the agent of something that needs no answer.
func (p *Phone) warn(text string) { p.inbox.Put(noticed(text)) }

// input is a message to the loop, as a plain value. apply is called by the
// loop and must not block.
type input interface{ apply(l *loop) }

// asked is a command that somebody waits for.
type asked struct {
	do   func(l *loop) error
	done chan error
}

func (a asked) apply(l *loop) {
	err := a.do(l)
	l.replies = append(l.replies, func() { a.done <- err })
}

// ask has the loop do something and waits for it. It fails where the loop has
// ended or ctx is done.
func (p *Phone) ask(ctx context.Context, op string, do func(l *loop) error) error {
	a := asked{do, make(chan error, 1)}
	if !p.inbox.Put(a) {
		return &Error{Code: CodeNotRunning, Op: op}
	}
	return p.await(ctx, op, a.done)
}

// await waits for what came of something that was asked for, as ask does.
func (p *Phone) await(ctx context.Context, op string, done <-chan error) error {
	select {
	case err := <-done:
		return err
	case <-p.ended:
		select {
		case err := <-done: // it was among the last
			return err
		default:
			return &Error{Code: CodeNotRunning, Op: op}
		}
	case <-ctx.Done():
		return &Error{Code: CodeCancelled, Op: op, Err: ctx.Err()}
	}
}
