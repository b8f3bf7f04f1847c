// Package wav reads and writes sound as WAV files: whole ones of others, in PCM of any rate and width, and those that
// are written while they are recorded, which a crash may cut off anywhere behind their head.
//
//	RIFF size WAVE | fmt 16 … | LIST size INFO ICMT size comment | data size samples …
package wav

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// What a file can be refused for.
var (
	// ErrFormat is for what is no WAV file, or one that is cut off before its sound.
	ErrFormat = errors.New("no WAV file")
	// ErrEncoding is for a WAV file whose sound is not plain samples (PCM) of 8, 16, 24 or 32 bits,
	// 1000 to 192,000 times a second.
	ErrEncoding = errors.New("no PCM of 8, 16, 24 or 32 bits")
)

// MaxComment is how many bytes a comment has at most.
const MaxComment = 64 << 10

const (
	maxChunks = 256            // more come before no sound
	unknown   = math.MaxUint32 // the size of what is still being written
	pcm       = 1
	extended  = 0xfffe // the kind is in the extension of the chunk
)

// Info is what the head of a file says.
type Info struct {
	// Rate is in samples per second, Channels and Bits (of a sample) as they are in the file.
	Rate, Channels, Bits int
	// Comment is what whoever wrote the file added; nil for nothing.
	Comment []byte
	// Start is where the sound begins, and Size how long it is, in bytes: no more than there are, and whole samples.
	Start, Size int64
	// Whole tells that the sizes in the head are those of the file.
	Whole bool
}

// Length returns how many samples each channel has.
func (i Info) Length() int64 { return i.Size / i.block() }

// block is how many bytes the samples of one moment have.
func (i Info) block() int64 { return int64(i.Channels) * int64(i.Bits/8) }

// ReadInfo reads the head of a file of size bytes. It fails with ErrFormat, ErrEncoding and what r does. It reads no
// more than maxChunks heads and one comment, whatever r holds.
func ReadInfo(r io.ReaderAt, size int64) (Info, error) {
	var riff [12]byte
	if err := readAt(r, riff[:], 0); err != nil {
		return Info{}, err
	}
	if string(riff[:4]) != "RIFF" || string(riff[8:]) != "WAVE" {
		return Info{}, ErrFormat
	}
	var info Info
	at := int64(len(riff))
	for range maxChunks {
		var head [8]byte
		if err := readAt(r, head[:], at); err != nil {
			return Info{}, err
		}
		id, length := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		at += int64(len(head))
		if id == "data" {
			return info.sound(riff, at, length, size)
		}
		if err := info.read(r, id, at, length); err != nil {
			return Info{}, err
		}
		at += length + length%2
	}
	return Info{}, ErrFormat
}

// sound adds where the samples are.
func (i Info) sound(riff [12]byte, at, length, size int64) (Info, error) {
	if i.Rate == 0 {
		return Info{}, ErrFormat
	}
	i.Start = at
	i.Size = max(0, min(length, size-at))
	i.Size -= i.Size % i.block()
	i.Whole = i.Size == length && int64(binary.LittleEndian.Uint32(riff[4:])) == size-8
	return i, nil
}

// read takes what a chunk before the sound says.
func (i *Info) read(r io.ReaderAt, id string, at, length int64) error {
	switch {
	case id == "fmt " && length >= 16:
		chunk := make([]byte, min(length, 40))
		if err := readAt(r, chunk, at); err != nil {
			return err
		}
		return i.format(chunk)
	case id == "LIST" && length >= 12:
		return i.comment(r, at, length)
	}
	return nil
}

func (i *Info) format(chunk []byte) error {
	word := func(at int) int { return int(binary.LittleEndian.Uint16(chunk[at:])) }
	kind := word(0)
	if kind == extended && len(chunk) >= 26 {
		kind = word(24)
	}
	i.Channels, i.Bits = word(2), word(14)
	rate := binary.LittleEndian.Uint32(chunk[4:])
	wide := i.Bits == 8 || i.Bits == 16 || i.Bits == 24 || i.Bits == 32
	if kind != pcm || !wide || i.Channels < 1 || i.Channels > 32 || rate < 1000 || rate > 192_000 {
		return ErrEncoding
	}
	i.Rate = int(rate)
	return nil
}

// comment takes the comment, where the list begins with one.
func (i *Info) comment(r io.ReaderAt, at, length int64) error {
	var head [12]byte
	if err := readAt(r, head[:], at); err != nil {
		return err
	}
	size := int64(binary.LittleEndian.Uint32(head[8:]))
	if string(head[:8]) != "INFOICMT" || size > MaxComment+1 || size > length-int64(len(head)) {
		return nil
	}
	text := make([]byte, size)
	if err := readAt(r, text, at+int64(len(head))); err != nil {
		return err
	}
	for n, b := range text {
		if b == 0 {
			text = text[:n]
			break
		}
	}
	i.Comment = text
	return nil
}

// readAt fills b. A file that ends before is none.
func readAt(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	switch {
	case n == len(b):
		return nil
	case errors.Is(err, io.EOF):
		return ErrFormat
	}
	return err
}
