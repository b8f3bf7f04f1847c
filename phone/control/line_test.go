package control

import (
	"bufio"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestReadLine holds lines of all lengths around the limit and the reader's buffer.
func TestReadLine(t *testing.T) {
	const limit, buffer = 100, 32
	rapid.Check(t, func(t *rapid.T) {
		lengths := rapid.SliceOfN(rapid.IntRange(0, 2*limit), 0, 6).Draw(t, "lengths")
		var text strings.Builder
		for i, n := range lengths {
			text.WriteString(strings.Repeat(string(rune('a'+i)), n))
			text.WriteByte('\n')
		}
		all := text.String()
		if last := len(lengths) - 1; last >= 0 && lengths[last] > 0 && rapid.Bool().Draw(t, "without an end") {
			all = strings.TrimSuffix(all, "\n")
		}
		r := bufio.NewReaderSize(strings.NewReader(all), buffer)
		for i, n := range lengths {
			line, err := readLine(r, limit)
			if n > limit {
				require.ErrorIs(t, err, errTooLong)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, strings.Repeat(string(rune('a'+i)), n), string(line))
		}
		_, err := readLine(r, limit)
		require.ErrorIs(t, err, io.EOF)
	})
}
