// Package wav reads and writes the recordings that peers of a lab play and make: WAV files of one channel, 16 bit.
package wav

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"github.com/callward/callward/audio"
)

// header is that of a WAV file of PCM, all of it (RIFF, WAVE, "fmt " and the head of "data").
type header struct {
	Riff                    [4]byte
	Size                    uint32
	Wave, Fmt               [4]byte
	FmtSize                 uint32
	Kind, Channels          uint16
	Rate, BytesPerSecond    uint32
	BytesPerSample, BitSize uint16
	Data                    [4]byte
	DataSize                uint32
}

const headerSize = 44

var errFormat = errors.New("not a WAV file of one channel, 16 bit")

// Write writes f as a file.
func Write(path string, f audio.Frame, rate int) error {
	n := uint32(2 * len(f))
	h := header{
		Riff: [4]byte([]byte("RIFF")), Size: headerSize - 8 + n, Wave: [4]byte([]byte("WAVE")), Fmt: [4]byte([]byte("fmt ")),
		FmtSize: 16, Kind: 1, Channels: 1, Rate: uint32(rate), BytesPerSecond: uint32(2 * rate), BytesPerSample: 2, BitSize: 16,
		Data: [4]byte([]byte("data")), DataSize: n,
	}
	b, err := binary.Append(nil, binary.LittleEndian, h)
	if err != nil {
		return err
	}
	if b, err = binary.Append(b, binary.LittleEndian, f); err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o600)
}

// Read returns the samples of a file and their rate. One that is still being written gives what is there.
func Read(path string) (f audio.Frame, rate int, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, 0, err
	}
	var h header
	if _, err := binary.Decode(b, binary.LittleEndian, &h); err != nil {
		return nil, 0, fmt.Errorf("%s: %w: %w", path, errFormat, err)
	}
	if string(h.Riff[:]) != "RIFF" || string(h.Data[:]) != "data" || h.Kind != 1 || h.Channels != 1 || h.BitSize != 16 {
		return nil, 0, fmt.Errorf("%s: %w", path, errFormat)
	}
	b = b[headerSize:]
	f = make(audio.Frame, len(b)/2)
	for i := range f {
		f[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return f, int(h.Rate), nil
}
