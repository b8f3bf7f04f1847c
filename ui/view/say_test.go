package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTimes(t *testing.T) {
	require.Equal(t, "0:00", length(0))
	require.Equal(t, "4:12", length(4*time.Minute+12*time.Second+900*time.Millisecond))
	require.Equal(t, "1:04:12", length(time.Hour+4*time.Minute+12*time.Second))
	require.Equal(t, "0:00", length(-time.Second))
	require.Equal(t, "04:12", timer(4*time.Minute+12*time.Second))
	require.Equal(t, "1:00:00", timer(time.Hour))
}

func TestDayTitle(t *testing.T) {
	now := time.Date(2026, 11, 24, 0, 30, 0, 0, time.Local) // a Tuesday
	for want, ago := range map[string]time.Duration{
		"Today": 0, "Yesterday": 40 * time.Minute, "Sunday": 26 * time.Hour, "16 November": 8 * 24 * time.Hour,
		"24 November 2025": 365 * 24 * time.Hour,
	} {
		require.Equal(t, want, dayTitle(english{}, now.Add(-ago), now))
	}
}

func TestParty(t *testing.T) {
	require.Equal(t, Party{Title: "Jo Lee", Number: "+44 20 7946 0018", Name: "Jo Lee"}, party(english{}, spaced{}, "Jo Lee", "+442079460018", "GB"))
	require.Equal(t, Party{Title: "+44 20 7946 0018"}, party(english{}, spaced{}, "+442079460018", "+442079460018", "GB"))
	require.Equal(t, Party{Title: "+44 20 7946 0018"}, party(english{}, spaced{}, " ", "+442079460018", "GB"))
	require.Equal(t, Party{Title: "Hidden number"}, party(english{}, spaced{}, "", "", "GB"))
}
