package phone_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestSentences(t *testing.T) {
	tests := map[string]struct {
		err  error
		want string
	}{
		"none":            {nil, ""},
		"a foreign error": {errors.New("disk on fire"), "Disk on fire."},
		"own words":       {&phone.Error{Code: phone.CodeState, Err: errors.New("not now!")}, "Not now!"},
		"the code's":      {&phone.Error{Code: phone.CodeNoAccount}, "There is no account to call with. Add one, or switch the practice exchange on."},
		"a status":        {&phone.Error{Code: phone.CodeRefused, SIPStatus: 603}, "The call was declined."},
		"for the network": {
			fmt.Errorf("register: %w", &phone.Error{Code: phone.CodeNoServer, Err: errors.New("no such host")}),
			"Server not found: its name is not known. Check the name and the network (no such host).",
		},
		"what cannot be read": {
			&phone.Error{Code: phone.CodeMalformed, Err: errors.New("sdp: no m= line")},
			"The other side sent something that cannot be read (sdp: no m= line).",
		},
		"no sound in a call":   {&phone.Error{Code: phone.CodeNoSound, Op: "call"}, "There is no sound: no sound server or device was found. Calls connect in silence."},
		"no sound of a player": {&phone.Error{Code: phone.CodeNoSound, Op: "play", Err: errors.New("miniaudio")}, "There is nothing to hear it with. Plug in a speaker or headset, or choose another in Settings, Audio."},
		"no words at all":      {errors.New(""), "Something went wrong inside Callward; the log says more."},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { require.Equal(t, test.want, phone.Sentence(test.err)) })
	}
}
