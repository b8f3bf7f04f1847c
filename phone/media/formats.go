package media

import (
	"github.com/callward/callward/audio/codec"
	"github.com/callward/callward/phone/sdp"
)

// formats returns the codecs that there are, for an offer or answer.
func formats() []sdp.Format {
	var list []sdp.Format
	for _, c := range codec.All() {
		list = append(list, sdp.Format{
			PayloadType: c.PayloadType(), Name: c.Name(), ClockRate: c.ClockRate(), Channels: 1,
		})
	}
	return list
}
