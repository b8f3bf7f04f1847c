package wav_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/audio/wav"
)

// file makes an empty file.
func file(t interface {
	require.TestingT
	Cleanup(func())
}, dir string,
) *os.File {
	f, err := os.Create(filepath.Join(dir, "a.wav"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func size(t require.TestingT, f *os.File) int64 {
	info, err := f.Stat()
	require.NoError(t, err)
	return info.Size()
}

// read returns all that a file holds.
func read(t require.TestingT, f *os.File) (wav.Info, audio.Frame) {
	info, err := wav.ReadInfo(f, size(t, f))
	require.NoError(t, err)
	sound, err := wav.Read(f, info, 1<<20)
	require.NoError(t, err)
	return info, sound
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	tone := spectrum.Tone(8000, 8000, 700, 8000, 0)
	for _, comment := range []string{"", "odd", "even", strings.Repeat("x", wav.MaxComment)} {
		f := file(t, t.TempDir())
		w, err := wav.Begin(f, 8000, []byte(comment))
		require.NoError(t, err)
		require.NoError(t, w.Write(tone[:3000]))
		require.NoError(t, w.Write(tone[3000:]))
		require.NoError(t, w.Finish(7000, 4))
		info, sound := read(t, f)
		require.True(t, info.Whole)
		require.Equal(t, comment, string(info.Comment))
		require.Equal(t, 8000, info.Rate)
		require.Len(t, sound, 7000)
		require.Equal(t, tone[:6996], sound[:6996])
		for i, left := range []int16{3, 2, 1, 0} {
			require.InDelta(t, int(tone[6996+i])*int(left)/4, sound[6996+i], 1)
		}
	}
	_, err := wav.Begin(file(t, t.TempDir()), 8000, make([]byte, wav.MaxComment+1))
	require.Error(t, err)
}

func TestFileThatIsCutOffIsRepaired(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		f := file(t, dir)
		comment := rapid.SliceOfN(rapid.ByteRange(1, 255), 0, 50).Draw(t, "comment")
		sound := audio.Frame(rapid.SliceOf(rapid.Int16()).Draw(t, "sound"))
		w, err := wav.Begin(f, 16000, comment)
		require.NoError(t, err)
		head := size(t, f)
		require.NoError(t, w.Write(sound))
		cut := rapid.Int64Range(0, size(t, f)).Draw(t, "cut")
		require.NoError(t, f.Truncate(cut))
		info, err := wav.ReadInfo(f, cut)
		if cut < head {
			require.ErrorIs(t, err, wav.ErrFormat)
			return
		}
		require.NoError(t, err)
		require.False(t, info.Whole)
		require.NoError(t, wav.Repair(f, info, 0))
		info, rest := read(t, f)
		require.True(t, info.Whole)
		require.Equal(t, string(comment), string(info.Comment))
		require.Equal(t, sound[:(cut-head)/2], rest)
	})
}

// foreign is a file of somebody else, with a chunk that says nothing here.
func foreign(kind, channels, bits uint16, extra int, data []byte) []byte {
	le := binary.LittleEndian
	b := []byte("RIFF\x00\x00\x00\x00WAVEjunk\x03\x00\x00\x00abc\x00fmt ")
	b = le.AppendUint32(b, uint32(16+extra))
	b = le.AppendUint16(le.AppendUint16(b, kind), channels)
	b = le.AppendUint32(le.AppendUint32(b, 44100), 44100*uint32(channels*bits/8))
	b = le.AppendUint16(le.AppendUint16(b, channels*bits/8), bits)
	if extra > 0 {
		b = append(b, make([]byte, extra)...)
		b[len(b)-extra+8] = 1 // PCM
	}
	b = le.AppendUint32(append(b, "data"...), uint32(len(data)))
	return append(b, data...)
}

func TestForeignFiles(t *testing.T) {
	for name, tt := range map[string]struct {
		file []byte
		want audio.Frame
	}{
		"8 bits":            {foreign(1, 1, 8, 0, []byte{0, 128, 255}), audio.Frame{-32768, 0, 32512}},
		"16 bits, stereo":   {foreign(1, 2, 16, 0, []byte{0, 1, 0, 3, 0, 0x80, 0, 0x80}), audio.Frame{0x200, -32768}},
		"24 bits":           {foreign(1, 1, 24, 0, []byte{9, 2, 1, 0, 0, 0x80}), audio.Frame{0x102, -32768}},
		"32 bits, extended": {foreign(0xfffe, 1, 32, 24, []byte{9, 9, 2, 1}), audio.Frame{0x102}},
		"half a sample":     {foreign(1, 1, 16, 0, []byte{2, 1, 7}), audio.Frame{0x102}},
	} {
		t.Run(name, func(t *testing.T) {
			r := bytes.NewReader(tt.file)
			info, err := wav.ReadInfo(r, r.Size())
			require.NoError(t, err)
			require.Equal(t, 44100, info.Rate)
			sound, err := wav.Read(r, info, 100)
			require.NoError(t, err)
			require.Equal(t, tt.want, sound)
		})
	}
}

func TestWhatIsNoSoundIsRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":      {nil, wav.ErrFormat},
		"a text":       {[]byte("Dear Sir or Madam, ..."), wav.ErrFormat},
		"no sound":     {foreign(1, 1, 16, 0, nil)[:40], wav.ErrFormat},
		"compressed":   {foreign(2, 1, 4, 0, nil), wav.ErrEncoding},
		"float":        {foreign(3, 1, 32, 0, nil), wav.ErrEncoding},
		"no channel":   {foreign(1, 0, 16, 0, nil), wav.ErrEncoding},
		"chunks alone": {append([]byte("RIFF\x00\x00\x00\x00WAVE"), bytes.Repeat([]byte("junk\x00\x00\x00\x00"), 10_000)...), wav.ErrFormat},
	} {
		r := bytes.NewReader(tt.file)
		_, err := wav.ReadInfo(r, r.Size())
		require.ErrorIs(t, err, tt.want, name)
	}
}

func FuzzRead(f *testing.F) {
	var own bytes.Buffer
	require.NoError(f, wav.Write(&own, 8000, audio.Frame{1, 2, 3}))
	f.Add(own.Bytes())
	f.Add(foreign(0xfffe, 2, 24, 24, make([]byte, 30)))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := bytes.NewReader(data)
		info, err := wav.ReadInfo(r, r.Size())
		if err != nil {
			return
		}
		sound, err := wav.Read(r, info, 1000)
		require.NoError(t, err)
		require.Len(t, sound, int(min(1000, info.Length())))
	})
}
