package view

import (
	"context"

	"github.com/callward/callward/phone"
)

// Trainer is the practice exchange's switch and its robots; *phone.Phone satisfies it.
type Trainer interface {
	SetPractice(ctx context.Context, on bool) error
	PracticeRing(ctx context.Context, who string) error
}

// Robot is somebody of the practice exchange.
type Robot struct {
	// Dial is the number to call, or Who the name of one who calls.
	Dial, Who string
	Text      string
}

// Practice is what can be tried on the practice exchange.
type Practice struct {
	On bool
	// Numbers can be dialled; Callers ring when they are asked.
	Numbers, Callers []Robot
	// Notice says what went wrong.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	trainer Trainer
	worker  Worker
	words   Words
}

// NewPractice is off until Show says otherwise.
func NewPractice(trainer Trainer, worker Worker, words Words) *Practice {
	return &Practice{
		Changed: func() {}, trainer: trainer, worker: worker, words: words,
		Numbers: []Robot{
			{Dial: "600", Text: words.L("says back what you say")},
			{Dial: "601", Text: words.L("a voice that speaks")},
			{Dial: "602", Text: words.L("is busy")},
			{Dial: "603", Text: words.L("declines")},
			{Dial: "604", Text: words.L("rings and never answers")},
			{Dial: "605", Text: words.L("hangs up after 5 seconds")},
			{Dial: "606", Text: words.L("puts you on hold for a while")},
			{Dial: "607", Text: words.L("speaks before it answers")},
		},
		Callers: []Robot{
			{Who: "jo", Text: words.L("Somebody you know")},
			{Who: "unknown", Text: words.L("An unknown number")},
			{Who: "hidden", Text: words.L("A hidden caller")},
		},
	}
}

// Show takes over what is alive now.
func (p *Practice) Show(s phone.Snapshot) {
	if p.On != s.Practice {
		p.On = s.Practice
		p.Changed()
	}
}

// Switch turns the exchange on or off.
func (p *Practice) Switch(on bool) {
	p.do(func(ctx context.Context) error { return p.trainer.SetPractice(ctx, on) })
}

// Ring has a robot call.
func (p *Practice) Ring(who string) {
	p.do(func(ctx context.Context) error { return p.trainer.PracticeRing(ctx, who) })
}

func (p *Practice) do(work func(ctx context.Context) error) {
	p.worker.Do(work, func(err error) {
		if text := p.words.L(phone.Sentence(err)); text != p.Notice {
			p.Notice = text
			p.Changed()
		}
	})
}
