package ui

import (
	"cmp"
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"strings"

	"github.com/go-gl/glfw/v3.3/glfw"

	"github.com/callward/callward/phone"
)

// Check tells whether windows can be shown: where not, Fyne would end the program
// without a word that helps. It must be called from the main goroutine of the
// program, before Run, and fails with CodeNoScreen.
func Check() (err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return noScreen(errors.New("neither DISPLAY nor WAYLAND_DISPLAY is set"))
	}
	// That a display cannot be opened GLFW only logs, and panics with the next call.
	var said strings.Builder
	defer log.SetFlags(log.Flags())
	defer log.SetOutput(log.Writer())
	log.SetFlags(0)
	log.SetOutput(&said)
	defer func() {
		if fault := recover(); fault != nil {
			err = noScreen(errors.New(cmp.Or(strings.TrimSpace(said.String()), fmt.Sprint(fault))))
		}
	}()
	return open()
}

// open opens a window that nobody sees.
func open() error {
	if err := glfw.Init(); err != nil {
		return noScreen(err)
	}
	glfw.WindowHint(glfw.Visible, glfw.False)
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	glfw.WindowHint(glfw.ContextVersionMinor, 1)
	defer glfw.DefaultWindowHints()
	w, err := glfw.CreateWindow(1, 1, "Callward", nil, nil)
	if err != nil {
		return noScreen(err)
	}
	w.Destroy()
	return nil
}

func noScreen(err error) error {
	return &phone.Error{Code: phone.CodeNoScreen, Op: "window", Err: err}
}
