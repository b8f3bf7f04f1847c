package machine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"github.com/callward/callward/audio/wav"
	"github.com/callward/callward/phone"
)

const (
	ending = ".wav"
	// partial is at the end of the name of what is not whole yet.
	partial = ".part"
	// longest is more than any message lasts: what is read of a file is no more.
	longest = 15 * time.Minute
)

// Files keeps messages and greetings in the data folder. Its methods may be called from any goroutine, and block on
// the disk.
type Files struct {
	messages, greetings string // folders
	create              func(path string) (file, error)

	mu        sync.Mutex
	recording map[phone.VoicemailID]struct{}
}

var _ phone.Recordings = (*Files)(nil)

// NewFiles keeps them in the profile's folder. Its own folders are made as they are needed, for their owner alone.
func NewFiles(profile string) *Files {
	return &Files{
		messages: filepath.Join(profile, "voicemail"), greetings: filepath.Join(profile, "greeting"),
		create: create, recording: map[phone.VoicemailID]struct{}{},
	}
}

// Free implements phone.Recordings. It fails where no message could be kept at all.
func (f *Files) Free() (int64, error) {
	err := os.MkdirAll(f.messages, 0o700)
	if err != nil {
		return 0, &phone.Error{Code: phone.CodeStorage, Op: "open voicemail", Err: fmt.Errorf("the folder %s cannot be made: look whether its place is yours, and has space: %w", f.messages, unnamed(err))}
	}
	free, err := free(f.messages)
	if err != nil {
		return 0, &phone.Error{Code: phone.CodeStorage, Op: "look at disk", Err: err}
	}
	return free, nil
}

// uuid is what names a message, and nothing that leads out of the folder.
var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// Path implements phone.Recordings. What is no id has no path: "".
func (f *Files) Path(id phone.VoicemailID) string {
	if !uuid.MatchString(string(id)) {
		return ""
	}
	return filepath.Join(f.messages, string(id)+ending)
}

// Remove implements phone.Recordings.
func (f *Files) Remove(id phone.VoicemailID) error {
	path := f.Path(id)
	if path == "" {
		return nil
	}
	if err := remove(path); err != nil {
		return &phone.Error{Code: phone.CodeStorage, Op: "delete message", Err: fmt.Errorf("the file %s cannot be removed: %w", path, unnamed(err))}
	}
	return nil
}

// Read implements phone.Recordings.
func (f *Files) Read(id phone.VoicemailID) (phone.Samples, error) {
	path := f.Path(id)
	_, s, err := readFile(path, longest)
	if path == "" || errors.Is(err, fs.ErrNotExist) {
		return phone.Samples{}, missing("read message")
	} else if err != nil {
		return phone.Samples{}, &phone.Error{Code: phone.CodeStorage, Op: "read message", Err: fmt.Errorf("the file %s cannot be read: %w", path, unnamed(err))}
	}
	return s, nil
}

func missing(op string) error {
	return &phone.Error{Code: phone.CodeNotFound, Op: op, Err: errors.New("there is no recording of it")}
}

// readFile reads the sound of a file, for so long at most.
func readFile(path string, most time.Duration) (wav.Info, phone.Samples, error) {
	file, err := open(path)
	if err != nil {
		return wav.Info{}, phone.Samples{}, err
	}
	defer file.Close()
	return read(file, most)
}

// errIrregular is for what is no file with sound in it: a pipe has whoever opens it wait, perhaps for ever.
var errIrregular = errors.New("it is no ordinary file")

// open opens an ordinary file.
func open(path string) (*os.File, error) {
	if stat, err := os.Stat(path); err != nil {
		return nil, err
	} else if !stat.Mode().IsRegular() {
		return nil, errIrregular
	}
	return os.Open(path)
}

func read(file *os.File, most time.Duration) (wav.Info, phone.Samples, error) {
	stat, err := file.Stat()
	if err != nil {
		return wav.Info{}, phone.Samples{}, err
	}
	info, err := wav.ReadInfo(file, stat.Size())
	if err != nil {
		return wav.Info{}, phone.Samples{}, err
	}
	sound, err := wav.Read(file, info, count(most, info.Rate))
	return info, phone.Samples{Rate: info.Rate, Data: sound}, err
}

// remove removes a file for good; no error where there is none.
func remove(path string) error {
	err := os.Remove(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return errors.Join(err, syncFolder(path))
}

// begin and ended tell which message is being recorded: it is not looked for, though it is there.
func (f *Files) begin(id phone.VoicemailID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.recording[id] = struct{}{}
}

func (f *Files) ended(id phone.VoicemailID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.recording, id)
}

func (f *Files) records(id phone.VoicemailID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, yes := f.recording[id]
	return yes
}
