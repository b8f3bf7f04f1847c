package measure

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/baresip"
)

func TestProbe(t *testing.T) {
	for _, tc := range []struct {
		name    string
		answers bool
		call    func(p *Probe) (time.Duration, error)
	}{
		{"ring", false, (*Probe).Ring},
		{"answered", true, func(p *Probe) (time.Duration, error) { return p.Call(nil) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			phone := baresip.New(t, baresip.Options{User: "alice", Answer: tc.answers})
			p, err := NewProbe("sip:alice@" + phone.Addr().String())
			require.NoError(t, err)
			defer p.Close()
			for range 3 {
				rang, err := tc.call(p)
				require.NoError(t, err)
				require.Positive(t, rang)
				require.Less(t, rang, time.Second)
			}
		})
	}
	_, err := NewProbe("sip:alice@example.org")
	require.Error(t, err)
}

func TestQuantile(t *testing.T) {
	times := []time.Duration{3, 1, 2}
	require.Equal(t, time.Duration(2), Median(times))
	require.Equal(t, time.Duration(3), Quantile(times, 1))
	require.Equal(t, []time.Duration{3, 1, 2}, times)
	require.Zero(t, Median(nil))
}
