// Command guide takes the pictures of the user guide: the program as it is built, on a screen that nobody sees, worked by
// its keys and its commands. With -all it takes every screen and state, for whoever changes how they look.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

// look is how the pictures are taken.
type look struct {
	out            string // the folder that they go to
	binary         string
	mode, language string // as in Settings, Appearance
	scale          int
	width, height  int // of the window, at scale 1
	all            bool
}

func main() {
	var l look
	flag.StringVar(&l.out, "out", "docs/guide", "the `folder` that the pictures go to")
	flag.StringVar(&l.binary, "binary", "build/callward", "the `program`")
	flag.StringVar(&l.mode, "mode", "light", "light or dark")
	flag.StringVar(&l.language, "language", "en", "en or de")
	flag.IntVar(&l.scale, "scale", 1, "pixels of the screen for one of the window")
	flag.IntVar(&l.width, "width", 1180, "width of the window at scale 1")
	flag.IntVar(&l.height, "height", 760, "height of the window at scale 1")
	flag.BoolVar(&l.all, "all", false, "every screen and state, not only those of the guide")
	flag.Parse()
	if err := l.take(); err != nil {
		fmt.Fprintln(os.Stderr, "guide:", err)
		os.Exit(1)
	}
}

// take takes all pictures.
func (l look) take() error {
	if err := os.MkdirAll(l.out, 0o755); err != nil {
		return err
	}
	for _, scene := range []struct {
		past int
		play func(*studio)
	}{{0, newcomer}, {60, day}} {
		s, err := newStudio(l, scene.past)
		if err != nil {
			return err
		}
		scene.play(s)
		if err := errors.Join(s.err, s.close()); err != nil {
			return err
		}
	}
	return nil
}
