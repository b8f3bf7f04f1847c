package phone

import (
	"context"
	"slices"
	"strings"
)

// roles are all roles of devices.
var roles = []DeviceRole{Microphone, Speaker, RingDevice}

// deviceSetting is where the name of a role's device is kept.
func deviceSetting(role DeviceRole) string { return "device." + string(role) }

// Devices lists the sound devices, none where there is no sound; the snapshot
// says so. It asks the sound server.
func (p *Phone) Devices(ctx context.Context) ([]Device, error) {
	devices, err := p.sound.Devices(ctx)
	if CodeOf(err) == CodeNoSound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, role := range roles {
		name, err := p.cfg.Store.Setting(ctx, deviceSetting(role))
		if err != nil {
			return nil, err
		}
		choose(devices, role, name)
	}
	return devices, nil
}

// choose marks the device of a role that is in use: the one named, else the default.
func choose(devices []Device, role DeviceRole, name string) {
	named := func(d Device) bool { return d.Role == role && d.Name == name }
	usual := func(d Device) bool { return d.Role == role && d.Default }
	i := slices.IndexFunc(devices, named)
	if i < 0 {
		i = slices.IndexFunc(devices, usual)
	}
	if i >= 0 {
		devices[i].Chosen = true
	}
}

// SetDevice chooses the device of a role by its name or id, at once and for starts
// to come; "" or "default" means the system's default. It fails with
// CodeInvalid (role), CodeNotFound, or CodeStorage. Where no sound is to be
// had the name cannot be looked up, and is taken as it is.
func (p *Phone) SetDevice(ctx context.Context, role DeviceRole, name string) error {
	if !slices.Contains(roles, role) {
		return &Error{
			Code: CodeInvalid, Op: "device set", Field: "role",
			Err: sentence("A device can be set for microphone, speaker or ring."),
		}
	}
	if name == "default" {
		name = ""
	}
	if devices, err := p.sound.Devices(ctx); err == nil && name != "" {
		var names []string
		for _, d := range devices {
			if d.Role != role {
				continue
			}
			if names = append(names, d.Name); d.ID == name {
				name = d.Name // what is kept
			}
		}
		if !slices.Contains(names, name) {
			return fault(CodeNotFound, "device set", "There is no %s %q. There is: %s.", role, name, strings.Join(names, ", "))
		}
	}
	if err := p.cfg.Store.SetSetting(ctx, deviceSetting(role), name); err != nil {
		return err
	}
	p.sound.SetDevice(role, name)
	return nil
}

// openSound chooses the devices, volumes and ringtone that were set, and looks
// whether there is sound.
func (p *Phone) openSound(ctx context.Context) {
	for _, role := range roles {
		name, err := p.cfg.Store.Setting(ctx, deviceSetting(role))
		if err != nil {
			p.cfg.Log.Error("device not read", "role", role, "err", err)
			continue
		}
		p.sound.SetDevice(role, name)
	}
	p.restoreVolumes(ctx)
	p.restoreRingtone(ctx)
	if _, err := p.sound.Devices(ctx); err != nil {
		p.cfg.Log.Warn("no sound", "err", err)
		p.inbox.Put(soundChanged{Text: Sentence(err), Fault: Sentence(err)})
	}
}

// SetTrace switches the trace of SIP messages, for this start.
func (p *Phone) SetTrace(_ context.Context, on bool) error {
	p.cfg.Tracer.Switch(on)
	return nil
}

// TracePath is where the trace is written.
func (p *Phone) TracePath() string { return p.cfg.Tracer.Path() }
