package media_test

import (
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
)

func TestPacketsOnTheWire(t *testing.T) {
	t.Parallel()
	w := newWire(t, "127.0.0.1:0")
	called(t, media.Config{}, w)
	w.until("50 packets", func() bool { return len(w.packets) >= 50 })
	packets := w.taken()
	for i, p := range packets {
		first := packets[0]
		require.Equal(t, rtp.Header{
			Version: 2, PayloadType: 0, Marker: i == 0, SSRC: first.SSRC, CSRC: p.CSRC, Extensions: p.Extensions,
			SequenceNumber: first.SequenceNumber + uint16(i), Timestamp: first.Timestamp + uint32(i*160),
		}, p.Header)
		require.Len(t, p.Payload, 160)
	}
	w.until("its source", func() bool { return w.from[0] == w.to })
	require.Zero(t, w.to.Port()%2, "RTP is on an even port")
}

func TestPacketLengthIsThePeersWish(t *testing.T) {
	t.Parallel()
	w := newWire(t, "127.0.0.1:0")
	called(t, media.Config{}, w, "a=ptime:30")
	w.until("10 packets", func() bool { return len(w.packets) >= 10 })
	packets := w.taken()
	require.Len(t, packets[5].Payload, 240)
	require.EqualValues(t, 240, packets[5].Timestamp-packets[4].Timestamp)
}

func TestChangeOfSource(t *testing.T) {
	t.Parallel()
	w := newWire(t, "127.0.0.1:0")
	e := called(t, media.Config{}, w)
	hush := w.say(1100)
	e.person.hears(t, 1100)
	hush()
	w.ssrc, w.seq, w.time = 99, 7, 1_000_000
	hush = w.say(900)
	defer hush()
	e.person.hears(t, 900)
	require.Less(t, wait[phone.MediaQuality](e).Quality.Loss, 0.05, "a new source is no loss")
}

func TestOurOwnSSRCIsPlayed(t *testing.T) {
	t.Parallel()
	w := newWire(t, "127.0.0.1:0")
	e := called(t, media.Config{}, w)
	w.until("a packet", func() bool { return len(w.packets) > 0 })
	w.ssrc = w.taken()[0].SSRC
	defer w.say(1100)()
	e.person.hears(t, 1100)
}

func TestComfortNoiseIsASignOfLife(t *testing.T) {
	t.Parallel()
	w := newWire(t, "127.0.0.1:0")
	e := called(t, media.Config{Stall: 2 * time.Second}, w)
	wait[phone.MediaStalled](e)
	w.send(13, []byte{60})
	wait[phone.MediaResumed](e)
}

func TestPeerFromAnotherPort(t *testing.T) {
	t.Parallel()
	w, behind, stranger := newWire(t, "127.0.0.1:0"), newWire(t, "127.0.0.1:0"), newWire(t, "127.0.0.1:0")
	e := called(t, media.Config{}, w)
	behind.to, stranger.to = w.to, w.to
	w.until("packets where SDP says", func() bool { return len(w.packets) > 0 })

	stranger.send(77, nil) // no format of the stream
	stranger.raw([]byte("junk"))
	defer behind.say(1100)()
	e.person.hears(t, 1100)
	behind.until("packets where the peer is", func() bool { return len(behind.packets) > 10 })
	defer stranger.say(900)()
	e.person.hears(t, 1100)
	require.Empty(t, stranger.taken())
}

func TestReports(t *testing.T) {
	t.Parallel()
	for name, separate := range map[string]bool{"muxed": false, "on a port of their own": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWire(t, "127.0.0.1:0")
			reports, line := w, "a=rtcp-mux"
			if separate {
				reports = newWire(t, "127.0.0.1:0")
				line = fmt.Sprintf("a=rtcp:%d", reports.addr().Port())
			}
			e := called(t, media.Config{}, w, line)
			if separate {
				reports.to = netip.AddrPortFrom(w.to.Addr(), w.to.Port()+1)
			}
			defer w.say(1100)()
			exchangeReports(t, e, reports)
		})
	}
}

// exchangeReports takes a report, sends one back, and sees what becomes of it
// and of BYE.
func exchangeReports(t *testing.T, e *end, w *wire) {
	var first *rtcp.SenderReport
	w.until("a sender report", func() bool { first = senderReport(w); return first != nil && len(first.Reports) == 1 })
	require.EqualValues(t, 1, first.Reports[0].SSRC)
	require.Zero(t, first.Reports[0].FractionLost)

	const distance = 50 * time.Millisecond
	time.Sleep(distance) // as far away as this is whoever sends the report back
	back := rtcp.SenderReport{SSRC: 1, NTPTime: 0x1234_5678_9abc_def0, Reports: []rtcp.ReceptionReport{
		{SSRC: first.SSRC, LastSenderReport: uint32(first.NTPTime >> 16)},
	}}
	data, err := back.Marshal()
	require.NoError(t, err)
	w.raw(data)
	var q phone.Quality
	for q.RoundTrip == 0 {
		q = wait[phone.MediaQuality](e).Quality
	}
	require.Greater(t, q.RoundTrip, distance)
	require.Less(t, q.RoundTrip, time.Second)
	w.until("our report's time in theirs", func() bool {
		r := senderReport(w)
		return len(r.Reports) == 1 && r.Reports[0].LastSenderReport == 0x5678_9abc && r.Reports[0].Delay > 0
	})

	e.session.Close()
	w.until("BYE", func() bool {
		last := w.reports[len(w.reports)-1]
		bye, ok := last[len(last)-1].(*rtcp.Goodbye)
		return ok && bye.Sources[0] == first.SSRC
	})
}

// senderReport returns the last one that came, nil for none.
func senderReport(w *wire) (last *rtcp.SenderReport) {
	for _, compound := range w.reports {
		if r, ok := compound[0].(*rtcp.SenderReport); ok {
			last = r
		}
	}
	return last
}
