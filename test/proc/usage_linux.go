package proc

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Usage is what a process uses of the machine.
type Usage struct {
	// CPU is the time that it ran, in user and kernel mode.
	CPU time.Duration
	// Resident memory in bytes.
	Resident int64
	// Sockets and Files are open file descriptors: those that are sockets, and all.
	Sockets, Files int
	Threads        int
}

// clockTick is the unit of /proc/PID/stat, which Linux fixes at 100 a second for user space.
const clockTick = time.Second / 100

// UsageOf reads the use of process pid from /proc.
func UsageOf(pid int) (Usage, error) {
	var u Usage
	dir := filepath.Join("/proc", strconv.Itoa(pid))
	stat, err := os.ReadFile(filepath.Join(dir, "stat"))
	if err != nil {
		return u, err
	}
	// Field 2 is the name in parentheses and may hold blanks: count from its end.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	for _, field := range fields[11:13] { // utime, stime
		ticks, err := strconv.ParseInt(field, 10, 64)
		if err != nil {
			return u, fmt.Errorf("%s/stat: %w", dir, err)
		}
		u.CPU += time.Duration(ticks) * clockTick
	}
	status, err := os.ReadFile(filepath.Join(dir, "status"))
	if err != nil {
		return u, err
	}
	for line := range strings.Lines(string(status)) {
		name, value, _ := strings.Cut(line, ":")
		switch name {
		case "VmRSS":
			kilobytes, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
			u.Resident = kilobytes << 10
		case "Threads":
			u.Threads, _ = strconv.Atoi(strings.TrimSpace(value))
		}
	}
	files, err := os.ReadDir(filepath.Join(dir, "fd"))
	if err != nil {
		return u, err
	}
	u.Files = len(files)
	for _, file := range files {
		if target, err := os.Readlink(filepath.Join(dir, "fd", file.Name())); err == nil && strings.HasPrefix(target, "socket:") {
			u.Sockets++
		}
	}
	return u, nil
}
