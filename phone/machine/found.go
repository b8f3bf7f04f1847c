package machine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/callward/callward/audio/wav"
	"github.com/callward/callward/phone"
)

// Found implements phone.Recordings. What is being recorded now is left alone.
func (f *Files) Found(ctx context.Context, skip func(phone.VoicemailID) bool) (list []phone.Voicemail, there map[phone.VoicemailID]bool, err error) {
	entries, err := os.ReadDir(f.messages)
	if err != nil {
		return nil, nil, unread(f.messages, err)
	}
	there = map[phone.VoicemailID]bool{}
	var unreadable []error
	for _, entry := range entries {
		if err := ctx.Err(); err != nil {
			return nil, nil, &phone.Error{Code: phone.CodeCancelled, Op: "look for messages", Err: err}
		}
		name, cutOff := strings.CutSuffix(entry.Name(), partial)
		name, sound := strings.CutSuffix(name, ending)
		id := phone.VoicemailID(name)
		if !sound || !entry.Type().IsRegular() || f.Path(id) == "" || f.records(id) {
			continue
		}
		if !cutOff {
			there[id] = true
		}
		if skip(id) && !cutOff {
			continue
		}
		v, kept, err := f.look(id, cutOff)
		switch {
		case errors.Is(err, fs.ErrNotExist): // removed meanwhile
			delete(there, id)
		case err != nil:
			unreadable = append(unreadable, unread(entry.Name(), err))
		case kept:
			there[id] = true
			if !skip(id) {
				list = append(list, v)
			}
		}
	}
	return list, there, errors.Join(unreadable...)
}

func unread(name string, err error) error {
	return &phone.Error{Code: phone.CodeStorage, Op: "look for messages", Err: fmt.Errorf("%s in the folder of voice messages cannot be read: %w", name, unnamed(err))}
}

// errForeign is for a file that is none of the machine's.
var errForeign = errors.New("it was not recorded here")

// look reads one message, after it has made whole what was cut off. It is not kept where it has too little voice.
func (f *Files) look(id phone.VoicemailID, cutOff bool) (v phone.Voicemail, kept bool, err error) {
	path := f.Path(id)
	if cutOff {
		path += partial
	}
	info, sound, err := mend(path)
	if cutOff && (errors.Is(err, wav.ErrFormat) || err == nil && meterOf(sound).voice < phone.MinVoice) {
		return v, false, remove(path)
	} else if err != nil {
		return v, false, err
	}
	if cutOff {
		if err := settle(path, f.Path(id)); err != nil {
			return v, false, err
		}
	}
	v, _ = readLabel(info.Comment)
	v.ID, v.Length, v.Wave = id, sound.Length(), meterOf(sound).wave(int64(len(sound.Data)))
	return v, true, nil
}

// mend reads a file of a message, and makes it whole where it is not.
func mend(path string) (wav.Info, phone.Samples, error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return wav.Info{}, phone.Samples{}, err
	}
	defer file.Close()
	info, sound, err := read(file, longest)
	if err != nil {
		return info, sound, err
	}
	if _, ours := readLabel(info.Comment); !ours {
		return info, sound, errForeign
	}
	if !info.Whole {
		err = errors.Join(wav.Repair(file, info, count(fade, info.Rate)), file.Sync())
	}
	return info, sound, err
}
