package phone

import (
	"context"
	"time"
)

// VoicemailStore keeps the inbox; data satisfies it. Methods block on the disk and are
// never called by the loop. Messages that were deleted leave a tombstone until they are dropped.
type VoicemailStore interface {
	// AddVoicemails inserts messages, all or none; one whose ID is there already, deleted or not, stays as it is.
	AddVoicemails(ctx context.Context, list []Voicemail) error
	// Voicemails returns a part of the inbox, and how many the query chooses in all.
	Voicemails(ctx context.Context, q VoicemailQuery) (part []Voicemail, total int, err error)
	// Voicemail returns one, also where it was deleted; CodeNotFound where there is none.
	Voicemail(ctx context.Context, id VoicemailID) (Voicemail, error)
	// VoicemailCounts counts those that are not deleted.
	VoicemailCounts(ctx context.Context) (VoicemailCounts, error)
	// MarkVoicemails marks some; no matter where there is none.
	MarkVoicemails(ctx context.Context, ids []VoicemailID, mark VoicemailMark) error
	// NoteVoicemail changes the note of one; CodeNotFound where there is none.
	NoteVoicemail(ctx context.Context, id VoicemailID, note string) error
	// DeleteVoicemails deletes some, or with back set brings them back; no matter where there is none.
	DeleteVoicemails(ctx context.Context, ids []VoicemailID, back bool) error
	// DropVoicemails removes rows for good, with their tombstones.
	DropVoicemails(ctx context.Context, ids []VoicemailID) error
	// VoicemailIDs returns all ids; those that were deleted have true.
	VoicemailIDs(ctx context.Context) (map[VoicemailID]bool, error)
	// VoicemailsToDrop returns those that were deleted before a moment.
	VoicemailsToDrop(ctx context.Context, deleted time.Time) ([]VoicemailID, error)
	// HeardVoicemails returns those that were heard, are not deleted, and were received before a moment.
	HeardVoicemails(ctx context.Context, before time.Time) ([]VoicemailID, error)
}

// Recordings keeps the sound of messages and greetings as WAV files in the data folder;
// phone/machine satisfies it. Methods block on the disk and are never called by the loop.
type Recordings interface {
	// Free returns how many bytes the disk has left.
	Free() (int64, error)
	// Path returns where the file of a message is.
	Path(id VoicemailID) string
	// Found returns the messages that there are files of, as those files say, after it has made those
	// whole that a crash cut off. A file with less than a message's voice in it that was cut off is removed.
	// skip says which need not be read. What cannot be read is left alone, and told in err beside the rest.
	Found(ctx context.Context, skip func(VoicemailID) bool) (list []Voicemail, there map[VoicemailID]bool, err error)
	// Remove removes a file; no error where there is none.
	Remove(id VoicemailID) error
	// Export copies the file of a message to path. It fails with CodeExists where there is one and
	// overwrite is not set, and with CodeStorage.
	Export(ctx context.Context, id VoicemailID, path string, overwrite bool) error
	// Read returns the sound of a message.
	Read(id VoicemailID) (Samples, error)
	// Greeting returns what callers of a kind hear: their own greeting, else that for all, else the
	// standard one in a language. GreetingDraft fails with CodeNotFound where nothing was recorded.
	Greeting(kind GreetingKind, language string) (Greeting, error)
	// SetGreeting takes the sound of a WAV file of any rate and width as a greeting. It fails with
	// CodeInvalid, and a sentence, for what is no WAV, is silent, or is longer than MaxGreeting.
	SetGreeting(kind GreetingKind, path string) error
	// SaveGreeting takes s as a greeting; it fails as SetGreeting does.
	SaveGreeting(kind GreetingKind, s Samples) error
	// ResetGreeting goes back to the standard one; no error where it is that.
	ResetGreeting(kind GreetingKind) error
}

// MinRoom is how many bytes the disk must have left for a message to be taken.
const MinRoom = 100 << 20

// MinVoice is how much voice a message has at least; with less it is a missed call.
const MinVoice = 2 * time.Second

// MaxSilence is after how much silence the machine hangs up.
const MaxSilence = 8 * time.Second

// MachineSpec is what an answering machine says and takes in a call.
type MachineSpec struct {
	// Greeting is what it says before the beep.
	Greeting Samples
	// MaxLength is how long the message may be.
	MaxLength time.Duration
	// Message is what is known of the caller; it goes into the file. Its Length and Wave are filled in,
	// and Received when the recording begins.
	Message Voicemail
}

// MediaMachine tells what the machine does: at each change of its phase, and four times a
// second while it records.
type MediaMachine struct {
	Phase  MachinePhase
	Length time.Duration
	// Level is how loud the caller is, in dBov from -127 to 0.
	Level float64
}

// MediaRecorded is the last event of a machine: its file is whole on the disk, or gone.
type MediaRecorded struct {
	Message Voicemail
	// Kept is set where there is a file: the caller left MinVoice at least.
	Kept bool
	// Done is set where the machine ended it: by #, silence, or the greatest length. The call may be ended then.
	Done bool
	// Err says what went wrong with the file. What was written until then is kept, so that Kept may be set too.
	Err error
}

func (MediaMachine) mediaEvent()  {}
func (MediaRecorded) mediaEvent() {}

// PlaySpec says what is to be played.
type PlaySpec struct {
	Sound Samples
	From  time.Duration
	// Speed is one of Speeds.
	Speed float64
	// Role is Speaker or RingDevice.
	Role DeviceRole
}

// Playback is a sound that is played beside calls. Methods may be called from any goroutine and return at once.
type Playback interface {
	// Seek goes on at a place, of the sound as it is at Speed 1.
	Seek(to time.Duration)
	SetSpeed(speed float64)
	SetRole(role DeviceRole)
	// Close ends it; no event follows.
	Close()
}

// PlayEvent is what becomes of a Playback, five times a second while it plays, and at its end.
type PlayEvent struct {
	// Position is where it is, of the sound as it is at Speed 1.
	Position time.Duration
	// Ended is set once it was played to its end, or cannot be: then Err says why.
	Ended bool
	Err   error
}
