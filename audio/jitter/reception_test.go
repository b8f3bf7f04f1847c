package jitter_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio/jitter"
)

// give puts packets with the sequence numbers, each as it is sent, 20 ms apart.
func give(b *jitter.Buffer, at *time.Duration, ssrc uint32, seqs ...uint16) {
	for _, seq := range seqs {
		stamp := uint32(*at * clockRate / time.Second)
		b.Put(origin.Add(*at), jitter.Packet{Seq: seq, SSRC: ssrc, Timestamp: stamp, Payload: []byte{1}})
		*at += 20 * ms
	}
}

func TestReport(t *testing.T) {
	b, at := jitter.New(clockRate, 20*ms), time.Duration(0)
	_, ok := b.Report()
	require.False(t, ok)

	give(b, &at, 9, 10, 11, 13, 14) // 12 is lost
	report, ok := b.Report()
	require.True(t, ok)
	require.Equal(t, jitter.Report{SSRC: 9, FractionLost: 256 / 5, CumulativeLost: 1, HighestSeq: 14}, report)

	report, _ = b.Report()
	require.Equal(t, jitter.Report{SSRC: 9, CumulativeLost: 1, HighestSeq: 14}, report)

	// 12 comes late and 14 again: RFC 3550 counts both as received.
	give(b, &at, 9, 12, 14, 15)
	report, _ = b.Report()
	require.Zero(t, report.FractionLost)
	require.EqualValues(t, -1, report.CumulativeLost)
	require.EqualValues(t, 15, report.HighestSeq)

	// Another source begins its own count; ours goes on.
	give(b, &at, 5, 65534, 65535, 1)
	report, _ = b.Report()
	require.EqualValues(t, 5, report.SSRC)
	require.EqualValues(t, 1, report.CumulativeLost)
	require.EqualValues(t, 256/4, report.FractionLost)
	require.EqualValues(t, 1<<16+1, report.HighestSeq)
	require.EqualValues(t, 1, b.Stats(origin.Add(at)).Lost)
}

// The interarrival jitter of packets that come in turn on time and 8 ms late
// goes towards 8 ms, a sixteenth of the way with each.
func TestReportedJitter(t *testing.T) {
	b := jitter.New(clockRate, 20*ms)
	want := 0.0
	for i := range 100 {
		at := time.Duration(i)*20*ms + time.Duration(i%2)*8*ms
		b.Put(origin.Add(at), jitter.Packet{Seq: uint16(i), Timestamp: uint32(i * 160), Payload: []byte{1}})
		if i > 0 {
			want += (64 - want) / 16 // 8 ms are 64 ticks
		}
	}
	report, _ := b.Report()
	require.InDelta(t, want, report.Jitter, 1)
	require.EqualValues(t, 0, report.CumulativeLost)
}

func BenchmarkPutGet(b *testing.B) {
	buffer := jitter.New(clockRate, 20*ms)
	payload := make([]byte, 160)
	now, i := origin, 0
	packet := func() {
		buffer.Put(now, jitter.Packet{Seq: uint16(i), Timestamp: uint32(i * 160), Payload: payload})
		now = now.Add(20 * ms)
		buffer.Get(jitter.Pull{Now: now, Run: 10 * ms})
		i++
	}
	for range 1000 {
		packet()
	}
	b.ReportAllocs()
	for b.Loop() {
		packet()
	}
}
