package sipua

import (
	"bytes"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"
)

// traceQueue is how many messages may wait for a slow disk before more are left out.
const traceQueue = 1000

// Trace writes each SIP message that is sent or received to a file, with
// credentials blanked, while it is on. The file rotates at 5 MB; three old ones
// are kept. One Trace serves the whole program; its methods may be called from
// any goroutine and do not wait for the disk, but Close. A goroutine of its own
// owns the file. A nil Trace is always off.
type Trace struct {
	on   atomic.Bool
	file *lumberjack.Logger
	todo chan []byte
	// left counts messages that were left out since the last that was written.
	left   atomic.Int64
	stop   chan struct{}
	once   sync.Once
	writer sync.WaitGroup
}

// NewTrace returns a trace to the file at path, which is off. The file is made,
// readable by its owner alone, with the first message.
func NewTrace(path string) *Trace {
	t := &Trace{
		file: &lumberjack.Logger{Filename: path, MaxSize: 5, MaxBackups: 3},
		todo: make(chan []byte, traceQueue), stop: make(chan struct{}),
	}
	t.writer.Go(t.run)
	return t
}

// Switch turns it on or off.
func (t *Trace) Switch(on bool) { t.on.Store(on) }

// On tells whether it is on.
func (t *Trace) On() bool { return t != nil && t.on.Load() }

// Path returns the file's name.
func (t *Trace) Path() string { return t.file.Filename }

// Close writes what waits and closes the file. Nothing is traced afterwards.
func (t *Trace) Close() error {
	t.Switch(false)
	t.once.Do(func() { close(t.stop) })
	t.writer.Wait()
	return t.file.Close()
}

// run writes until Close.
func (t *Trace) run() {
	for {
		select {
		case entry := <-t.todo:
			t.write(entry)
		case <-t.stop:
			for len(t.todo) > 0 {
				t.write(<-t.todo)
			}
			return
		}
	}
}

// write appends an entry. A full disk does not end anything: it is left out.
func (t *Trace) write(entry []byte) {
	if left := t.left.Swap(0); left > 0 {
		entry = append(fmt.Appendf(nil, "%d messages left out\n\n", left), entry...)
	}
	if _, err := t.file.Write(entry); err != nil {
		t.left.Add(1)
	}
}

func (t *Trace) sent(transport string, from, to netip.AddrPort, message []byte) {
	t.put("sent", transport, from, to, message)
}

func (t *Trace) received(p packet) {
	t.put("received", p.transport, p.from, p.to, p.bytes)
}

func (t *Trace) put(way, transport string, from, to netip.AddrPort, message []byte) {
	if !t.On() {
		return
	}
	var entry bytes.Buffer
	fmt.Fprintf(&entry, "%s %s by %s from %s to %s\n",
		time.Now().Format("2006-01-02 15:04:05.000000 -07:00"), way, transport, from, to)
	entry.Write(blanked(message))
	entry.WriteString("\n\n")
	select {
	case t.todo <- entry.Bytes():
	default:
		t.left.Add(1)
	}
}
