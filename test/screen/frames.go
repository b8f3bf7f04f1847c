package screen

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// look is how often a band is looked at: several times for each frame that a screen of 60 Hz shows.
const look = 2 * time.Millisecond

// apart is how far apart the lines of a band are.
const apart = 6

// band is some lines of the screen. To look at it costs next to nothing.
type band struct {
	file        *os.File
	form        form
	top, lines  int
	before, now []byte
}

// watch opens the band from top to bottom, and looks at it once. It is to be higher than any gap in what changes there.
func (s *Screen) watch(top, bottom int) (*band, error) {
	file, err := os.Open(s.file())
	if err != nil {
		return nil, err
	}
	b := &band{file: file, top: top, lines: (bottom-top)/apart + 1}
	header := make([]byte, 4*dumpHeader)
	if _, err = io.ReadFull(file, header); err == nil {
		b.form, err = parseHeader(header)
	}
	if err == nil {
		b.before, b.now = make([]byte, 4*b.form.width*b.lines), make([]byte, 4*b.form.width*b.lines)
		_, err = b.changed()
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return b, nil
}

// changed tells whether the band looks otherwise than the last time.
func (b *band) changed() (bool, error) {
	for i := range b.lines {
		line := b.now[4*b.form.width*i:][:4*b.form.width]
		if _, err := b.file.ReadAt(line, int64(b.form.start+(b.top+i*apart)*b.form.line)); err != nil {
			return false, err
		}
	}
	other := string(b.now) != string(b.before)
	b.before, b.now = b.now, b.before
	return other, nil
}

// Frames is how often a second a band of the screen, from top to bottom, changes, from its first change to its last one
// before done is closed: what moves there was drawn so often at least.
func (s *Screen) Frames(top, bottom int, done <-chan struct{}) (rate float64, err error) {
	b, err := s.watch(top, bottom)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, b.file.Close()) }()
	ticker := time.NewTicker(look)
	defer ticker.Stop()
	var first time.Time
	for n := 0; ; {
		other, err := b.changed()
		switch {
		case err != nil:
			return 0, err
		case other && n == 0:
			first, n = time.Now(), 1
		case other:
			rate = float64(n) / time.Since(first).Seconds()
			n++
		}
		select {
		case <-done:
			return rate, nil
		case <-ticker.C:
		}
	}
}

// Latency is how long it takes from the begin of what do does until a band of the screen, from top to bottom, changes.
func (s *Screen) Latency(top, bottom int, do func() error) (took time.Duration, err error) {
	b, err := s.watch(top, bottom)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, b.file.Close()) }()
	began, did := time.Now(), make(chan error, 1)
	go func() { did <- do() }()
	defer func() { err = errors.Join(err, <-did) }()
	for {
		time.Sleep(look)
		other, err := b.changed()
		took = time.Since(began)
		if err != nil || other {
			return took, err
		}
		if took > patience {
			return took, fmt.Errorf("the screen has not changed within %v", patience)
		}
	}
}
