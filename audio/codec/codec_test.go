package codec_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/codec"
	"github.com/callward/callward/audio/spectrum"
)

func TestRegistry(t *testing.T) {
	all := codec.All()
	require.Equal(t, "PCMA", all[0].Name())
	require.Equal(t, "PCMU", all[1].Name())

	types := map[uint8]string{}
	for _, c := range all {
		require.Empty(t, types[c.PayloadType()], "%s has another's payload type", c.Name())
		types[c.PayloadType()] = c.Name()
		found, ok := codec.ByName(c.Name())
		require.True(t, ok)
		require.Equal(t, c, found)
	}

	all[0] = nil
	require.NotNil(t, codec.All()[0], "the caller changed the registry")
	lower, ok := codec.ByName("pcmu")
	require.True(t, ok)
	require.EqualValues(t, 0, lower.PayloadType())
	_, ok = codec.ByName("GSM")
	require.False(t, ok)
}

// Known pairs from the tables of ITU-T G.711, scaled to 16 bit: the smallest,
// the largest and one from a middle segment of each sign.
func TestG711KnownValues(t *testing.T) {
	for _, c := range []struct {
		name    string
		payload byte
		sample  int16
	}{
		{"PCMU", 0xff, 0},
		{"PCMU", 0x80, 32124},
		{"PCMU", 0x00, -32124},
		{"PCMU", 0xb0, 3900},
		{"PCMA", 0xd5, 8},
		{"PCMA", 0x55, -8},
		{"PCMA", 0xaa, 32256},
		{"PCMA", 0x2a, -32256},
	} {
		law, ok := codec.ByName(c.name)
		require.True(t, ok)
		pcm, err := law.NewDecoder().Decode(nil, []byte{c.payload})
		require.NoError(t, err)
		require.Equal(t, audio.Frame{c.sample}, pcm, "%s %#x", c.name, c.payload)
		payload, err := law.NewEncoder().Encode(nil, pcm)
		require.NoError(t, err)
		require.Equal(t, []byte{c.payload}, payload, "%s %d", c.name, c.sample)
	}
}

func TestEveryByteSurvives(t *testing.T) {
	var all []byte
	for b := range 256 {
		all = append(all, byte(b))
	}
	for _, name := range []string{"PCMA", "PCMU"} {
		law, _ := codec.ByName(name)
		pcm, err := law.NewDecoder().Decode(nil, all)
		require.NoError(t, err)
		again, err := law.NewEncoder().Encode(nil, pcm)
		require.NoError(t, err)
		for b := range all {
			// Mu-law has two bytes for zero; only 0xff is sent.
			if name == "PCMU" && b == 0x7f {
				require.EqualValues(t, 0xff, again[b])
				continue
			}
			require.Equal(t, byte(b), again[b], "%s %#x", name, b)
		}
	}
}

// G.711 keeps the noise some 37 dB under a tone, from full scale down to
// -30 dBov.
func TestNoiseUnderTone(t *testing.T) {
	for _, c := range codec.All() {
		for _, amplitude := range []float64{30000, 8000, 1000} {
			rate := c.SampleRate()
			tone := spectrum.Tone(rate, rate, 1004, amplitude, 0)
			payload, err := c.NewEncoder().Encode(nil, tone)
			require.NoError(t, err)
			heard, err := c.NewDecoder().Decode(nil, payload)
			require.NoError(t, err)
			require.Len(t, heard, len(tone))
			share := spectrum.Goertzel(heard, rate, 1004) / spectrum.Power(heard)
			require.Greater(t, share, 0.9995, "%s at %v", c.Name(), amplitude)
		}
	}
}

func TestAppends(t *testing.T) {
	for _, c := range codec.All() {
		payload, err := c.NewEncoder().Encode([]byte{1, 2}, make(audio.Frame, c.SampleRate()/50))
		require.NoError(t, err)
		require.Equal(t, []byte{1, 2}, payload[:2])
		pcm, err := c.NewDecoder().Decode(audio.Frame{7}, payload[2:])
		require.NoError(t, err)
		require.EqualValues(t, 7, pcm[0])
		require.Len(t, pcm, 1+c.SampleRate()/50)
	}
}

func BenchmarkPacket(b *testing.B) {
	for _, c := range codec.All() {
		tone := spectrum.Tone(c.SampleRate()/50, c.SampleRate(), 440, 10000, 0)
		encoder, decoder := c.NewEncoder(), c.NewDecoder()
		payload, _ := encoder.Encode(nil, tone)
		b.Run(c.Name()+"/encode", func(b *testing.B) {
			b.ReportAllocs()
			out := make([]byte, 0, len(payload))
			for b.Loop() {
				out, _ = encoder.Encode(out[:0], tone)
			}
		})
		b.Run(c.Name()+"/decode", func(b *testing.B) {
			b.ReportAllocs()
			out := make(audio.Frame, 0, len(tone))
			for b.Loop() {
				out, _ = decoder.Decode(out[:0], payload)
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0xff, 0x00, 0x80})
	f.Fuzz(func(t *testing.T, payload []byte) {
		for _, c := range codec.All() {
			before := audio.Frame{1, 2, 3}
			pcm, err := c.NewDecoder().Decode(before, payload)
			require.Equal(t, before, pcm[:3])
			if err != nil {
				require.Len(t, pcm, 3)
			}
		}
	})
}

// With room to write to, no codec allocates.
func TestNoAllocation(t *testing.T) {
	for _, c := range codec.All() {
		encoder, decoder := c.NewEncoder(), c.NewDecoder()
		pcm := make(audio.Frame, c.SampleRate()/50)
		payload := make([]byte, 0, 1500)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			written, _ := encoder.Encode(payload, pcm)
			_, _ = decoder.Decode(pcm[:0], written)
		}), c.Name())
	}
}
