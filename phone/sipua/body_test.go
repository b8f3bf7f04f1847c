package sipua

import (
	"strings"
	"testing"

	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

func TestSDPInABody(t *testing.T) {
	mixed := "--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\nContent-Type: application/sdp; charset=utf-8\r\n\r\nv=0\r\no=-\r\n\r\n--x--\r\n"
	for name, tc := range map[string]struct {
		headers []string // name and value
		body    string
		sdp     string
		refused bool
	}{
		"none":                   {nil, "", "", false},
		"plain":                  {[]string{"Content-Type", "application/sdp"}, "v=0", "v=0", false},
		"shouted":                {[]string{"Content-Type", "APPLICATION/SDP;charset=UTF-8"}, "v=0", "v=0", false},
		"bad parameter":          {[]string{"Content-Type", "application/sdp;=;"}, "v=0", "v=0", false},
		"no type":                {nil, "v=0\r\n", "v=0\r\n", false},
		"no type, no SDP":        {nil, "hello", "", true},
		"text":                   {[]string{"Content-Type", "text/plain"}, "v=0", "", true},
		"text that may be left":  {[]string{"Content-Type", "text/plain", "Content-Disposition", "render; handling=optional"}, "hello", "", false},
		"identity":               {[]string{"Content-Type", "application/sdp", "Content-Encoding", "identity"}, "v=0", "v=0", false},
		"packed":                 {[]string{"Content-Type", "application/sdp", "Content-Encoding", "gzip"}, "v=0", "", true},
		"mixed":                  {[]string{"Content-Type", `multipart/mixed; boundary="x"`}, mixed, "v=0\r\no=-\r\n", false},
		"mixed, boundary token":  {[]string{"Content-Type", "Multipart/Mixed;boundary=x"}, "preamble\r\n" + mixed, "v=0\r\no=-\r\n", false},
		"mixed without boundary": {[]string{"Content-Type", "multipart/mixed"}, mixed, "", true},
		"mixed, cut off":         {[]string{"Content-Type", "multipart/mixed;boundary=x"}, mixed[:60], "", true},
		"mixed without SDP":      {[]string{"Content-Type", "multipart/mixed;boundary=x"}, strings.ReplaceAll(mixed, "application/sdp", "image/png"), "", true},
	} {
		t.Run(name, func(t *testing.T) {
			req := sip.NewRequest(sip.INVITE, sip.Uri{})
			for i := 0; i < len(tc.headers); i += 2 {
				req.AppendHeader(sip.NewHeader(tc.headers[i], tc.headers[i+1]))
			}
			req.SetBody([]byte(tc.body))
			sdp, err := sdpOf(req)
			require.Equal(t, tc.sdp, string(sdp))
			require.Equal(t, tc.refused, err != nil, "%v", err)
		})
	}
}

func FuzzBody(f *testing.F) {
	f.Add("multipart/mixed;boundary=x", "--x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--x--")
	f.Add("multipart/mixed;boundary=x", "--x\r\nContent-Type: multipart/mixed;boundary=x\r\n\r\n--x\r\n--x--")
	f.Add("application/sdp;;=", "v=0")
	f.Fuzz(func(t *testing.T, kind, body string) {
		req := sip.NewRequest(sip.INVITE, sip.Uri{})
		req.AppendHeader(sip.NewHeader("Content-Type", kind))
		req.SetBody([]byte(body))
		sdp, err := sdpOf(req)
		require.True(t, err == nil || sdp == nil)
		require.LessOrEqual(t, len(sdp), len(body))
	})
}
