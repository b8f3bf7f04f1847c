package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/callward/callward/data"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/past"
	"github.com/callward/callward/test/pulse"
	"github.com/callward/callward/test/screen"
)

const (
	// patience is how long the window may take for anything, and rest how long nothing moves on it once it is done.
	patience, rest = 15 * time.Second, 300 * time.Millisecond
	// tip is after how long a tooltip is there.
	tip = 800 * time.Millisecond
	// pointerX and pointerY are where the pointer shows nothing.
	pointerX, pointerY = 4, 500
)

// black is what a screen is before anything is drawn on it.
var black = screen.Colour(0)

// studio is the program on a screen. What fails first ends all that follows.
type studio struct {
	look
	*callward.Program
	screen *screen.Screen
	sound  *pulse.Server
	window string // its id
	dir    string
	err    error
}

// newStudio starts the program, with a number of calls in its past.
func newStudio(l look, calls int) (s *studio, err error) {
	s = &studio{look: l}
	if s.dir, err = os.MkdirTemp("", "callward-guide-"); err != nil {
		return nil, err
	}
	defer func(begun *studio) {
		if err != nil {
			err = errors.Join(err, begun.close())
		}
	}(s)
	profile := filepath.Join(s.dir, "profile")
	if err = furnish(profile, calls, l); err != nil {
		return nil, err
	}
	if s.sound, err = pulse.Start(s.dir); err != nil {
		return nil, err
	}
	if s.screen, err = screen.Start(l.width*l.scale, l.height*l.scale); err != nil {
		return nil, err
	}
	vars := s.screen.Vars()
	vars["FYNE_SCALE"] = strconv.Itoa(l.scale)
	s.Program, err = callward.Start(s.dir, callward.Options{
		Binary: l.binary, Profile: profile, Sound: s.sound.Vars(), Screen: vars, Practice: calls > 0,
	})
	if err != nil {
		return nil, err
	}
	if s.window, err = s.screen.Window("^Callward"); err != nil {
		return nil, err
	}
	s.do("windowsize", s.window, strconv.Itoa(l.width*l.scale), strconv.Itoa(l.height*l.scale))
	s.away()
	return s, s.err
}

// furnish makes a data folder.
func furnish(profile string, calls int, l look) (err error) {
	ctx := context.Background()
	if calls > 0 {
		if err := past.Fill(ctx, profile, calls, time.Now().Add(-20*time.Minute)); err != nil {
			return err
		}
	}
	store, err := data.Open(ctx, profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return errors.Join(store.SetSetting(ctx, "ui.appearance", l.mode), store.SetSetting(ctx, "ui.language", l.language))
}

func (s *studio) close() (err error) {
	if s.Program != nil {
		err = s.Stop()
	}
	if s.screen != nil {
		s.screen.Kill()
	}
	if s.sound != nil {
		err = errors.Join(err, s.sound.Stop())
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}

// try keeps the first error.
func (s *studio) try(what string, err error) {
	if s.err == nil && err != nil {
		s.err = fmt.Errorf("%s: %w", what, err)
	}
}

// do works the screen.
func (s *studio) do(args ...string) {
	if s.err == nil {
		_, err := s.screen.Do(args...)
		s.try(strings.Join(args, " "), err)
	}
}

// press presses keys, one after the other.
func (s *studio) press(keys ...string) {
	if s.err == nil {
		s.try("press", s.screen.Key(keys...))
	}
}

// write types a text.
func (s *studio) write(text string) {
	if s.err == nil {
		s.try("write", s.screen.Type(text))
	}
}

// tap clicks at a place of the window, at scale 1; x below 0 is from its right.
func (s *studio) tap(x, y int) {
	s.point(x, y)
	s.do("click", "1")
}

// point puts the pointer on a place of the window.
func (s *studio) point(x, y int) {
	if x < 0 {
		x += s.width
	}
	s.do("mousemove", strconv.Itoa(x*s.scale), strconv.Itoa(y*s.scale))
}

// hover moves the pointer about a place until what is there can have come, rests it, and waits for what is shown beside
// it then.
func (s *studio) hover(x, y int) {
	for step := range 20 {
		s.point(x+step%2, y)
		time.Sleep(tip / 8)
	}
	time.Sleep(tip)
}

// away puts the pointer where it shows nothing.
func (s *studio) away() { s.point(pointerX, pointerY) }

// run runs a command of the program.
func (s *studio) run(args ...string) string {
	if s.err != nil {
		return ""
	}
	out, err := s.Do("", args...)
	s.try(strings.Join(args, " "), err)
	return out
}

// until does something, and waits until a call of the program is in a state after it.
func (s *studio) until(state string, do func()) (id string) {
	if s.err != nil {
		return ""
	}
	mark := s.Mark()
	do()
	e, err := s.Await(mark, state, patience, func(e callward.Event) bool {
		return e.Call != nil && (e.Call.State == state || e.Kind == state)
	})
	s.try("waiting", err)
	if err != nil {
		return ""
	}
	return e.Call.ID
}

// untilMessages waits until there are so many voice messages.
func (s *studio) untilMessages(n int) {
	const patience = time.Minute // of robots that are greeted first
	for deadline := time.Now().Add(patience); s.err == nil; time.Sleep(100 * time.Millisecond) {
		var list []any
		s.try("voice messages", json.Unmarshal([]byte(s.run("voicemail", "list", "--json")), &list))
		if len(list) >= n {
			return
		}
		if time.Now().After(deadline) {
			s.try("voice messages", fmt.Errorf("%d of %d have come", len(list), n))
		}
	}
}

// untilFailed does something, and waits until the registration of an account has failed after it.
func (s *studio) untilFailed(do func()) {
	if s.err != nil {
		return
	}
	mark := s.Mark()
	do()
	_, err := s.Await(mark, "failed registration", patience, func(e callward.Event) bool {
		return e.Account != nil && e.Account.State == "failed"
	})
	s.try("waiting", err)
}

// take takes a picture of the whole window once nothing moves; of the guide it is only where inGuide.
func (s *studio) take(name string, inGuide bool) {
	if s.err != nil || !inGuide && !s.all {
		return
	}
	p, err := s.still()
	s.try(name, err)
	if err == nil {
		s.try(name, save(filepath.Join(s.out, name+".png"), p))
	}
}

// takeWindow takes a picture of another window.
func (s *studio) takeWindow(name, title string) {
	if s.err != nil {
		return
	}
	id, err := s.screen.Window(title)
	s.try(name, err)
	if err != nil {
		return
	}
	out, err := s.screen.Do("getwindowgeometry", "--shell", id)
	s.try(name, err)
	var x, y, width, height int
	for line := range strings.Lines(out) {
		for key, into := range map[string]*int{"X=": &x, "Y=": &y, "WIDTH=": &width, "HEIGHT=": &height} {
			if value, ok := strings.CutPrefix(strings.TrimSpace(line), key); ok {
				*into, _ = strconv.Atoi(value) // 0 shows in the picture
			}
		}
	}
	p, err := s.still()
	s.try(name, err)
	if err == nil {
		s.try(name, save(filepath.Join(s.out, name+".png"), p.Part(image.Rect(x, y, x+width, y+height))))
	}
}

// still is the screen once nothing moves; a timer that runs counts as still within its second.
func (s *studio) still() (*screen.Picture, error) {
	var before *screen.Picture
	since := time.Now()
	return s.screen.Await("rest", patience, func(p *screen.Picture) bool {
		if before == nil || !p.Same(before, p.Rect) {
			before, since = p, time.Now()
		}
		drawn := p.RGBAAt(p.Rect.Max.X-1, p.Rect.Max.Y-1) != black
		return drawn && time.Since(since) > rest
	})
}

func save(path string, p *screen.Picture) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return png.Encode(file, p)
}
