package data_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// writerDir is set in the environment of a process that is to be killed.
const writerDir = "CALLWARD_TEST_WRITER_DIR"

// writeForEver saves calls and prints the id of each that is saved.
func writeForEver(dir string) {
	store, err := data.Open(context.Background(), dir)
	for err == nil {
		var id string
		if id, err = data.NewID(); err == nil {
			err = store.SaveCall(context.Background(), phone.CallRecord{
				ID: phone.CallID(id), Direction: phone.In, Account: "1001@pbx.example", Started: time.Now(),
			})
			fmt.Println(id)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// What was saved is there after the process was killed at any moment.
func TestKillLosesNothingThatWasSaved(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs SIGKILL")
	}
	kills := 5
	if os.Getenv("CALLWARD_SOAK") != "" {
		kills = 50
	}
	dir := t.TempDir()
	var saved []phone.CallID
	for range kills {
		saved = append(saved, killWriter(t, dir, 1+rand.IntN(100))...)

		store, err := data.Open(t.Context(), dir)
		require.NoError(t, err)
		there := map[phone.CallID]bool{}
		for _, rec := range calls(t, store, 0) {
			there[rec.ID] = true
			require.Equal(t, phone.Missed, rec.Result, "closed at the start after the kill")
		}
		for _, id := range saved {
			require.Contains(t, there, id)
		}
		require.NoError(t, store.Close())
	}
}

// killWriter runs a writer, kills it once it has saved count calls, and returns all
// that it said were saved.
func killWriter(t *testing.T, dir string, count int) (saved []phone.CallID) {
	writer := exec.CommandContext(t.Context(), os.Args[0])
	writer.Env = append(os.Environ(), writerDir+"="+dir)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, writer.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		saved = append(saved, phone.CallID(lines.Text()))
		if len(saved) == count {
			require.NoError(t, writer.Process.Kill())
		}
	}
	require.Error(t, writer.Wait(), "killed")
	require.GreaterOrEqual(t, len(saved), count)
	return saved
}
