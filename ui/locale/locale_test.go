package locale

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestName(t *testing.T) {
	for title, tc := range map[string]struct{ have, want map[string]string }{
		"none":    {map[string]string{}, map[string]string{"LANG": english}},
		"C":       {map[string]string{"LANG": "C.UTF-8"}, map[string]string{"LANG": english}},
		"POSIX":   {map[string]string{"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, map[string]string{"LC_ALL": english, "LANG": "de_DE.UTF-8"}},
		"German":  {map[string]string{"LANG": "de_DE.UTF-8"}, map[string]string{"LANG": "de_DE.UTF-8"}},
		"message": {map[string]string{"LC_MESSAGES": "de"}, map[string]string{"LC_MESSAGES": "de"}},
	} {
		t.Run(title, func(t *testing.T) {
			got := tc.have
			name(func(variable string) string { return got[variable] }, func(variable, value string) error {
				got[variable] = value
				return nil
			})
			require.Equal(t, tc.want, got)
		})
	}
}
