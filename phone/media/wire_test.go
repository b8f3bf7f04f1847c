package media_test

import (
	"fmt"
	"math"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/stretchr/testify/require"
	"github.com/zaf/g711"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
	"github.com/callward/callward/phone/sdp"
)

// wire is a peer that sends and takes single packets, on a socket of its own.
type wire struct {
	t    *testing.T
	conn *net.UDPConn
	to   netip.AddrPort // where the stream under test is

	mu      sync.Mutex
	packets []rtp.Packet
	reports [][]rtcp.Packet
	from    []netip.AddrPort
	news    chan struct{}

	payloadType uint8 // of what is said: 0 or 8
	ssrc        uint32
	seq         uint16
	time        uint32
}

func newWire(t *testing.T, at string) *wire {
	conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(netip.MustParseAddrPort(at)))
	require.NoError(t, err)
	w := &wire{t: t, conn: conn, news: make(chan struct{}, 1), ssrc: 1}
	var reading sync.WaitGroup
	reading.Go(w.read)
	t.Cleanup(func() { _ = conn.Close(); reading.Wait() })
	return w
}

func (w *wire) addr() netip.AddrPort { return w.conn.LocalAddr().(*net.UDPAddr).AddrPort() }

func (w *wire) read() {
	buf := make([]byte, 2048)
	for {
		n, from, err := w.conn.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		w.mu.Lock()
		var p rtp.Packet
		if reports, err := rtcp.Unmarshal(buf[:n]); err == nil && buf[1] >= 192 {
			w.reports = append(w.reports, reports)
		} else if p.Unmarshal(append([]byte(nil), buf[:n]...)) == nil {
			w.packets, w.from = append(w.packets, p), append(w.from, from)
		}
		w.mu.Unlock()
		select {
		case w.news <- struct{}{}:
		default:
		}
	}
}

// until waits until what the wire has taken satisfies done.
func (w *wire) until(what string, done func() bool) {
	w.t.Helper()
	for deadline := time.After(patience); ; {
		w.mu.Lock()
		ok := done()
		w.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-w.news:
		case <-deadline:
			require.FailNow(w.t, "did not come", what)
		}
	}
}

// taken returns the packets of RTP that came so far.
func (w *wire) taken() []rtp.Packet {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.packets
}

// describe returns the wire's description with the given lines in the media part.
func (w *wire) describe(formats string, lines ...string) []byte {
	family := "IP4"
	if w.addr().Addr().Is6() {
		family = "IP6"
	}
	return []byte(fmt.Sprintf("v=0\r\no=- 1 1 IN %s %s\r\ns=-\r\nc=IN %[1]s %[2]s\r\nt=0 0\r\nm=audio %d RTP/AVP %s\r\n%s\r\n",
		family, w.addr().Addr(), w.addr().Port(), formats, strings.Join(lines, "\r\n")))
}

// send sends one packet and moves on by its 20 ms.
func (w *wire) send(payloadType uint8, payload []byte) {
	p := rtp.Packet{Header: rtp.Header{Version: 2, PayloadType: payloadType, SequenceNumber: w.seq, Timestamp: w.time, SSRC: w.ssrc}, Payload: payload}
	w.seq, w.time = w.seq+1, w.time+160
	data, err := p.Marshal()
	require.NoError(w.t, err)
	w.raw(data)
}

func (w *wire) raw(data []byte) {
	_, err := w.conn.WriteToUDPAddrPort(data, w.to)
	require.NoError(w.t, err)
}

// say sends packets with a tone, 20 ms apart, until the returned
// function is called.
func (w *wire) say(hz float64) (hush func()) {
	stop := make(chan struct{})
	var saying sync.WaitGroup
	saying.Go(func() {
		ticker := time.NewTicker(20 * time.Millisecond)
		defer ticker.Stop()
		for start := w.time; ; {
			select {
			case <-stop:
				return
			case <-ticker.C:
				w.send(w.payloadType, w.tone(hz, int(w.time-start)))
			}
		}
	})
	return func() { close(stop); saying.Wait() }
}

// tone returns 20 ms of a tone from a sample on, in the law of payloadType.
func (w *wire) tone(hz float64, from int) []byte {
	encode := g711.EncodeUlawFrame
	if w.payloadType == 8 {
		encode = g711.EncodeAlawFrame
	}
	payload := make([]byte, 160)
	for i := range payload {
		payload[i] = encode(int16(8000 * math.Sin(2*math.Pi*hz*float64(from+i)/8000)))
	}
	return payload
}

// called opens a session for a person and lets the wire call it, with mu-law
// unless other lines are given.
func called(t *testing.T, cfg media.Config, w *wire, lines ...string) *end {
	e := join(t, newEngine(t, cfg), 700)
	e.session.Answer(w.describe("0 101", append([]string{"a=rtpmap:101 telephone-event/8000"}, lines...)...))
	w.to = where(t, wait[phone.MediaAnswer](e).SDP)
	return e
}

// where returns the address that a description names.
func where(t *testing.T, text []byte) netip.AddrPort {
	d, err := sdp.Parse(text)
	require.NoError(t, err)
	return netip.AddrPortFrom(d.Media[0].Addr, uint16(d.Media[0].Port))
}
