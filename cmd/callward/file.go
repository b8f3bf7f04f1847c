package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/callward/callward/phone/control"
)

// importFile is the argument of the imports.
type importFile struct {
	File string `arg:"" help:"The file to read."`
	jsonFlag
}

// run has the program read the file, and prints what came of it. An interrupt ends it.
func (c importFile) run(env *environment, op string) error {
	path, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return failure(fmt.Sprintf("There is no file %s that can be read.", path))
	}
	stop := env.watch()
	var report control.Report
	err = env.doPatiently(op, control.File{Path: path}, &report)
	stop()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, report)
	}
	for _, s := range report.Skips {
		fmt.Fprintf(env.stderr, "line %d: %s: %s\n", s.Line, printable(s.What), printable(s.Why))
	}
	_, err = fmt.Fprintf(env.stdout, "%d added, %d merged, %d unchanged, %d skipped\n", report.Added, report.Merged, report.Unchanged, report.Skipped)
	return err
}

// exportFile is the argument of the exports.
type exportFile struct {
	File  string `arg:"" help:"The file to write."`
	Force bool   `help:"Overwrite a file that is there."`
}

func (c exportFile) run(env *environment, op string) error {
	path, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	return env.doPatiently(op, control.File{Path: path, Force: c.Force}, nil)
}
