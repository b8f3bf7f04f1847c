package machine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/wav"
	"github.com/callward/callward/phone"
)

// syncEvery is how much sound is at stake in a power cut.
const syncEvery = time.Second

// tape is the file of a message while it is recorded: part, and path once it is whole. It is owned by the machine's
// goroutine.
type tape struct {
	part, path string
	rate       int
	file       file
	writer     *wav.Writer
	meter      *meter
	synced     int64 // samples that outlive a power cut
}

// file is what a tape is written to; *os.File satisfies it.
type file interface {
	wav.File
	Sync() error
	Close() error
}

// create makes a file that is not there yet, for its owner alone, and its folder where that was removed.
func create(path string) (file, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// newTape begins a message.
func newTape(files *Files, v phone.Voicemail, rate int) (*tape, error) {
	label, err := appendLabel(v)
	if err != nil {
		return nil, unrecorded(err)
	}
	path := files.Path(v.ID)
	t := &tape{path: path, part: path + partial, rate: rate, meter: newMeter(rate)}
	if t.file, err = files.create(t.part); err != nil {
		return nil, unrecorded(err)
	}
	if t.writer, err = wav.Begin(t.file, rate, label); err != nil {
		return nil, errors.Join(unrecorded(err), t.discard())
	}
	return t, nil
}

// write appends f, and sees to it that no more than syncEvery of the sound is at stake.
func (t *tape) write(f audio.Frame) error {
	t.meter.add(f)
	if err := t.writer.Write(f); err != nil {
		return unrecorded(err)
	}
	if t.writer.Len()-t.synced >= int64(count(syncEvery, t.rate)) {
		t.synced = t.writer.Len()
		if err := t.file.Sync(); err != nil {
			return unrecorded(err)
		}
	}
	return nil
}

// finish makes the file whole, with length samples at most. What fails leaves the part for Files.Found.
func (t *tape) finish(length int64) error {
	err := t.writer.Finish(length, count(fade, t.rate))
	if err = errors.Join(err, t.file.Sync(), t.file.Close()); err == nil {
		err = settle(t.part, t.path)
	}
	if err != nil {
		return unrecorded(err)
	}
	return nil
}

// discard removes the file.
func (t *tape) discard() error {
	if err := errors.Join(t.file.Close(), os.Remove(t.part)); err != nil {
		return unrecorded(err)
	}
	return nil
}

// settle gives a file its name for good.
func settle(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(to)
}

func unrecorded(err error) error {
	return &phone.Error{Code: phone.CodeStorage, Op: "record message", Err: fmt.Errorf("the disk does not take the recording: look whether it has space: %w", unnamed(err))}
}

// unnamed is what the system says, without the path.
func unnamed(err error) error {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		return at.Err
	}
	if at := (*os.LinkError)(nil); errors.As(err, &at) {
		return at.Err
	}
	return err
}
