package wav

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"github.com/callward/callward/audio"
)

// Read returns the sound that r holds where info says, most samples at most: mono, the mean of its channels, in 16 bits.
func Read(r io.ReaderAt, info Info, most int) (audio.Frame, error) {
	n := int(min(info.Length(), int64(most)))
	in := bufio.NewReaderSize(io.NewSectionReader(r, info.Start, info.Size), 32<<10)
	f := make(audio.Frame, 0, n)
	block := make([]byte, info.block())
	for len(f) < n {
		if _, err := io.ReadFull(in, block); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return f, nil // it became shorter meanwhile
		} else if err != nil {
			return nil, err
		}
		f = append(f, mono(block, info.Bits/8))
	}
	return f, nil
}

// mono is the mean of samples of so many bytes each.
func mono(block []byte, width int) int16 {
	var sum int64
	for at := 0; at < len(block); at += width {
		sum += int64(sample(block[at:], width))
	}
	return int16(sum / int64(len(block)/width))
}

// sample is the first one in b, in 16 bits.
func sample(b []byte, width int) int16 {
	if width == 1 { // alone without a sign
		return (int16(b[0]) - 128) << 8
	}
	return int16(binary.LittleEndian.Uint16(b[width-2:]))
}
