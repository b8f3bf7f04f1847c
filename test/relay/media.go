package relay

import (
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/callward/callward/test/proc"
)

// SIP is a relay that sits in the path of the media too: it puts its own addresses into the SDP that passes, and relays
// what is sent there, RTP and RTCP. The impairment is that of the media; the signalling passes unharmed.
type SIP struct {
	*Relay
	Media *line
	host  netip.Addr // where its media sockets are

	mu    sync.Mutex
	calls map[string]*streams // by Call-ID
}

// streams are the media of a call: what the two sides send.
type streams struct {
	// open[s] are the sockets that side s's own address was replaced by, RTP and RTCP; the other side sends there.
	open [2][2]*net.UDPConn
	// home[s] is where side s wants its media.
	home [2]netip.AddrPort
}

// StartSIP opens a relay at address to a SIP server. Close ends it.
func StartSIP(address string, server netip.AddrPort, media Impairment) (*SIP, error) {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return nil, err
	}
	s := &SIP{Media: newLine(media), host: at.Addr(), calls: map[string]*streams{}}
	s.Relay, err = start(newLine(Impairment{}), address, server, s.rewrite)
	return s, err
}

// Close ends the relay.
func (s *SIP) Close() error {
	_ = s.Relay.Close()
	return s.Media.Close()
}

var (
	callID     = regexp.MustCompile(`(?mi)^(?:Call-ID|i)\s*:\s*(\S+)`)
	connection = regexp.MustCompile(`(?m)^c=IN IP4 (\S+)`)
	origin     = regexp.MustCompile(`(?m)^(o=.* IN IP4) \S+`)
	audioLine  = regexp.MustCompile(`(?m)^m=audio (\d+)`)
	rtcpLine   = regexp.MustCompile(`(?m)^a=rtcp:.*\r\n`)
	length     = regexp.MustCompile(`(?mi)^(Content-Length|l)\s*:.*\r$`)
)

// rewrite puts the relay's own media address into a message with SDP. What it does not understand it leaves alone.
func (s *SIP) rewrite(towards side, datagram []byte) []byte {
	head, body, _ := strings.Cut(string(datagram), "\r\n\r\n")
	id, ip, port := callID.FindStringSubmatch(head), connection.FindStringSubmatch(body), audioLine.FindStringSubmatch(body)
	if id == nil || ip == nil || port == nil {
		return datagram
	}
	home, err := netip.ParseAddrPort(ip[1] + ":" + port[1])
	if err != nil {
		return datagram
	}
	from := toServer + toClient - towards
	at, err := s.stand(id[1], from, home)
	if err != nil {
		return datagram
	}
	body = connection.ReplaceAllString(body, "c=IN IP4 "+at.Addr().String())
	body = origin.ReplaceAllString(body, "$1 "+at.Addr().String())
	body = audioLine.ReplaceAllString(body, "m=audio "+strconv.Itoa(int(at.Port())))
	body = rtcpLine.ReplaceAllString(body, "")
	head = length.ReplaceAllString(head+"\r", fmt.Sprintf("$1: %d\r", len(body)))
	return []byte(strings.TrimSuffix(head, "\r") + "\r\n\r\n" + body)
}

// stand returns the address that stands for side from of a call, whose own is home.
func (s *SIP) stand(id string, from side, home netip.AddrPort) (netip.AddrPort, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	call := s.calls[id]
	if call == nil {
		call = &streams{}
		s.calls[id] = call
	}
	call.home[from] = home
	if call.open[from][0] == nil {
		port, err := proc.FreePort()
		if err != nil {
			return netip.AddrPort{}, err
		}
		for i := range 2 {
			at := netip.AddrPortFrom(s.host, uint16(port+i))
			conn, err := s.Media.open(at, func(_ netip.AddrPort, datagram []byte) { s.relay(call, from, i, datagram) })
			if err != nil {
				return netip.AddrPort{}, err
			}
			call.open[from][i] = conn
		}
	}
	return call.open[from][0].LocalAddr().(*net.UDPAddr).AddrPort(), nil
}

// relay passes on what came to the socket that stands for side to: it leaves from the one that stands for the other side,
// as symmetric RTP wants it.
func (s *SIP) relay(call *streams, to side, i int, datagram []byte) {
	s.mu.Lock()
	socket, home := call.open[toServer+toClient-to][i], call.home[to]
	s.mu.Unlock()
	if socket != nil && home.IsValid() {
		s.Media.pass(socket, netip.AddrPortFrom(home.Addr(), home.Port()+uint16(i)), datagram)
	}
}
