package phone_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestPreferencesAreKept(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		value, err := r.Setting(t.Context(), "ui.theme")
		require.NoError(t, err)
		require.Empty(t, value)
		require.NoError(t, r.SetSetting(t.Context(), "ui.theme", "dark"))
		value, err = r.Setting(t.Context(), "ui.theme")
		require.NoError(t, err)
		require.Equal(t, "dark", value)
		r.store.fill(full())
		fails(t, phone.CodeStorage, r.SetSetting(t.Context(), "ui.theme", "light"))
	})
}

func TestThePhonesOwnSettingsAreNoPreferences(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		require.NoError(t, r.SetPractice(t.Context(), true))
		for _, key := range []string{"practice", "device.speaker", "", "ui", "ui.", "xui.theme"} {
			_, err := r.Setting(t.Context(), key)
			fails(t, phone.CodeInvalid, err)
			fails(t, phone.CodeInvalid, r.SetSetting(t.Context(), key, "off"))
		}
		require.True(t, r.exchange.running())
		require.Equal(t, "on", r.store.settings["practice"])
	})
}
