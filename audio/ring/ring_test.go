package ring_test

import (
	"runtime"
	"sync"
	"testing"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/ring"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestSizeIsRoundedUpToAPowerOfTwo(t *testing.T) {
	for size, want := range map[int]int{-1: 1, 0: 1, 1: 1, 2: 2, 3: 4, 480: 512, 512: 512, 513: 1024} {
		require.Equal(t, want, ring.New(size).Write(make(audio.Frame, 2000)), "size %d", size)
	}
}

// Whatever is written comes out once, in order, and never more than fits.
func TestRingBehavesLikeABoundedQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int{1, 2, 8, 64}).Draw(t, "size")
		r := ring.New(size)
		model := []int16{}
		next := int16(0)
		t.Repeat(map[string]func(*rapid.T){
			"write": func(t *rapid.T) {
				f := make(audio.Frame, rapid.IntRange(0, 100).Draw(t, "n"))
				for i := range f {
					f[i] = next + int16(i)
				}
				n := r.Write(f)
				require.Equal(t, min(len(f), size-len(model)), n)
				model = append(model, f[:n]...)
				next += int16(n)
			},
			"read": func(t *rapid.T) {
				f := make(audio.Frame, rapid.IntRange(0, 100).Draw(t, "n"))
				n := r.Read(f)
				require.Equal(t, min(len(f), len(model)), n)
				require.Equal(t, model[:n:n], []int16(f[:n]))
				model = model[n:]
			},
			"": func(t *rapid.T) {
				require.Equal(t, len(model), r.Len())
			},
		})
	})
}

func TestOneWriterAndOneReaderAtOnce(t *testing.T) {
	const total = 1 << 20
	r := ring.New(256)
	var wg sync.WaitGroup
	wg.Go(func() {
		f := make(audio.Frame, 97)
		for sent := 0; sent < total; {
			n := min(len(f), total-sent)
			for i := range n {
				f[i] = int16(sent + i)
			}
			took := r.Write(f[:n])
			sent += took
			if took == 0 {
				runtime.Gosched()
			}
		}
	})
	f := make(audio.Frame, 61)
	for got := 0; got < total; {
		n := r.Read(f)
		for i := range n {
			require.Equal(t, int16(got+i), f[i])
		}
		got += n
		if n == 0 {
			runtime.Gosched()
		}
	}
	wg.Wait()
	require.Zero(t, r.Len())
}

func TestReadAndWriteAllocateNothing(t *testing.T) {
	r := ring.New(1024)
	f := make(audio.Frame, 480)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		r.Write(f)
		r.Read(f)
	}))
}

func BenchmarkTenMilliseconds(b *testing.B) {
	r := ring.New(2048)
	f := make(audio.Frame, 480)
	for b.Loop() {
		r.Write(f)
		r.Read(f)
	}
}
