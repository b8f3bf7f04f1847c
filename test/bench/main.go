// Bench measures Callward, and baresip beside it, on this machine, in one run, and prints a table:
//
//	go run ./test/bench [-quick] [-calls N] [-only NAME]
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/callward/callward/test/callward"
)

func main() {
	quick := flag.Bool("quick", false, "a fifth of the time, for a first look")
	calls := flag.Int("calls", 1000, "calls in a row")
	only := flag.String("only", "", "measure callward, baresip, guard, voicemail, texts or window alone")
	flag.Parse()
	l := length{bursts: 12, rings: 30, calls: *calls, starts: 10, cpu: 20 * time.Second}
	if *quick {
		l = length{bursts: 4, rings: 10, calls: *calls / 5, starts: 3, cpu: 5 * time.Second}
	}
	if err := run(l, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(l length, only string) error {
	dir, err := os.MkdirTemp("", "callward-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var kinds []kind
	if only == "" || only == "callward" {
		binary, err := callward.Build(dir, false)
		if err != nil {
			return err
		}
		kinds = append(kinds, callwardKind(binary))
	}
	if only == "" || only == "baresip" {
		kinds = append(kinds, baresipKind())
	}
	var all []figures
	for _, k := range kinds {
		all = append(all, take(k, l, filepath.Join(dir, "of-"+k.name)))
	}
	if len(kinds) > 0 {
		table(kinds, all)
	}
	if only == "" || only == "guard" {
		if err := guard(l, dir); err != nil {
			fmt.Fprintln(os.Stderr, "bench: the blacklist:", err)
		}
	}
	if only == "" || only == "voicemail" {
		if err := voicemail(l, dir); err != nil {
			fmt.Fprintln(os.Stderr, "bench: voicemail:", err)
		}
	}
	if only == "" || only == "texts" {
		if err := texts(l, dir); err != nil {
			fmt.Fprintln(os.Stderr, "bench: texts:", err)
		}
	}
	if only == "" || only == "window" {
		fmt.Fprintln(os.Stderr, "bench: the window")
		f, err := takeWindow(l, filepath.Join(dir, "window"))
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench: the window:", err)
		}
		windowTable(f)
	}
	return nil
}

// windowTable prints the figures of the window.
func windowTable(f windowFigures) {
	fmt.Printf("\n| figure | must be | window |\n|---|---|---|\n")
	for _, row := range [][3]string{
		{fmt.Sprintf("start to visible window, %d calls of history", history), "≤ 300 ms", f.start},
		{"resident memory, idle", "≤ 200 MB", f.memory},
		{"key press to screen in the search field", "≤ 50 ms", f.key},
		{fmt.Sprintf("frames while %d calls scroll", history), "60 a second", f.scroll},
		{"INVITE to visible ringing window", "≤ 150 ms", f.ringing},
		{"processor, idle, of one core", "≤ 1.7 %", f.idle},
		{"processor, in a call, of one core", "≤ 8 %", f.call},
	} {
		fmt.Printf("| %s | %s | %s |\n", row[0], row[1], row[2])
	}
}

// table prints the figures, a column for each phone.
func table(kinds []kind, all []figures) {
	row := func(what, bound string, of func(figures) string) {
		fmt.Printf("| %s | %s |", what, bound)
		for _, f := range all {
			fmt.Printf(" %s |", of(f))
		}
		fmt.Println()
	}
	fmt.Print("| figure | must be |")
	for _, k := range kinds {
		fmt.Printf(" %s |", k.name)
	}
	fmt.Print("\n|---|---|")
	for range kinds {
		fmt.Print("---|")
	}
	fmt.Println()
	row("mouth to ear and back, the far end echoing", "≤ 100 ms median", func(f figures) string { return f.loop })
	row("INVITE to 180", "≤ 1 ms median", func(f figures) string { return f.ring })
	row("processor in a call of G.711, of one core", "≤ 3.5 %", func(f figures) string { return f.cpu })
	row("resident memory in a call", "≤ 60 MB", func(f figures) string { return f.memory })
	row("calls in a row", "no growth", func(f figures) string { return f.soak })
}
