package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// greet says on the terminal what there is and what to type next.
func (a *app) greet(opt options) {
	command := "callward"
	if exe, err := os.Executable(); err == nil {
		command = quoted(exe)
	}
	if dir, err := profileDir(""); err != nil || dir != opt.Profile {
		command += " --profile " + quoted(opt.Profile)
	}
	fmt.Fprintf(opt.Out, "Callward runs on %s.\n%s\n", opt.Profile, a.secrets.Where())
	s := a.phone.Snapshot()
	if s.Sound != "" {
		fmt.Fprintln(opt.Out, s.Sound)
	}
	if s.Practice {
		fmt.Fprintf(opt.Out, "It is on the practice exchange. To hear something, type in a second terminal:\n  %s call 600\n", command)
		return
	}
	fmt.Fprintf(opt.Out, "To see its state, type in a second terminal:\n  %s status\n", command)
}

// quoted makes one word of a path for the shell that somebody pastes it into.
func quoted(path string) string {
	if strings.Trim(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/\\:._-+,@") == "" {
		return path
	}
	if runtime.GOOS == "windows" {
		return `"` + path + `"`
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
