package phone

import (
	"context"
	"strings"
)

// preferencePrefix is what the keys of a window's preferences begin with. All other
// settings are the phone's own.
const preferencePrefix = "ui."

// Setting returns a preference of the window, "" where it was never set. Keys begin
// with "ui."; it fails with CodeInvalid for another, and with CodeStorage.
func (p *Phone) Setting(ctx context.Context, key string) (string, error) {
	if err := checkPreference("read setting", key); err != nil {
		return "", err
	}
	return p.cfg.Store.Setting(ctx, key)
}

// SetSetting keeps a preference of the window; it fails as Setting does.
func (p *Phone) SetSetting(ctx context.Context, key, value string) error {
	if err := checkPreference("save setting", key); err != nil {
		return err
	}
	return p.cfg.Store.SetSetting(ctx, key, value)
}

func checkPreference(op, key string) error {
	if name, found := strings.CutPrefix(key, preferencePrefix); !found || name == "" {
		return &Error{
			Code: CodeInvalid, Op: op, Field: "key",
			Err: sentence("%q is no preference of the window: those begin with %s", key, preferencePrefix),
		}
	}
	return nil
}
