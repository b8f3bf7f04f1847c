package phone

import (
	"context"
	"slices"
	"strings"
)

// ringtoneSetting is where the name of the ringtone is kept.
const ringtoneSetting = "ringtone"

// Ringtones returns the names of the ringtones, the usual one first.
func (p *Phone) Ringtones() []string { return p.sound.Ringtones() }

// Ringtone returns the name of the one that is chosen.
func (p *Phone) Ringtone(ctx context.Context) (string, error) {
	name, err := p.cfg.Store.Setting(ctx, ringtoneSetting)
	if err != nil {
		return "", err
	}
	if names := p.sound.Ringtones(); !slices.Contains(names, name) {
		name = names[0]
	}
	return name, nil
}

// SetRingtone chooses a ringtone by its name, from the next call on. It fails with
// CodeNotFound or CodeStorage.
func (p *Phone) SetRingtone(ctx context.Context, name string) error {
	if names := p.sound.Ringtones(); !slices.Contains(names, name) {
		return fault(CodeNotFound, "ringtone set", "There is no ringtone %q. There is: %s.", name, strings.Join(names, ", "))
	}
	if err := p.cfg.Store.SetSetting(ctx, ringtoneSetting, name); err != nil {
		return err
	}
	p.sound.SetRingtone(name)
	return nil
}

// restoreRingtone chooses what was kept.
func (p *Phone) restoreRingtone(ctx context.Context) {
	name, err := p.Ringtone(ctx)
	if err != nil {
		p.cfg.Log.Error("ringtone not read", "err", err)
		return
	}
	p.sound.SetRingtone(name)
}
