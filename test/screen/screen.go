// Package screen is a screen that nobody sees: Xvfb, worked by mouse and keyboard with xdotool, and photographed.
package screen

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/callward/callward/test/proc"
)

// patience is how long the screen may take to start, and a window to appear.
const patience = 15 * time.Second

// pause is between two looks for something.
const pause = 20 * time.Millisecond

// Screen is a running X server. One goroutine uses it.
type Screen struct {
	*proc.Process
	display string
	dir     string // of the file that holds what is on the screen
}

// Start starts a screen of some width and height, in pixels, with more options of Xvfb. Kill ends it.
func Start(width, height int, options ...string) (*Screen, error) {
	path, err := exec.LookPath("Xvfb")
	if err != nil {
		return nil, errors.New("a screen needs Xvfb: make test installs it (Debian: xvfb)")
	}
	dir, err := os.MkdirTemp("", "callward-screen-")
	if err != nil {
		return nil, err
	}
	// It writes its number, once it can be used, to the file descriptor that it is told.
	options = append([]string{
		"-displayfd", "1", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp", "-nocursor", "-fbdir", dir,
	}, options...)
	p, err := proc.Start("xvfb", exec.Command(path, options...))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s := &Screen{Process: p, dir: dir}
	number, err := p.WaitFor(0, `^\d+$`, patience)
	if err != nil {
		s.Kill()
		return nil, fmt.Errorf("%w\n%s", err, p.Log())
	}
	s.display = ":" + strings.TrimSpace(number)
	return s, nil
}

// Kill ends the screen, and with it what is shown there.
func (s *Screen) Kill() {
	s.Process.Kill()
	_ = os.RemoveAll(s.dir)
}

// Vars are the variables that point a program to the screen.
func (s *Screen) Vars() map[string]string { return map[string]string{"DISPLAY": s.display} }

// Do runs xdotool, and returns what it prints.
func (s *Screen) Do(args ...string) (string, error) {
	out, err := s.run(exec.Command("xdotool", args...))
	return strings.TrimSpace(string(out)), err
}

func (s *Screen) run(cmd *exec.Cmd) ([]byte, error) {
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); errors.Is(err, exec.ErrNotFound) {
		return nil, fmt.Errorf("a screen needs %s: make test installs it: %w", cmd.Args[0], err)
	} else if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args, " "), err, errs.String())
	}
	return out.Bytes(), nil
}

// Window waits until a window is visible whose title matches a regular expression, and returns its id.
func (s *Screen) Window(title string) (string, error) {
	deadline := time.Now().Add(patience)
	for {
		ids, err := s.Do("search", "--onlyvisible", "--name", title)
		if err == nil && ids != "" {
			id, _, _ := strings.Cut(ids, "\n")
			return id, nil
		}
		if time.Now().After(deadline) {
			return "", fmt.Errorf("there is no window %q", title)
		}
		time.Sleep(pause)
	}
}

// Gone waits until no window is visible whose title matches.
func (s *Screen) Gone(title string) error {
	deadline := time.Now().Add(patience)
	for {
		if ids, err := s.Do("search", "--onlyvisible", "--name", title); err != nil || ids == "" {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the window %q is still there", title)
		}
		time.Sleep(pause)
	}
}

// Type types text, as a person does, where the focus is.
func (s *Screen) Type(text string) error {
	_, err := s.Do("type", "--delay", "15", text)
	return err
}

// Key presses keys, such as ctrl+k or Return.
func (s *Screen) Key(keys ...string) error {
	_, err := s.Do(append([]string{"key", "--delay", "15"}, keys...)...)
	return err
}

// Click clicks at a place of the screen.
func (s *Screen) Click(x, y int) error {
	_, err := s.Do("mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "1")
	return err
}

// Shot photographs the whole screen. It costs a few milliseconds and asks nobody: the screen keeps its picture in a file.
func (s *Screen) Shot() (*Picture, error) {
	raw, err := os.ReadFile(s.file())
	if err != nil {
		return nil, err
	}
	return decode(raw)
}

// file holds what is on the screen.
func (s *Screen) file() string { return filepath.Join(s.dir, "Xvfb_screen0") }

// Await waits until a photograph of the screen is as it should be, and returns it. what says how, for the error.
func (s *Screen) Await(what string, patience time.Duration, is func(*Picture) bool) (*Picture, error) {
	deadline := time.Now().Add(patience)
	for {
		shot, err := s.Shot()
		if err != nil || is(shot) {
			return shot, err
		}
		if time.Now().After(deadline) {
			return shot, fmt.Errorf("the screen has not shown %s within %v", what, patience)
		}
		time.Sleep(pause)
	}
}
