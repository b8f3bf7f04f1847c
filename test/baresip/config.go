package baresip

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/proc"
	"github.com/callward/callward/test/wav"
)

// toneRate and toneSeconds are those of the tone that a phone says; it lasts longer than any call of a lab.
const (
	toneRate    = 8000
	toneSeconds = 120
)

// Options say what phone it shall be.
type Options struct {
	// User and Password are the account's; User is "baresip" by default.
	User, Password string
	// Server is the account's as HOST:PORT; where it is empty the phone has no server and takes what comes to its Address.
	Server string
	// Transport is "udp" (the default), "tcp" or "tls", and CAFile whom to trust for it.
	Transport, CAFile string
	// Register has it register with Server.
	Register bool
	// Answer has it answer calls by itself.
	Answer bool
	// Hz is the tone that it says, or Say what it says in place of a tone, at 8000 samples per second, and silence then;
	// silence where both are left out. Echo has it say what it hears, instead.
	Hz   float64
	Say  audio.Frame
	Echo bool
	// Sound are the variables that point to a sound server, for a phone that uses its default devices instead of tone or echo.
	Sound map[string]string
	// Peers are the SIP addresses that Text can write to: the first, until NextPeer.
	Peers []string
	// Codecs are the SDP names of the codecs, such as "PCMA,PCMU"; both by default.
	Codecs string
}

// ports are those that a phone listens at.
type ports struct{ sip, control, rtp int }

func freePorts() (p ports, err error) {
	for _, port := range []*int{&p.sip, &p.control, &p.rtp} {
		if *port, err = proc.FreePort(); err != nil {
			return p, err
		}
	}
	return p, nil
}

// modulesDir is where Debian puts the modules; newer ones have it below the architecture's own directory.
func modulesDir() (string, error) {
	for _, pattern := range []string{"/usr/lib/baresip/modules", "/usr/lib/*/baresip/modules"} {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			return found[0], nil
		}
	}
	return "", ErrNotInstalled
}

// write puts the phone's files into dir.
func (o Options) write(dir string, p ports) error {
	modules, err := modulesDir()
	if err != nil {
		return err
	}
	source, player, loaded := "aufile,"+filepath.Join(dir, "tone.wav"), "aubridge,nobody", "aufile aubridge sndfile"
	switch {
	case o.Sound != nil:
		source, player, loaded = "alsa,default", "alsa,default", "alsa aubridge"
	case o.Echo:
		source, player, loaded = "aubridge,loop", "aubridge,loop", "aubridge sndfile"
	}
	lines := []string{
		fmt.Sprintf("sip_listen 127.0.0.1:%d", p.sip),
		fmt.Sprintf("ctrl_tcp_listen 127.0.0.1:%d", p.control),
		fmt.Sprintf("rtp_ports %d-%d", p.rtp, p.rtp+30),
		"net_interface 127.0.0.1",
		"call_max_calls 8", "call_local_timeout 120", "rtp_tos 184", "rtp_timeout 60", "jitter_buffer_delay 5-10",
		"audio_source " + source, "audio_player " + player,
		// It opens the device of its ring tone before it says that it rings, and that takes 100 ms.
		"audio_alert aubridge,nobody",
		"snd_path " + dir,
		"module_path " + modules,
	}
	if o.CAFile != "" {
		lines = append(lines, "sip_cafile "+o.CAFile)
	}
	for module := range strings.FieldsSeq("g711 " + loaded) {
		lines = append(lines, "module "+module+".so")
	}
	lines = append(lines, "module stdio.so", // it says what texts come
		"module_tmp account.so", "module_app menu.so", "module_app contact.so", "module_app ctrl_tcp.so")

	files := map[string]string{
		"config":    strings.Join(lines, "\n") + "\n",
		"accounts":  o.account() + "\n",
		"contacts":  o.contacts(),
		".asoundrc": "pcm.!default { type pulse }\nctl.!default { type pulse }\n",
	}
	for name, text := range files {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	tone := make(audio.Frame, toneRate*toneSeconds) // a file that ends would end the call
	if o.Hz != 0 {
		tone = spectrum.Tone(len(tone), toneRate, o.Hz, 10000, 0)
	}
	copy(tone, o.Say)
	return errors.Join(err, wav.Write(filepath.Join(dir, "tone.wav"), tone, toneRate))
}

// contacts are whom it can write to. Without a file it would make one of its own.
func (o Options) contacts() string {
	lines := "# by address\n"
	for i, peer := range o.Peers {
		lines += fmt.Sprintf("\"Peer %d\" <%s>\n", i+1, peer)
	}
	return lines
}

func (o Options) account() string {
	server := o.Server
	if server == "" {
		server = "127.0.0.1"
	}
	account := fmt.Sprintf("<sip:%s@%s;transport=%s>", o.User, server, o.Transport)
	if o.Password != "" {
		account += ";auth_user=" + o.User + ";auth_pass=" + o.Password
	}
	if o.Register {
		account += ";regint=60"
	} else {
		account += ";regint=0"
	}
	if o.Answer {
		account += ";answermode=auto"
	}
	if o.Codecs != "" {
		account += ";audio_codecs=" + o.Codecs
	}
	return account
}
