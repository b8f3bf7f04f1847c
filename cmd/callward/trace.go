package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/callward/callward/phone/control"
)

type traceCommands struct {
	On   traceOnCommand   `cmd:"" help:"Begin to keep SIP messages."`
	Off  traceOffCommand  `cmd:"" help:"Stop it."`
	Show traceShowCommand `cmd:"" help:"Print what was kept."`
}

type traceOnCommand struct{}

func (traceOnCommand) Run(env *environment) error {
	return env.do("trace", control.Switch{On: true}, nil)
}

type traceOffCommand struct{}

func (traceOffCommand) Run(env *environment) error {
	return env.do("trace", control.Switch{On: false}, nil)
}

type traceShowCommand struct{}

func (traceShowCommand) Run(env *environment) error {
	var trace control.TracePath
	if err := env.do("trace.path", nil, &trace); err != nil {
		return err
	}
	files, err := traceFiles(trace.Path)
	if err == nil && len(files) == 0 {
		return failure("Nothing has been traced yet: no SIP message has come or gone since callward trace on, or that was not said.")
	}
	for _, path := range files {
		if err == nil {
			err = printFile(env.stdout, path)
		}
	}
	if err != nil {
		return failure("The trace cannot be read: " + err.Error() + ".")
	}
	return nil
}

// traceFiles returns the files of the trace, the oldest first: those that were
// full have a time in their name.
func traceFiles(path string) ([]string, error) {
	ext := filepath.Ext(path)
	full, err := filepath.Glob(globQuoted.Replace(strings.TrimSuffix(path, ext)) + "-*" + ext)
	if err != nil {
		return nil, err
	}
	slices.Sort(full)
	if _, err := os.Stat(path); err == nil {
		full = append(full, path)
	}
	return full, nil
}

// globQuoted takes their meaning from the characters that have one in a pattern.
var globQuoted = strings.NewReplacer("*", `\*`, "?", `\?`, "[", `\[`, `\`, `\\`)

// printFile prints a file of text. One that is gone meanwhile was the oldest.
func printFile(w io.Writer, path string) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	return printLines(w, file)
}

// printLines copies text line by line, made printable: it came from the network.
func printLines(w io.Writer, r io.Reader) error {
	out := bufio.NewWriter(w)
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadString('\n')
		if line != "" {
			fmt.Fprintln(out, printable(strings.TrimRight(line, "\r\n"))) // Flush tells of an error
		}
		if errors.Is(err, io.EOF) {
			return out.Flush()
		}
		if err != nil {
			return err
		}
	}
}
