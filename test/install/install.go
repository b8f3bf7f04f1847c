// Package install installs the program for one user, as make install does, in a home of a test's own.
package install

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/callward/callward/test/proc"
)

// patience is how long a link may take to be opened.
const patience = 30 * time.Second

// Home is a user's home with nothing of the machine's around it. One goroutine uses it.
type Home struct {
	dir  string
	vars map[string]string
}

// NewHome returns a home in a folder. vars are more variables of the user's, such as those of a screen.
func NewHome(dir string, vars map[string]string) *Home { return &Home{dir, vars} }

// Data is the folder of the user's data, in which the program keeps its own too.
func (h *Home) Data() string { return filepath.Join(h.dir, ".local/share") }

// Prefix is where Install installs.
func (h *Home) Prefix() string { return filepath.Join(h.dir, ".local") }

// Install installs a program, built before. vars are more variables of the script.
func (h *Home) Install(program string, vars ...string) error { return h.script(program, vars) }

// Remove takes it away again.
func (h *Home) Remove() error { return h.script("--remove", nil) }

func (h *Home) script(argument string, vars []string) error {
	cmd := exec.Command("../../scripts/install", argument)
	cmd.Env = append(append(h.environ(), "PREFIX="+h.Prefix()), vars...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("scripts/install %s: %w: %s", argument, err, out)
	}
	return nil
}

// Open opens a link as a browser does that is told to: by xdg-open. It returns once what takes the link has done so.
func (h *Home) Open(link string) error {
	cmd := exec.Command("xdg-open", link)
	cmd.Env = h.environ()
	p, err := proc.Start("xdg-open", cmd)
	if err != nil {
		return err
	}
	defer p.Kill()
	if code, err := p.Wait(patience); err != nil || code != 0 {
		return fmt.Errorf("xdg-open %s ended with %d, %w: %s", link, code, err, p.Log())
	}
	return nil
}

// environ says of no desktop, so that xdg-open goes by what is installed alone.
func (h *Home) environ() []string {
	env := []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + h.dir, "XDG_DATA_HOME=" + h.Data(), "XDG_CONFIG_HOME=" + filepath.Join(h.dir, ".config"),
		"XDG_DATA_DIRS=" + filepath.Join(h.dir, "system"), "XDG_CONFIG_DIRS=" + filepath.Join(h.dir, "system"), "XDG_RUNTIME_DIR=" + h.dir,
		"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent",
	}
	for name, value := range h.vars {
		env = append(env, name+"="+value)
	}
	return env
}
