package device

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLabel(t *testing.T) {
	list := []Info{
		{ID: "6d6963", Name: "Null Output"},
		{ID: "737065616b6572", Name: "Null Output", Default: true},
		{ID: "00ff", Name: "Headset"},
		{ID: "hw:0,0", Name: "Card"},
	}
	label(list)
	require.Equal(t, []Info{
		{ID: "mic", Name: "Null Output (mic)"},
		{ID: "speaker", Name: "Null Output (speaker)", Default: true},
		{ID: "00ff", Name: "Headset"},
		{ID: "hw:0,0", Name: "Card"},
	}, list)
}
