package ui

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestHarmless(t *testing.T) {
	for text, want := range map[string]string{
		"Jo O'Brien, Lee & Sons":       "Jo O'Brien, Lee & Sons",
		"Zoë Müller-Ørsted 李":          "Zoë Müller-Ørsted 李",
		"$(calc) `calc`":               "(calc) calc",
		`a" ; calc "`:                  "a ; calc ",
		"a“ ; calc ”„‟":                "a ; calc ",
		`a\`:                           "a",
		"one\r\ntwo\tthree":            "one  two three",
		"\x00\x1b[31mred\u202egnp.exe": "[31mredgnp.exe",
	} {
		require.Equal(t, want, harmless(text))
	}
}
