package control

import "github.com/callward/callward/phone"

// Device is a row of devices.
type Device struct {
	ID   string           `json:"id"`
	Name string           `json:"name"`
	Role phone.DeviceRole `json:"role"`
	// Default marks the system's default, Chosen the one in use for its role.
	Default bool `json:"default"`
	Chosen  bool `json:"chosen"`
}

func newDevice(d phone.Device) Device {
	return Device{ID: d.ID, Name: d.Name, Role: d.Role, Default: d.Default, Chosen: d.Chosen}
}
