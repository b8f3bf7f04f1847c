// Command licence writes licences.txt: the licences of all that the program is built of, on
// Linux, macOS and Windows. It reads them from the module cache: go generate ./assets
package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// part is a module, or the Go distribution.
type part struct{ name, version, dir string }

func main() {
	log.SetFlags(0)
	parts, err := modules()
	if err != nil {
		log.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		log.Fatal(err)
	}
	parts = append(parts, part{"go", strings.TrimPrefix(runtime.Version(), "go"), strings.TrimSpace(string(root))})
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	var out bytes.Buffer
	for _, p := range parts {
		text, err := licence(p)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Fprintf(&out, "=== %s %s %s\n\n%s\n\n", p.name, p.version, kind(text), text)
	}
	if err := os.WriteFile("licences.txt", out.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// modules are those that the program is built of, on any system.
func modules() ([]part, error) {
	known := map[part]bool{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-e", "-deps", "-tags", "migrated_fynedo", "-f",
			"{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}", "../../cmd/callward", "../../ui/...")
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
		cmd.Stderr = os.Stderr
		text, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("list what %s needs: %w", system, err)
		}
		for line := range strings.Lines(string(text)) {
			if words := strings.Fields(line); len(words) == 3 {
				known[part{words[0], words[1], words[2]}] = true
			}
		}
	}
	var parts []part
	for p := range known {
		parts = append(parts, p)
	}
	return parts, nil
}

var licenceFile = regexp.MustCompile(`(?i)^(un)?(licen[cs]e|copying|notice|patents)([-_.].*)?$`)

// licence is the text of all licences in the folders of a part, each once.
func licence(p part) (string, error) {
	var texts []string
	err := filepath.WalkDir(p.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inner := path != p.dir
		if entry.IsDir() {
			if inner && (p.name == "go" || skipped[entry.Name()]) {
				return filepath.SkipDir
			}
			return nil
		}
		if !licenceFile.MatchString(entry.Name()) || strings.HasSuffix(entry.Name(), ".go") {
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text := strings.TrimSpace(strings.ReplaceAll(string(content), "\r\n", "\n"))
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
		return nil
	})
	if err == nil && len(texts) == 0 {
		err = fmt.Errorf("%s has no licence in %s", p.name, p.dir)
	}
	return strings.Join(texts, "\n\n"), err
}

// skipped are folders of which nothing is built in.
var skipped = map[string]bool{"testdata": true, ".git": true, "examples": true, "cmd": true}

// kinds are the licences by words that only they have; the first that fits names a text.
var kinds = []struct{ words, kind string }{
	{"Mozilla Public License", "MPL-2.0"},
	{"Apache License", "Apache-2.0"},
	{"free and unencumbered software released into the public domain", "Unlicense"},
	{"Permission is hereby granted, free of charge", "MIT"},
	{"Permission to use, copy, modify, and", "ISC"},
	{"Neither the name", "BSD-3-Clause"},
	{"names of its contributors may", "BSD-3-Clause"},
	{"Redistribution and use in source", "BSD-2-Clause"},
}

// kind is the usual name of the licence that stands first in a text.
func kind(text string) string {
	flat := strings.Join(strings.Fields(text), " ")
	best, at := "Other", len(flat)
	for _, k := range kinds {
		if i := strings.Index(flat, k.words); i >= 0 && i < at && !(k.kind == "BSD-2-Clause" && strings.HasPrefix(best, "BSD")) {
			best, at = k.kind, i
		}
	}
	return best
}
