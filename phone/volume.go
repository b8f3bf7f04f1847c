package phone

import (
	"context"
	"slices"
	"strconv"
)

// Volumes are in percent of what the device would give: from 0 to MaxVolume.
const (
	UsualVolume = 100
	MaxVolume   = 200
)

// volumeSetting is where the volume of a role is kept.
func volumeSetting(role DeviceRole) string { return "volume." + string(role) }

// Volumes returns the volume of each role in percent.
func (p *Phone) Volumes(ctx context.Context) (map[DeviceRole]int, error) {
	volumes := make(map[DeviceRole]int, len(roles))
	for _, role := range roles {
		value, err := p.cfg.Store.Setting(ctx, volumeSetting(role))
		if err != nil {
			return nil, err
		}
		volumes[role] = volumeOf(value)
	}
	return volumes, nil
}

// volumeOf reads a setting; what was never set, or cannot be, is UsualVolume.
func volumeOf(value string) int {
	percent, err := strconv.Atoi(value)
	if err != nil || percent < 0 || percent > MaxVolume {
		return UsualVolume
	}
	return percent
}

// SetVolume sets how loud the device of a role is, in percent from 0 to MaxVolume,
// at once and for starts to come. Above UsualVolume what would be too loud for the
// device is softened. It fails with CodeInvalid (role, percent), or with
// CodeStorage, where the volume is as asked until the program ends.
func (p *Phone) SetVolume(ctx context.Context, role DeviceRole, percent int) error {
	const op = "volume set"
	switch {
	case !slices.Contains(roles, role):
		return &Error{
			Code: CodeInvalid, Op: op, Field: "role",
			Err: sentence("A volume can be set for microphone, speaker or ring."),
		}
	case percent < 0 || percent > MaxVolume:
		return &Error{
			Code: CodeInvalid, Op: op, Field: "percent",
			Err: sentence("A volume is from 0 to %d percent.", MaxVolume),
		}
	}
	p.sound.SetVolume(role, percent)
	return p.cfg.Store.SetSetting(ctx, volumeSetting(role), strconv.Itoa(percent))
}

// restoreVolumes sets what was kept.
func (p *Phone) restoreVolumes(ctx context.Context) {
	volumes, err := p.Volumes(ctx)
	if err != nil {
		p.cfg.Log.Error("volumes not read", "err", err)
		return
	}
	for role, percent := range volumes {
		p.sound.SetVolume(role, percent)
	}
}

// Levels tells how loud the last quarter second was at the microphone and at the
// speaker, as their volumes are set: in dBov, from -127, also that of a device
// that is not in use, to 0 (RFC 6464, section 3). It never waits.
func (p *Phone) Levels() (microphone, speaker float64) { return p.sound.Levels() }
