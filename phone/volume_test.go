package phone_test

import (
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestVolumesAreSetAndKept(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		usual := map[phone.DeviceRole]int{phone.Microphone: 100, phone.Speaker: 100, phone.RingDevice: 100}
		require.Equal(t, usual, r.sound.volumes, "at the start")
		volumes, err := r.Volumes(t.Context())
		require.NoError(t, err)
		require.Equal(t, usual, volumes)

		set := map[phone.DeviceRole]int{phone.Microphone: 0, phone.Speaker: 200, phone.RingDevice: 35}
		for role, percent := range set {
			require.NoError(t, r.SetVolume(t.Context(), role, percent))
			require.Equal(t, percent, r.sound.volumes[role])
		}
		volumes, err = r.Volumes(t.Context())
		require.NoError(t, err)
		require.Equal(t, set, volumes)
		require.Equal(t, "35", r.store.settings["volume.ring"])
	})
}

func TestVolumesThatCannotBeAreRefused(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		for _, c := range []struct {
			role    phone.DeviceRole
			percent int
			field   string
		}{{phone.Speaker, -1, "percent"}, {phone.Speaker, 201, "percent"}, {"lamp", 100, "role"}, {"", 100, "role"}} {
			err := r.SetVolume(t.Context(), c.role, c.percent)
			fails(t, phone.CodeInvalid, err)
			var e *phone.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.field, e.Field)
		}
		require.Equal(t, 100, r.sound.volumes[phone.Speaker])
		require.Empty(t, r.store.settings)
	})
}

func TestAVolumeHoldsWhereTheDiskIsFull(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.store.fill(full())
		fails(t, phone.CodeStorage, r.SetVolume(t.Context(), phone.Speaker, 50))
		require.Equal(t, 50, r.sound.volumes[phone.Speaker])
		r.store.unread = errors.New("gone")
		_, err := r.Volumes(t.Context())
		require.Error(t, err)
	})
}

// What was kept is restored at the start, as far as it can be.
func TestVolumesAndRingtoneAreRestored(t *testing.T) {
	for kept, want := range map[string]int{"150": 150, "0": 0, "": 100, "201": 100, "-1": 100, "loud": 100} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.store.settings["volume.speaker"], r.store.settings["ringtone"] = kept, "Other"
			r.start()
			require.Equal(t, want, r.sound.volumes[phone.Speaker], kept)
			require.Equal(t, "Other", r.sound.ringtone)
			r.close()
		})
	}
}

func TestLevelsAreThoseOfTheSound(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		microphone, speaker := r.Levels()
		require.Equal(t, []float64{-20, -30}, []float64{microphone, speaker})
	})
}

func TestRingtonesAreChosenByName(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		chosen := func() string {
			name, err := r.Ringtone(t.Context())
			require.NoError(t, err)
			return name
		}
		require.Equal(t, []string{"Classic", "Other"}, r.Ringtones())
		require.Equal(t, "Classic", chosen())
		require.NoError(t, r.SetRingtone(t.Context(), "Other"))
		require.Equal(t, "Other", chosen())
		require.Equal(t, "Other", r.sound.ringtone)
		fails(t, phone.CodeNotFound, r.SetRingtone(t.Context(), "Foghorn"))
		r.store.fill(full())
		fails(t, phone.CodeStorage, r.SetRingtone(t.Context(), "Classic"))
		require.Equal(t, "Other", r.sound.ringtone)
		r.store.fill(nil)
		require.NoError(t, r.store.SetSetting(t.Context(), "ringtone", "of another version"))
		require.Equal(t, "Classic", chosen())
	})
}
