package device

// #include "port.h"
import "C"

import (
	"errors"
	"reflect"
	"runtime"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/gen2brain/malgo"

	"github.com/callward/callward/audio/ring"
)

// errLayout is returned where malgo has come with another miniaudio than port.c
// was written for. A test fails before anybody sees it.
var errLayout = errors.New("the sound library is not the one that this program was made for")

// port is where the sound of one device crosses between the device's thread,
// which runs in port.c, and Go.
type port struct {
	c    *C.struct_port
	ring *ring.Ring
	pin  runtime.Pinner // holds c in place from newPort to release
}

func newPort() *port {
	p := &port{c: new(C.struct_port)}
	p.pin.Pin(p.c)
	p.ring = ring.Over(counter(&p.c.read), counter(&p.c.write),
		unsafe.Slice((*int16)(unsafe.Pointer(&p.c.samples)), len(p.c.samples)))
	return p
}

// release lets the memory go. No device may be joined to it any more.
func (p *port) release() { p.pin.Unpin() }

// user is what the device has to be initialised with as its user data.
func (p *port) user() *byte { return (*byte)(unsafe.Pointer(p.c)) }

// join lets dev, which has not been started yet, work on p.
func (p *port) join(dev *malgo.Device, kind Kind) error {
	field := reflect.ValueOf(dev).Elem().FieldByName("ptr")
	if !field.IsValid() || field.Kind() != reflect.Pointer {
		return errLayout
	}
	playback := C.int(0)
	if kind == Output {
		playback = 1
	}
	if C.port_join(*(*unsafe.Pointer)(field.UnsafePointer()), p.c, playback) == 0 {
		return errLayout
	}
	return nil
}

// turns counts how often the device's thread came, missed the samples of silence
// that it played for want of others; most is what it moved at a time at most.
func (p *port) turns() uint64  { return counter(&p.c.turns).Load() }
func (p *port) missed() uint64 { return counter(&p.c.missed).Load() }
func (p *port) most() int      { return int(counter(&p.c.most).Load()) }

// last is when the device's thread came last.
func (p *port) last() time.Time {
	at := atomic.LoadInt64((*int64)(unsafe.Pointer(&p.c.last)))
	return time.Now().Add(time.Duration(at - int64(C.port_now())))
}

// counter is a number that both ends work on.
func counter(n *C.uint64_t) *atomic.Uint64 { return (*atomic.Uint64)(unsafe.Pointer(n)) }
