package media

import (
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"sync"
	"time"

	"github.com/pion/rtcp"
)

const (
	// reportEvery is the least mean interval of reports (RFC 3550, 6.2). The
	// share of bandwidth that RTCP may use would allow more for two members.
	reportEvery = 5 * time.Second
	// compensation makes up for what reconsideration adds (RFC 3550, 6.3.1).
	compensation = 1.21828
	// ntpEpoch is 1 January 1900 in Unix seconds.
	ntpEpoch = -2208988800
	// longestTrip is more than a round trip takes: what says so is wrong.
	longestTrip = 10 * time.Second
)

// reportInterval draws the time to the next report (RFC 3550, 6.3.1). The
// first comes in half the time.
func reportInterval(first bool) time.Duration {
	interval := reportEvery
	if first {
		interval /= 2
	}
	return time.Duration(float64(interval) * (0.5 + rand.Float64()) / compensation)
}

// reports is what RTCP brought and what of it goes back. Its methods may be
// called from any goroutine.
type reports struct {
	mu        sync.Mutex
	peer      uint32 // who sent the last sender report
	peerNTP   uint32 // the middle 32 bits of its time
	peerAt    time.Time
	roundTrip time.Duration
	jitter    time.Duration // as last reported to the peer
	packets   uint32        // sent by the time of the last report
}

// receiveRTCP takes a packet from the network, whatever it holds. The
// transport's readers call it.
func (s *Stream) receiveRTCP(packet []byte, from netip.AddrPort, now time.Time) {
	if !s.transport.source.acceptRTCP(from) {
		return
	}
	for len(packet) >= 4 { // a compound packet; parts that cannot be read are passed over
		length := 4 * (int(binary.BigEndian.Uint16(packet[2:])) + 1)
		if length > len(packet) {
			return
		}
		switch part := packet[:length]; rtcp.PacketType(packet[1]) {
		case rtcp.TypeSenderReport:
			var r rtcp.SenderReport
			if r.Unmarshal(part) == nil {
				s.reports.sender(&r, now)
				s.received(r.Reports, now)
			}
		case rtcp.TypeReceiverReport:
			var r rtcp.ReceiverReport
			if r.Unmarshal(part) == nil {
				s.received(r.Reports, now)
			}
		}
		packet = packet[length:]
	}
}

// sender keeps a sender report for the next reception report.
func (r *reports) sender(report *rtcp.SenderReport, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.peer, r.peerNTP, r.peerAt = report.SSRC, uint32(report.NTPTime>>16), now
}

// received measures the round trip by the blocks on our own packets (RFC 3550,
// 6.4.1).
func (s *Stream) received(blocks []rtcp.ReceptionReport, now time.Time) {
	for _, b := range blocks {
		if b.SSRC != s.ssrc || b.LastSenderReport == 0 {
			continue
		}
		units := uint32(s.ntp(now)>>16) - b.LastSenderReport - b.Delay
		if trip := time.Duration(units) * time.Second / 65536; trip <= longestTrip {
			s.reports.mu.Lock()
			s.reports.roundTrip = max(trip, 1) // 0 is unknown
			s.reports.mu.Unlock()
		}
	}
}

// ntp returns a time in NTP's form: seconds since 1900 in the upper half. It
// goes on evenly when the system's clock is set.
func (s *Stream) ntp(t time.Time) uint64 {
	wall := s.began.Round(0).Add(t.Sub(s.began))
	seconds := uint64(wall.Unix() - ntpEpoch)
	return seconds<<32 | uint64(wall.Nanosecond())<<32/uint64(time.Second)
}

// sendReport sends a sender report, or a receiver report where no sound has
// been sent since the last (RFC 3550, 6.4).
func (s *Stream) sendReport(now time.Time) { s.sendRTCP(s.report(now)) }

// goodbye sends the last report with a BYE (RFC 3550, 6.6).
func (s *Stream) goodbye(now time.Time) {
	s.sendRTCP(append(s.report(now), &rtcp.Goodbye{Sources: []uint32{s.ssrc}}))
}

func (s *Stream) sendRTCP(packets []rtcp.Packet) {
	if data, err := rtcp.Marshal(packets); err == nil {
		_ = s.transport.sendRTCP(data) // a report that is lost is followed by another
	}
}

// report makes the compound packet that every report is.
func (s *Stream) report(now time.Time) []rtcp.Packet {
	sent := s.sender.sent()
	blocks := s.receptionReport(now)
	name := rtcp.NewCNAMESourceDescription(s.ssrc, s.transport.name)
	r := &s.reports
	r.mu.Lock()
	defer r.mu.Unlock()
	idle := sent.packets == r.packets
	r.packets = sent.packets
	if idle {
		return []rtcp.Packet{&rtcp.ReceiverReport{SSRC: s.ssrc, Reports: blocks}, name}
	}
	passed := now.Sub(sent.at) * time.Duration(s.agreed.Load().Codec.ClockRate) / time.Second
	return []rtcp.Packet{&rtcp.SenderReport{
		SSRC: s.ssrc, NTPTime: s.ntp(now), RTPTime: sent.timestamp + uint32(passed),
		PacketCount: sent.packets, OctetCount: sent.octets, Reports: blocks,
	}, name}
}

// receptionReport returns the block on the peer's packets, none before the
// first of them.
func (s *Stream) receptionReport(now time.Time) []rtcp.ReceptionReport {
	p := s.pipeline.Load()
	p.mu.Lock()
	report, heard := p.buffer.Report()
	p.mu.Unlock()
	if !heard {
		return nil
	}
	block := rtcp.ReceptionReport{
		SSRC: report.SSRC, FractionLost: report.FractionLost, TotalLost: uint32(report.CumulativeLost) & 0xffffff,
		LastSequenceNumber: report.HighestSeq, Jitter: report.Jitter,
	}
	r := &s.reports
	r.mu.Lock()
	defer r.mu.Unlock()
	r.jitter = time.Duration(report.Jitter) * time.Second / time.Duration(p.format.ClockRate)
	if r.peer == report.SSRC && !r.peerAt.IsZero() {
		block.LastSenderReport = r.peerNTP
		block.Delay = uint32(now.Sub(r.peerAt) * 65536 / time.Second)
	}
	return []rtcp.ReceptionReport{block}
}
