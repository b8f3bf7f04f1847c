package screen

import (
	"errors"
	"io"
	"os"
	"time"
)

// look is how often Frames looks: several times for each frame that a screen of 60 Hz shows.
const look = 2 * time.Millisecond

// Frames counts how often a row of the screen changes until done is closed: what moves there was drawn so often at least.
func (s *Screen) Frames(row int, done <-chan struct{}) (n int, err error) {
	file, err := os.Open(s.file())
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	header := make([]byte, 4*dumpHeader)
	if _, err := io.ReadFull(file, header); err != nil {
		return 0, err
	}
	f, err := parseHeader(header)
	if err != nil {
		return 0, err
	}
	before, now := make([]byte, 4*f.width), make([]byte, 4*f.width)
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for first := true; ; first = false {
		if _, err := file.ReadAt(now, int64(f.start+row*f.line)); err != nil {
			return n, err
		}
		if !first && string(now) != string(before) {
			n++
		}
		before, now = now, before
		select {
		case <-done:
			return n, nil
		case <-ticker.C:
		}
	}
}
