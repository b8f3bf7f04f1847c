package device

import (
	"bytes"
	"os"
	"runtime"
	"unsafe"

	"github.com/gen2brain/malgo"

	"github.com/callward/callward/audio"
)

// session is a connection to one sound system. It is guarded by its Host's mutex.
type session struct {
	ctx *malgo.AllocatedContext
	// streams counts those that are open: the connection must outlive them.
	streams int
	// retired is set when the Host has turned to another session.
	retired bool
}

// preferred are the sound systems in the order in which they are tried. miniaudio
// skips those of other operating systems. Its null device is left out on purpose:
// it would pass for sound.
var preferred = []malgo.Backend{
	malgo.BackendWasapi, malgo.BackendDsound, malgo.BackendWinmm,
	malgo.BackendCoreaudio,
	malgo.BackendSndio, malgo.BackendAudio4, malgo.BackendOss,
	malgo.BackendPulseaudio,
}

// connect finds a sound system.
func connect() (*session, error) {
	backends := preferred
	if cards("/proc/asound/cards") {
		backends = append(backends[:len(backends):len(backends)], malgo.BackendAlsa)
	}
	var pins runtime.Pinner // miniaudio copies the name before InitContext returns
	defer pins.Unpin()
	name := []byte("Callward\x00")
	pins.Pin(&name[0])
	config := malgo.ContextConfig{Pulse: malgo.PulseContextConfig{PApplicationName: &name[0]}}
	ctx, err := malgo.InitContext(backends, config, nil)
	if err != nil {
		return nil, noSound(err)
	}
	return &session{ctx: ctx}, nil
}

// cards tells whether ALSA has a card to offer. It is only asked where it has:
// without one its library writes complaints to the standard error output.
func cards(path string) bool {
	list, err := os.ReadFile(path)
	return err == nil && !bytes.Contains(list, []byte("no soundcards"))
}

// devices lists those of one kind with the identifiers to open them by.
func (s *session) devices(kind Kind) ([]Info, []malgo.DeviceID, error) {
	list, err := s.ctx.Devices(malgoKind(kind))
	if err != nil {
		return nil, nil, noSound(err)
	}
	infos, ids := make([]Info, len(list)), make([]malgo.DeviceID, len(list))
	for i := range list {
		infos[i] = Info{ID: list[i].ID.String(), Name: list[i].Name(), Kind: kind, Default: list[i].IsDefault != 0}
		ids[i] = list[i].ID
	}
	label(infos)
	return infos, ids, nil
}

// open opens and starts a device; id nil is the system's default, which the
// sound system may exchange for another as the default changes.
func (s *session) open(st *stream, kind Kind, id *malgo.DeviceID) (err error) {
	st.port = newPort()
	defer func() {
		if err != nil {
			st.port.release()
		}
	}()
	config := malgo.DefaultDeviceConfig(malgoKind(kind))
	config.SampleRate = audio.DeskRate
	config.PeriodSizeInFrames = Period
	if kind == Output {
		config.PeriodSizeInFrames = playPeriod
	}
	config.Periods = 2
	config.PUserData = st.port.user()
	config.Capture.Format, config.Capture.Channels = malgo.FormatS16, 1
	config.Playback.Format, config.Playback.Channels = malgo.FormatS16, 1
	// As the sound system deals: joined to equal lengths, what came would wait for
	// what comes next.
	config.NoFixedSizedCallback = 1
	var pins runtime.Pinner // miniaudio copies the identifier before InitDevice returns
	defer pins.Unpin()
	if id != nil {
		pins.Pin(id)
		config.Capture.DeviceID, config.Playback.DeviceID = unsafe.Pointer(id), unsafe.Pointer(id)
	}
	dev, err := malgo.InitDevice(s.ctx.Context, config, malgo.DeviceCallbacks{Stop: st.stop})
	if err != nil {
		return noSound(err)
	}
	if err := st.port.join(dev, kind); err != nil {
		dev.Uninit()
		return err
	}
	if err := dev.Start(); err != nil {
		dev.Uninit()
		return noSound(err)
	}
	st.dev = dev
	s.streams++
	return nil
}

// release closes the connection once it is retired and unused.
func (s *session) release() error {
	if !s.retired || s.streams > 0 || s.ctx == nil {
		return nil
	}
	err := s.ctx.Uninit()
	s.ctx.Free()
	s.ctx = nil
	return err
}

func malgoKind(kind Kind) malgo.DeviceType {
	if kind == Input {
		return malgo.Capture
	}
	return malgo.Playback
}
