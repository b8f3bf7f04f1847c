package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
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
	file, err := os.Open(trace.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return failure("Nothing has been traced yet: callward trace on begins it.")
	}
	if err != nil {
		return failure("The trace cannot be read: " + err.Error() + ".")
	}
	defer file.Close()
	return printLines(env.stdout, file)
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
			return failure("The trace cannot be read: " + err.Error() + ".")
		}
	}
}
