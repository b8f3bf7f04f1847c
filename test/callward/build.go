package callward

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// Build builds the program into dir and returns its path. With race it has the race detector; flags are more of those
// that go build takes.
func Build(dir string, race bool, flags ...string) (string, error) {
	path := filepath.Join(dir, "callward")
	args := append([]string{"build", "-o", path}, flags...)
	if race {
		args = append(args, "-race")
	}
	cmd := exec.Command("go", append(args, "github.com/callward/callward/cmd/callward")...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return path, nil
}

// Binary is the program that New starts. A package's TestMain sets it, through Main.
var Binary string

// Main builds the program with the race detector, runs the tests of a package, and returns the exit code.
func Main(run func() int) int {
	dir, err := os.MkdirTemp("", "callward-lab-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if Binary, err = Build(dir, true); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return run()
}
