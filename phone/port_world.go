package phone

import (
	"context"
	"time"
)

// Numbers reads and writes telephone numbers; phone/number satisfies it. All
// methods are pure and may be called from any goroutine.
type Numbers interface {
	// Target turns what the agent typed into a request for acc, or fails with CodeInvalid.
	Target(typed string, acc Account) (Target, error)
	// Normal returns the normal form of a user and host that a request to acc
	// claims: E.164 where it is a number, else user, or user@host for an
	// address of another domain.
	Normal(user, host string, acc Account) string
	// Display returns a normal form as a person in the account's country writes it.
	Display(number string, country string) string
	// Country tells whether the ISO code is known.
	Country(code string) bool
	// Listed returns the normal form of a number or address as a contact or the blacklist has
	// it: as Normal's, but an address keeps its host. It fails with CodeInvalid.
	Listed(text, country string) (string, error)
	// Prefix returns what normal forms begin with, from how it is typed; it fails with CodeInvalid.
	Prefix(text, country string) (string, error)
	// Emergency tells whether a number as typed reaches emergency services from country.
	Emergency(text, country string) bool
	// ShortCode tells whether a normal form is a short number that a country's networks use for services, such as
	// 60123: no person reads what is sent there.
	ShortCode(number, country string) bool
}

// Sound is what the agent hears beside calls, and the devices; phone/sound satisfies
// it. Methods may be called from any goroutine and return at once, but Devices,
// which asks the sound server, Listen and the tests.
type Sound interface {
	// Ringtone starts or stops the ringtone on the ring device.
	Ringtone(on bool)
	// Ringtones are the names of the ringtones, the usual one first.
	Ringtones() []string
	// SetRingtone chooses one by its name; "" means the usual one.
	SetRingtone(name string)
	// Waiting plays one soft beep on the speaker: a second call while talking.
	Waiting()
	// Chime plays one short sound on the ring device: a text has come.
	Chime()
	// Tone plays a call progress tone on the speaker until the next Tone; ToneNone
	// stops. Busy and ended tones end by themselves after some seconds.
	Tone(tone Tone, country string)
	// Devices lists what there is.
	Devices(ctx context.Context) ([]Device, error)
	// SetDevice chooses a device by its name; "" means the system's default. A
	// device that is not there now is remembered.
	SetDevice(role DeviceRole, name string)
	// SetVolume sets how loud the device of a role is, from 0 to MaxVolume percent.
	SetVolume(role DeviceRole, percent int)
	// Levels tells how loud the last quarter second was, in dBov as in Phone.Levels.
	Levels() (microphone, speaker float64)
	// Play begins to play a sound beside calls. notify gets what becomes of it, in order; it must not block.
	Play(spec PlaySpec, notify func(PlayEvent)) Playback
	// Record records the microphone until ctx is done, for longest at most; it fails with CodeNoSound, or
	// CodeState while another records. What is recorded until then is returned beside no error.
	Record(ctx context.Context, longest time.Duration) (Samples, error)
	// Listen keeps the microphone open for its level until ctx is done.
	Listen(ctx context.Context)
	// TestMicrophone records three seconds and plays them. It fails with CodeState
	// while another does so, CodeNoSound or CodeCancelled.
	TestMicrophone(ctx context.Context) error
	// TestRing plays the ringtone for three seconds. It fails with CodeNoSound or
	// CodeCancelled. What Ringtone starts meanwhile goes on after it.
	TestRing(ctx context.Context) error
}

// SoundEvent tells what became of the sound devices while they were needed.
type SoundEvent struct {
	// Role is what the device serves for; "" for all sound there is.
	Role DeviceRole
	// Text says what happened, as a sentence.
	Text string
	// Fault says what is wrong from now on; "" when sound works.
	Fault string
}

// Tone is a call progress tone.
type Tone string

// The tones.
const (
	ToneNone     Tone = ""
	ToneRingback Tone = "ringback"
	ToneBusy     Tone = "busy"
	ToneEnded    Tone = "ended"
)

// DeviceRole is what a device is used for.
type DeviceRole string

// The roles.
const (
	Microphone DeviceRole = "microphone"
	Speaker    DeviceRole = "speaker"
	RingDevice DeviceRole = "ring"
)

// Device is a sound device in one role.
type Device struct {
	ID   string
	Name string
	Role DeviceRole
	// Default marks the system's default; Chosen the one in use for its role.
	Default, Chosen bool
}

// Exchange is the practice exchange; phone/exchange satisfies it. Methods may
// be called from any goroutine.
type Exchange interface {
	// Start opens it on loopback and returns the account to use it with.
	Start(ctx context.Context) (Account, Secret, error)
	// Stop closes it.
	Stop() error
	// Ring makes a robot call the agent: who is a robot's name, "" any.
	Ring(who string) error
}

// Tracer writes SIP messages to a file, without credentials; sipua.Trace
// satisfies it. Methods may be called from any goroutine.
type Tracer interface {
	Switch(on bool)
	Path() string
}

// Store keeps what must outlive the program; data satisfies it. Methods block
// on the disk and are never called by the loop.
type Store interface {
	Accounts(ctx context.Context) ([]Account, error)
	SaveAccount(ctx context.Context, acc Account) error
	DeleteAccount(ctx context.Context, id AccountID) error
	Setting(ctx context.Context, key string) (value string, err error) // "" when never set
	SetSetting(ctx context.Context, key, value string) error
	// SaveCall inserts or updates the history row of a call.
	SaveCall(ctx context.Context, rec CallRecord) error
	// DeleteCall removes a call from history; no error where there is none.
	DeleteCall(ctx context.Context, id CallID) error
	// Calls returns the history, newest first; limit 0 means all.
	Calls(ctx context.Context, limit int) ([]CallRecord, error)
	// CallKeys returns the places of the calls that q chooses, newest first.
	CallKeys(ctx context.Context, q CallQuery) ([]CallKey, error)
	// CallRows returns the calls of rows, in that order; the zero record where there is none.
	CallRows(ctx context.Context, rows []int64) ([]CallRecord, error)
	// MissedUnseen counts the missed calls that SeeMissed has not marked.
	MissedUnseen(ctx context.Context) (int, error)
	// SeeMissed marks all missed calls as seen.
	SeeMissed(ctx context.Context) error

	ContactStore
	EntryStore
	ScreenedStore
	VoicemailStore
	TextStore
	TriggerStore
}

// Secrets keeps passwords by account; data/secret satisfies it. Methods block
// and are never called by the loop.
type Secrets interface {
	Get(id AccountID) (Secret, error) // CodeNotFound when there is none
	Set(id AccountID, s Secret) error
	Delete(id AccountID) error // no error when there is none
}
