package main

import (
	"os/exec"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatTheGreetingSaysCanBePasted(t *testing.T) {
	require.Equal(t, "/home/jo/callward", quoted("/home/jo/callward"))
	if runtime.GOOS == "windows" {
		require.Equal(t, `"C:\Users\Jo Smith"`, quoted(`C:\Users\Jo Smith`))
		return
	}
	for _, path := range []string{"/home/Jo Smith", "/home/jo's $HOME", "/tmp/a;b&c", "/tmp/\"x\"\\", "/tmp/ü"} {
		out, err := exec.Command("sh", "-c", "printf %s "+quoted(path)).Output()
		require.NoError(t, err)
		require.Equal(t, path, string(out))
	}
}
