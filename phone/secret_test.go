package phone_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestSecretIsNeverPrinted(t *testing.T) {
	const text = "hunter2"
	secret := phone.NewSecret(text)
	type holder struct {
		Shown  phone.Secret
		hidden phone.Secret // fmt does not ask a field that it may not touch
		behind *phone.Secret
	}
	held := holder{secret, secret, &secret}
	var printed bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%c"} {
		fmt.Fprintf(&printed, verb+verb+verb+verb, secret, &secret, held, []phone.Secret{secret})
	}
	for _, handler := range []slog.Handler{slog.NewTextHandler(&printed, nil), slog.NewJSONHandler(&printed, nil)} {
		slog.New(handler).Info("x", "secret", secret, "held", held, "error", fmt.Errorf("with %v", secret))
	}
	encoded, err := json.Marshal(map[string]any{"secret": secret, "held": held})
	require.NoError(t, err)
	printed.Write(encoded)
	for _, form := range []string{text, fmt.Sprintf("%x", text), fmt.Sprintf("%X", text), fmt.Sprint([]byte(text))} {
		require.NotContains(t, printed.String(), form)
	}
	require.Contains(t, string(encoded), "•••")
	require.Equal(t, text, secret.Reveal())
	require.False(t, secret.Empty())
	require.True(t, phone.Secret{}.Empty())
	require.True(t, phone.NewSecret("").Empty())
	require.Empty(t, phone.Secret{}.Reveal())
}
