package sipua

import (
	"bytes"
	"fmt"
	"net/netip"
	"sync/atomic"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"
)

// Trace writes each SIP message that is sent or received to a file, with
// credentials blanked, while it is on. The file rotates at 5 MB; three old ones
// are kept. One Trace serves the whole program; its methods may be called from
// any goroutine, and nil is one that is always off.
type Trace struct {
	on   atomic.Bool
	file *lumberjack.Logger
}

// NewTrace returns a trace to the file at path, which is off. The file is made,
// readable by its owner alone, with the first message.
func NewTrace(path string) *Trace {
	return &Trace{file: &lumberjack.Logger{Filename: path, MaxSize: 5, MaxBackups: 3}}
}

// Switch turns it on or off.
func (t *Trace) Switch(on bool) { t.on.Store(on) }

// On tells whether it is on.
func (t *Trace) On() bool { return t != nil && t.on.Load() }

// Path returns the file's name.
func (t *Trace) Path() string { return t.file.Filename }

// Close closes the file; a message after that opens it again.
func (t *Trace) Close() error { return t.file.Close() }

func (t *Trace) sent(transport string, from, to netip.AddrPort, message []byte) {
	t.write("sent", transport, from, to, message)
}

func (t *Trace) received(at netip.AddrPort, p packet) {
	t.write("received", p.transport, p.from, at, p.bytes)
}

// write puts one message into the file in one piece. A full disk does not hold a
// call up, so its error is dropped.
func (t *Trace) write(way, transport string, from, to netip.AddrPort, message []byte) {
	if !t.On() {
		return
	}
	var entry bytes.Buffer
	fmt.Fprintf(&entry, "%s %s by %s from %s to %s\n",
		time.Now().Format("2006-01-02 15:04:05.000000 -07:00"), way, transport, from, to)
	entry.Write(blanked(message))
	entry.WriteString("\n\n")
	_, _ = t.file.Write(entry.Bytes())
}
