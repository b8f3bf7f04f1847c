// Package ring is the one place where sound crosses from a device's thread to
// the desk and back: a queue of samples between exactly one writer and one
// reader, which neither ever waits for the other.
package ring

import (
	"math/bits"
	"sync/atomic"

	"github.com/callward/callward/audio"
)

// Ring is owned by two goroutines or threads at once: Write is the writer's
// alone, Read is the reader's alone, Len may be called by both. It takes no lock
// and allocates nothing.
type Ring struct {
	read  *atomic.Uint64 // position of the next sample to read; stored by the reader
	write *atomic.Uint64 // position of the next sample to write; stored by the writer
	buf   []int16
}

// positions are those of a Ring of its own memory, in cache lines of their own.
type positions struct {
	read  atomic.Uint64
	_     [56]byte
	write atomic.Uint64
	_     [56]byte
}

// New makes an empty Ring that holds size samples, rounded up to a power of
// two. A size below 1 is taken for 1.
func New(size int) *Ring {
	var p positions
	return Over(&p.read, &p.write, make([]int16, 1<<bits.Len(uint(max(size, 1)-1))))
}

// Over makes a Ring of memory that is shared with a thread outside Go. read and
// write count samples since the beginning and run over freely; a sample lies in
// buf at its position modulo len(buf), a power of two. The other end stores its own
// position after it has read or written what it stands for, with release order.
func Over(read, write *atomic.Uint64, buf []int16) *Ring {
	return &Ring{read: read, write: write, buf: buf}
}

// Len returns how many samples wait to be read. The reader may rely on at
// least as many being there, the writer on at most as many.
func (r *Ring) Len() int {
	// The reader's position first: it never passes the writer's, so that the
	// difference cannot be negative whatever happens between the two loads.
	read := r.read.Load()
	return min(int(r.write.Load()-read), len(r.buf))
}

// Write copies as much of f as there is room for and returns how many samples
// that was.
func (r *Ring) Write(f audio.Frame) int {
	at := r.write.Load()
	n := min(len(f), len(r.buf)-int(at-r.read.Load()))
	first := copy(r.buf[r.index(at):], f[:n])
	copy(r.buf, f[first:n])
	r.write.Store(at + uint64(n))
	return n
}

// Read moves the oldest samples into f and returns how many there were, at most
// len(f). What is beyond them in f is left as it was.
func (r *Ring) Read(f audio.Frame) int {
	at := r.read.Load()
	n := min(len(f), int(r.write.Load()-at))
	first := copy(f[:n], r.buf[r.index(at):])
	copy(f[first:n], r.buf)
	r.read.Store(at + uint64(n))
	return n
}

// index is where the sample at a position lies.
func (r *Ring) index(at uint64) uint64 { return at & uint64(len(r.buf)-1) }
