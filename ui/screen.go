package ui

import (
	"errors"
	"os"
	"runtime"

	"github.com/go-gl/glfw/v3.3/glfw"

	"github.com/callward/callward/phone"
)

// Check tells whether windows can be shown: where not, Fyne would end the program
// without a word that helps. It must be called from the main goroutine of the
// program, before Run, and fails with CodeNoScreen.
func Check() error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return noScreen(errors.New("neither DISPLAY nor WAYLAND_DISPLAY is set"))
	}
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
