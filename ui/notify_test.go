package ui

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestMessagesOfBlockedCallersAreSilent(t *testing.T) {
	message := func(v phone.Voicemail) phone.Event { return phone.Event{Kind: phone.EventMessage, Voicemail: &v} }
	require.True(t, tells(message(phone.Voicemail{})))
	require.False(t, tells(message(phone.Voicemail{Blocked: true})))
	require.False(t, tells(message(phone.Voicemail{BlockedNow: true})))
	require.False(t, tells(phone.Event{Kind: phone.EventVoicemail}))
}

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
