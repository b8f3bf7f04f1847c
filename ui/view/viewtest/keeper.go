package viewtest

import "context"

// Keeper keeps what the window keeps beside the phone's calls and accounts, and fails
// where Err is set. It belongs to the test's goroutine.
type Keeper struct {
	// Tone is the ringtone that is chosen.
	Tone string
	// Settings are the preferences, by their keys.
	Settings map[string]string
	// Log has what was asked of the data folder.
	Log []string
	Err error
}

// Ringtones implements view.RingtoneKeeper.
func (k *Keeper) Ringtones() []string { return []string{"Classic", "Calm", "Bright"} }

// Ringtone implements view.RingtoneKeeper.
func (k *Keeper) Ringtone(context.Context) (string, error) { return k.Tone, k.Err }

// SetRingtone implements view.RingtoneKeeper.
func (k *Keeper) SetRingtone(_ context.Context, name string) error {
	k.Tone = name
	return k.Err
}

// Setting implements view.PreferenceKeeper.
func (k *Keeper) Setting(_ context.Context, key string) (string, error) {
	return k.Settings[key], k.Err
}

// SetSetting implements view.PreferenceKeeper.
func (k *Keeper) SetSetting(_ context.Context, key, value string) error {
	if k.Settings == nil {
		k.Settings = map[string]string{}
	}
	k.Settings[key] = value
	return k.Err
}

// Backup implements view.DataKeeper.
func (k *Keeper) Backup(_ context.Context, file string) error {
	k.Log = append(k.Log, "backup "+file)
	return k.Err
}

// Passwords implements view.DataKeeper.
func (k *Keeper) Passwords() string { return "Passwords are kept in the system's keyring." }

// OpenFolder implements view.DataKeeper.
func (k *Keeper) OpenFolder(context.Context) error {
	k.Log = append(k.Log, "open")
	return k.Err
}
