package imports

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestTree holds every package of the module against the rules.
func TestTree(t *testing.T) {
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,Deps", Module+"/...")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err, stderr.String())

	seen := 0
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; seen++ {
		var p Package
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else {
			require.NoError(t, err)
		}
		for _, broken := range Check(p) {
			t.Error(broken)
		}
	}
	require.Greater(t, seen, 1, "go list found no packages")
}

func TestCheck(t *testing.T) {
	const ours = Module + "/"
	for _, tc := range []struct {
		name    string
		p       Package
		wantHas string
	}{
		{"a package of another module is not ours", Package{ImportPath: "example.org/x", Imports: []string{"fyne.io/fyne/v2"}}, ""},
		{"phone and the standard library", Package{ImportPath: ours + "phone", Imports: []string{"log/slog"}}, ""},
		{"phone and another's library", Package{ImportPath: ours + "phone", Imports: []string{"github.com/pion/rtp"}}, "standard library alone"},
		{"phone and its child", Package{ImportPath: ours + "phone", Imports: []string{ours + "phone/sdp"}}, "phone may import itself"},
		{"sipua and phone", Package{ImportPath: ours + "phone/sipua", Imports: []string{ours + "phone", "github.com/emiago/sipgo/sip"}}, ""},
		{"sipua and audio", Package{ImportPath: ours + "phone/sipua", Imports: []string{ours + "audio"}}, "phone/sipua/... may import"},
		{"sipua and media", Package{ImportPath: ours + "phone/sipua", Imports: []string{ours + "phone/media"}}, "phone/sipua/... may import"},
		{"media and sipgo", Package{ImportPath: ours + "phone/media", Imports: []string{"github.com/emiago/sipgo"}}, "only phone/sipua"},
		{"media and malgo through audio/device", Package{ImportPath: ours + "phone/media", Deps: []string{malgo[:len(malgo)-4]}}, "must never"},
		{"audio and net", Package{ImportPath: ours + "audio/tone", Deps: []string{"net"}}, "must never"},
		{"audio and net/netip", Package{ImportPath: ours + "audio/tone", Deps: []string{"net/netip"}}, ""},
		{"a view and Fyne", Package{ImportPath: ours + "ui/view", Deps: []string{"fyne.io/fyne/v2"}}, "must never"},
		{"a page and data", Package{ImportPath: ours + "ui/page", Imports: []string{ours + "data"}}, "ui/page/... may import"},
		{"data and its sqlite", Package{ImportPath: ours + "data", Imports: []string{"modernc.org/sqlite"}}, ""},
		{"the program and its tests", Package{ImportPath: ours + "cmd/callward", Imports: []string{ours + "test/relay"}}, "cmd/... may import"},
		{"a tree that nobody named", Package{ImportPath: ours + "phone/fax"}, "no tree of the rules"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			broken := strings.Join(Check(tc.p), "\n")
			if tc.wantHas == "" {
				require.Empty(t, broken)
			} else {
				require.Contains(t, broken, tc.wantHas)
			}
		})
	}
}
