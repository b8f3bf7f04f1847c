package view

import (
	"cmp"
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// SoundKeeper keeps which devices serve and how loud; *phone.Phone satisfies
// it. Its methods wait for the sound server or the disk.
type SoundKeeper interface {
	Devices(ctx context.Context) ([]phone.Device, error)
	SetDevice(ctx context.Context, role phone.DeviceRole, name string) error
	Volumes(ctx context.Context) (map[phone.DeviceRole]int, error)
	SetVolume(ctx context.Context, role phone.DeviceRole, percent int) error
	TestMicrophone(ctx context.Context) error
	TestRing(ctx context.Context) error
}

// DeviceChoice is what can be chosen for a role.
type DeviceChoice struct {
	// Options are the system's default and then the devices, by name; Chosen is a place in them.
	Options []string
	Chosen  int
	// Volume is in percent, 100 being unchanged.
	Volume int
}

// Audio is the page of sound devices.
type Audio struct {
	Microphone, Speaker, Ring DeviceChoice
	// Testing is set while a test records or plays.
	Testing bool
	// Notice says what is wrong, or what the test is doing; may be empty.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	keeper  SoundKeeper
	worker  Worker
	inOrder *lane // for what is kept
	words   Words
	// The reasons for a notice, the first that is there being shown: what a test asks for, what went wrong last,
	// and that there is no sound.
	said, wrong, silent string
	// loudest is the level of the microphone during its test, in dBov; 0 before any is known.
	loudest float64
}

// faint is louder than a microphone that hears nothing, in dBov, and softer than anybody who speaks.
const faint = -60

// NewAudio knows no devices until Read.
func NewAudio(keeper SoundKeeper, worker Worker, words Words) *Audio {
	a := &Audio{Changed: func() {}, keeper: keeper, worker: worker, inOrder: &lane{worker: worker}, words: words}
	for _, role := range []phone.DeviceRole{phone.Microphone, phone.Speaker, phone.RingDevice} {
		*a.of(role) = DeviceChoice{Options: []string{words.L("System default")}, Volume: 100}
	}
	return a
}

// of is what can be chosen for a role.
func (a *Audio) of(role phone.DeviceRole) *DeviceChoice {
	switch role {
	case phone.Microphone:
		return &a.Microphone
	case phone.Speaker:
		return &a.Speaker
	default:
		return &a.Ring
	}
}

// Read asks what devices there are.
func (a *Audio) Read() {
	var devices []phone.Device
	var volumes map[phone.DeviceRole]int
	a.worker.Do(func(ctx context.Context) (err error) {
		if devices, err = a.keeper.Devices(ctx); err != nil {
			return err
		}
		volumes, err = a.keeper.Volumes(ctx)
		return err
	}, func(err error) {
		a.wrong = a.words.L(phone.Sentence(err))
		if err == nil {
			a.offer(devices, volumes)
		}
		a.say()
	})
}

func (a *Audio) offer(devices []phone.Device, volumes map[phone.DeviceRole]int) {
	for _, role := range []phone.DeviceRole{phone.Microphone, phone.Speaker, phone.RingDevice} {
		choice := DeviceChoice{Options: []string{a.words.L("System default")}, Volume: 100}
		for _, d := range devices {
			if d.Role != role {
				continue
			}
			choice.Options = append(choice.Options, d.Name)
			if d.Chosen && !d.Default {
				choice.Chosen = len(choice.Options) - 1
			}
		}
		if volume, set := volumes[role]; set {
			choice.Volume = volume
		}
		*a.of(role) = choice
	}
	a.silent = ""
	if len(devices) == 0 {
		a.silent = a.words.L("There is no sound: no sound server or device was found. Calls connect in silence.")
	}
}

// Choose takes a device for a role, by its name or that of the system's default.
func (a *Audio) Choose(role phone.DeviceRole, name string) {
	choice := a.of(role)
	i := slices.Index(choice.Options, name)
	if i < 0 || i == choice.Chosen {
		return
	}
	choice.Chosen = i
	if i == 0 {
		name = ""
	}
	a.keep(func(ctx context.Context) error { return a.keeper.SetDevice(ctx, role, name) })
}

// SetVolume sets how loud a role is, in percent.
func (a *Audio) SetVolume(role phone.DeviceRole, percent int) {
	if choice := a.of(role); choice.Volume != percent {
		choice.Volume = percent
		a.keep(func(ctx context.Context) error { return a.keeper.SetVolume(ctx, role, percent) })
	}
}

// TestMicrophone records three seconds and plays them back.
func (a *Audio) TestMicrophone() {
	a.loudest = 0
	a.test(a.words.L("Say something: it is recorded for three seconds, and then played back."), a.keeper.TestMicrophone, func() string {
		if a.loudest < faint {
			return a.words.L("Nothing was heard. Look whether the microphone is plugged in, chosen and not muted.")
		}
		return ""
	})
}

// Hear takes the level of the microphone, in dBov, while a test runs.
func (a *Audio) Hear(microphone float64) {
	if a.Testing && (a.loudest == 0 || microphone > a.loudest) {
		a.loudest = microphone
	}
}

// TestRing rings for a moment.
func (a *Audio) TestRing() { a.test("", a.keeper.TestRing, func() string { return "" }) }

// test does a test, and says what came of one that did not fail.
func (a *Audio) test(said string, work func(ctx context.Context) error, result func() string) {
	if a.Testing {
		return
	}
	a.Testing, a.said, a.wrong = true, said, ""
	a.say()
	a.worker.Do(work, func(err error) {
		a.Testing, a.said, a.wrong = false, "", a.words.L(phone.Sentence(err))
		if err == nil {
			a.wrong = result()
		}
		a.say()
	})
}

func (a *Audio) keep(work func(ctx context.Context) error) {
	a.inOrder.Do(work, func(err error) {
		if text := a.words.L(phone.Sentence(err)); text != a.wrong {
			a.wrong = text
			a.say()
		}
	})
}

// say shows the first reason for a notice, and tells that something has changed.
func (a *Audio) say() {
	a.Notice = cmp.Or(a.said, a.wrong, a.silent)
	a.Changed()
}
