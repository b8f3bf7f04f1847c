package past

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

func TestFill(t *testing.T) {
	dir, last := t.TempDir(), time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	require.NoError(t, Fill(t.Context(), dir, 1000, last))
	store, err := data.Open(t.Context(), dir)
	require.NoError(t, err)
	defer store.Close()
	calls, err := store.Calls(t.Context(), 2)
	require.NoError(t, err)
	require.Equal(t, last, calls[0].Started)
	require.Equal(t, phone.Missed, calls[0].Result)
	require.Equal(t, last.Add(-7*time.Minute), calls[1].Started)
	require.NotEmpty(t, calls[1].Name)
	keys, err := store.CallKeys(t.Context(), phone.CallQuery{})
	require.NoError(t, err)
	require.Len(t, keys, 1000)
}
