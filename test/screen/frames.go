package screen

import (
	"errors"
	"io"
	"os"
	"time"
)

// look is how often Frames looks: several times for each frame that a screen of 60 Hz shows.
const look = 2 * time.Millisecond

// Frames counts how often lines of the screen change, those of a band from top to bottom and 6 apart, until done is
// closed: what moves there was drawn so often at least. The band is to be higher than any gap in what moves.
func (s *Screen) Frames(top, bottom int, done <-chan struct{}) (n int, err error) {
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
	const apart = 6
	lines := (bottom-top)/apart + 1
	before, now := make([]byte, 4*f.width*lines), make([]byte, 4*f.width*lines)
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	for first := true; ; first = false {
		for i := range lines {
			into := now[4*f.width*i:][:4*f.width]
			if _, err := file.ReadAt(into, int64(f.start+(top+i*apart)*f.line)); err != nil {
				return n, err
			}
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
