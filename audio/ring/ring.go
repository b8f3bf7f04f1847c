// Package ring is the one place where sound crosses from a device's thread to
// the desk and back: a queue of samples between exactly one writer and one
// reader, which neither ever waits for the other.
package ring

import (
	"math/bits"
	"sync/atomic"

	"github.com/callward/callward/audio"
)

// pad keeps the two positions out of one another's cache line.
type pad [64]byte

// Ring is owned by two goroutines or threads at once: Write is the writer's
// alone, Read and Discard are the reader's alone, Len and Free may be called by
// both. It takes no lock and allocates nothing.
//
// The positions count samples since the beginning and run over freely; a sample
// lies at its position modulo the size.
type Ring struct {
	buf  []int16
	mask uint64

	_     pad
	read  atomic.Uint64 // position of the next sample to read; stored by the reader
	_     pad
	write atomic.Uint64 // position of the next sample to write; stored by the writer
	_     pad
}

// New makes an empty Ring that holds size samples, rounded up to a power of
// two. A size below 1 is taken for 1.
func New(size int) *Ring {
	size = 1 << bits.Len(uint(max(size, 1)-1))
	return &Ring{buf: make([]int16, size), mask: uint64(size - 1)}
}

// Cap returns how many samples the Ring holds when it is full.
func (r *Ring) Cap() int { return len(r.buf) }

// Len returns how many samples wait to be read. The reader may rely on at
// least as many being there, the writer on at most as many.
func (r *Ring) Len() int {
	// The reader's position first: it never passes the writer's, so that the
	// difference cannot be negative whatever happens between the two loads.
	read := r.read.Load()
	return min(int(r.write.Load()-read), len(r.buf))
}

// Free returns how many samples can be written. The writer may rely on at
// least as much room.
func (r *Ring) Free() int { return len(r.buf) - r.Len() }

// Write copies as much of f as there is room for and returns how many samples
// that was.
func (r *Ring) Write(f audio.Frame) int {
	at := r.write.Load()
	n := min(len(f), len(r.buf)-int(at-r.read.Load()))
	first := copy(r.buf[at&r.mask:], f[:n])
	copy(r.buf, f[first:n])
	r.write.Store(at + uint64(n))
	return n
}

// Read moves the oldest samples into f and returns how many there were, at most
// len(f). What is beyond them in f is left as it was.
func (r *Ring) Read(f audio.Frame) int {
	at := r.read.Load()
	n := min(len(f), int(r.write.Load()-at))
	first := copy(f[:n], r.buf[at&r.mask:])
	copy(f[first:n], r.buf)
	r.read.Store(at + uint64(n))
	return n
}

// Discard drops the n oldest samples, or all where there are fewer, and returns
// how many it dropped.
func (r *Ring) Discard(n int) int {
	at := r.read.Load()
	n = min(max(n, 0), int(r.write.Load()-at))
	r.read.Store(at + uint64(n))
	return n
}
