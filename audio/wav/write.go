package wav

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/callward/callward/audio"
)

// Writer writes mono sound of 16 bits as it comes: until Finish the head leaves open how much there is, so that a file
// that is cut off is played to its end by most, and made whole by Repair. It is owned by one goroutine.
type Writer struct {
	file  File
	head  int
	count int64 // samples that are in the file
	bytes []byte
}

// File is where a Writer writes; *os.File satisfies it. It is empty at first.
type File interface {
	io.ReaderAt
	io.Writer
	io.WriterAt
	Truncate(size int64) error
}

// Begin writes the head, with a comment of up to MaxComment bytes, none of them 0.
func Begin(file File, rate int, comment []byte) (*Writer, error) {
	if len(comment) > MaxComment {
		return nil, errors.New("the comment is too long")
	}
	head := appendHead(nil, rate, comment)
	if _, err := file.Write(head); err != nil {
		return nil, err
	}
	return &Writer{file: file, head: len(head)}, nil
}

// Write appends f. Where it fails, what is in the file before it stays.
func (w *Writer) Write(f audio.Frame) error {
	w.bytes = appendSamples(w.bytes[:0], f)
	n, err := w.file.Write(w.bytes)
	w.count += int64(n / 2)
	return err
}

// Len returns how many samples are in the file.
func (w *Writer) Len() int64 { return w.count }

// Finish cuts the sound to length samples, fades the last few of them out so that it ends without a click, and says in
// the head how much there is.
func (w *Writer) Finish(length int64, fade int) error {
	w.count = min(w.count, length)
	return finish(w.file, int64(w.head), 2*w.count, fade)
}

// Repair does the same to a file that was cut off, with mono sound of 16 bits: all there is stays, but for half a sample.
// info is what ReadInfo says of it.
func Repair(file File, info Info, fade int) error {
	if info.Channels != 1 || info.Bits != 16 {
		return ErrEncoding
	}
	return finish(file, info.Start, info.Size, fade)
}

// finish makes a file whole whose sound begins at start and has size bytes.
func finish(file File, start, size int64, fade int) error {
	if err := file.Truncate(start + size); err != nil {
		return err
	}
	tail := make([]byte, min(2*int64(fade), size))
	if err := readAt(file, tail, start+size-int64(len(tail))); err != nil {
		return err
	}
	for at := 0; at < len(tail); at += 2 {
		s := int(int16(binary.LittleEndian.Uint16(tail[at:])))
		binary.LittleEndian.PutUint16(tail[at:], uint16(s*(len(tail)-at-2)/len(tail)))
	}
	if _, err := file.WriteAt(tail, start+size-int64(len(tail))); err != nil {
		return err
	}
	return writeSizes(file, start, size)
}

// Write writes a whole file of mono sound of 16 bits.
func Write(w io.Writer, rate int, f audio.Frame) error {
	b := appendHead(nil, rate, nil)
	start := len(b)
	b = appendSamples(b, f)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	binary.LittleEndian.PutUint32(b[start-4:], uint32(len(b)-start))
	_, err := w.Write(b)
	return err
}

// writeSizes puts the sizes into a head that ends where the sound begins.
func writeSizes(w io.WriterAt, start, size int64) error {
	var word [4]byte
	binary.LittleEndian.PutUint32(word[:], uint32(size))
	if _, err := w.WriteAt(word[:], start-4); err != nil {
		return err
	}
	binary.LittleEndian.PutUint32(word[:], uint32(start+size-8))
	_, err := w.WriteAt(word[:], 4)
	return err
}

// appendHead appends all that is before the samples.
func appendHead(b []byte, rate int, comment []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint32(append(b, "RIFF"...), unknown)
	b = le.AppendUint32(append(b, "WAVEfmt "...), 16)
	b = le.AppendUint16(le.AppendUint16(b, pcm), 1)
	b = le.AppendUint32(le.AppendUint32(b, uint32(rate)), uint32(2*rate))
	b = le.AppendUint16(le.AppendUint16(b, 2), 16)
	if len(comment) > 0 {
		size := len(comment) + 1 // text ends with 0
		pad := size % 2
		b = le.AppendUint32(append(b, "LIST"...), uint32(4+8+size+pad))
		b = le.AppendUint32(append(b, "INFOICMT"...), uint32(size))
		b = append(b, comment...)
		b = append(b, make([]byte, 1+pad)...)
	}
	return le.AppendUint32(append(b, "data"...), unknown)
}

func appendSamples(b []byte, f audio.Frame) []byte {
	for _, s := range f {
		b = binary.LittleEndian.AppendUint16(b, uint16(s))
	}
	return b
}
