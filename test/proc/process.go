// Package proc runs the programs of a lab: the phone under test and the peers that others wrote. It keeps what they
// say, waits for words in it, and ends them; none outlives the test process.
package proc

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Process is a running program. Its methods may be called from any goroutine.
type Process struct {
	name  string
	cmd   *exec.Cmd
	stdin io.WriteCloser
	done  chan struct{} // closed once it has ended and all that it said is read

	mu    sync.Mutex
	lines []string
	more  chan struct{} // closed and replaced with each line
}

// Start runs cmd, whose Stdin, Stdout and Stderr must not be set. name is what a failing test's log calls it.
func Start(name string, cmd *exec.Cmd) (*Process, error) {
	p := &Process{name: name, cmd: cmd, done: make(chan struct{}), more: make(chan struct{})}
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	diesWithParent(cmd.SysProcAttr)
	cmd.SysProcAttr.Setpgid = true // so that Kill reaches its children
	var err error
	if p.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.Stdout, cmd.Stderr = in, in
	err = cmd.Start()
	_ = in.Close()
	if err != nil {
		_ = out.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	go p.read(out)
	return p, nil
}

// read is the one goroutine; it ends with the process, which Stop, Kill and Wait wait for.
func (p *Process) read(out io.ReadCloser) {
	exited := make(chan struct{})
	go func() {
		_ = p.cmd.Wait()
		// A grandchild may hold the pipe open.
		time.AfterFunc(time.Second, func() { _ = out.Close() })
		close(exited)
	}()
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			p.said(strings.TrimRight(line, "\r\n"))
		}
		if err != nil {
			break
		}
	}
	<-exited
	close(p.done)
}

func (p *Process) said(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines = append(p.lines, line)
	close(p.more)
	p.more = make(chan struct{})
}

// Lines returns all lines so far, of stdout and stderr as they came.
func (p *Process) Lines() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lines[:len(p.lines):len(p.lines)]
}

// Log returns all lines so far as one text.
func (p *Process) Log() string { return strings.Join(p.Lines(), "\n") }

// Mark returns how many lines there are, to wait with WaitFor for one after them.
func (p *Process) Mark() int { return len(p.Lines()) }

// WaitFor returns the first line from number mark on that matches expr, waiting at most patience for it.
func (p *Process) WaitFor(mark int, expr string, patience time.Duration) (string, error) {
	re := regexp.MustCompile(expr)
	deadline := time.After(patience)
	for ended := false; ; {
		p.mu.Lock()
		lines, more := p.lines, p.more
		p.mu.Unlock()
		for ; mark < len(lines); mark++ {
			if re.MatchString(lines[mark]) {
				return lines[mark], nil
			}
		}
		if ended {
			return "", fmt.Errorf("%s ended without saying %q", p.name, expr)
		}
		select {
		case <-more:
		case <-p.done:
			ended = true
		case <-deadline:
			return "", fmt.Errorf("%s did not say %q within %v", p.name, expr, patience)
		}
	}
}

// Count returns how many lines match expr.
func (p *Process) Count(expr string) int {
	re := regexp.MustCompile(expr)
	n := 0
	for _, line := range p.Lines() {
		if re.MatchString(line) {
			n++
		}
	}
	return n
}

// Pid is the process's number.
func (p *Process) Pid() int { return p.cmd.Process.Pid }

// Type writes text to the program's stdin.
func (p *Process) Type(text string) error {
	_, err := io.WriteString(p.stdin, text)
	return err
}

// Signal sends a signal.
func (p *Process) Signal(sig os.Signal) error { return p.cmd.Process.Signal(sig) }

// Done is closed once the program has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Wait waits for the program's end and returns its exit code, -1 when a signal ended it.
func (p *Process) Wait(patience time.Duration) (code int, err error) {
	select {
	case <-p.done:
		return p.cmd.ProcessState.ExitCode(), nil
	case <-time.After(patience):
		return 0, fmt.Errorf("%s still runs after %v", p.name, patience)
	}
}

// Stop asks the program to end, and kills it when it has not within patience, which is an error.
// It may be called more than once.
func (p *Process) Stop(patience time.Duration) error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	if _, err := p.Wait(patience); err != nil {
		p.Kill()
		return fmt.Errorf("%w and was killed", err)
	}
	return nil
}

// Kill ends the program and its children with no chance to clean up, and waits for it.
func (p *Process) Kill() {
	_ = syscall.Kill(-p.Pid(), syscall.SIGKILL)
	<-p.done
}
