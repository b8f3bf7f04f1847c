package device

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// absence remembers that no sound system answered, so that it is not asked again
// in vain: miniaudio keeps a file and some memory for good of each attempt on a
// PulseAudio that is not there. It is guarded by its Host's mutex.
type absence struct {
	err   error // nil when there is nothing to remember
	until time.Time
	signs string // what servers returned then
}

// asleep is how long a sound system that showed no sign of life is left alone.
const asleep = time.Minute

// note remembers err.
func (a *absence) note(now time.Time, err error) {
	*a = absence{err: err, until: now.Add(asleep), signs: servers()}
}

// still returns the error remembered, or nil where another attempt is due: because
// some time has passed, or a server has come.
func (a *absence) still(now time.Time) error {
	if a.err != nil && (now.After(a.until) || servers() != a.signs) {
		a.err = nil
	}
	return a.err
}

// servers returns what changes when a PulseAudio or PipeWire starts: the sockets
// there are, in the places where its library looks for them.
func servers() string {
	named := os.Getenv("PULSE_SERVER")
	var signs strings.Builder
	fmt.Fprintln(&signs, named)
	for _, place := range places(named) {
		found, _ := filepath.Glob(place) // the patterns are well-formed
		for _, path := range found {
			if info, err := os.Stat(path); err == nil {
				fmt.Fprintln(&signs, path, info.ModTime().UnixNano())
			}
		}
	}
	return signs.String()
}

// places returns the patterns of the sockets' names. named is PULSE_SERVER: a list
// of addresses, each perhaps after a machine's name in braces.
func places(named string) (patterns []string) {
	for _, address := range strings.Fields(named) {
		_, after, ok := strings.Cut(address, "}")
		if !ok {
			after = address
		}
		patterns = append(patterns, strings.TrimPrefix(after, "unix:"))
	}
	if named != "" {
		return patterns
	}
	for _, place := range []string{"PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "HOME"} {
		if dir := os.Getenv(place); dir != "" {
			patterns = append(patterns, dir+"/native", dir+"/pulse/native",
				dir+"/pulse/*-runtime/native", dir+"/.config/pulse/*-runtime/native", dir+"/.pulse/*-runtime/native")
		}
	}
	return append(patterns, "/run/pulse/native")
}
