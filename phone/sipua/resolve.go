package sipua

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"

	"github.com/callward/callward/phone"
)

// hop is where a request is sent to next.
type hop struct {
	addr      netip.AddrPort
	transport string // "udp", "tcp" or "tls"
	// name is the host as configured, for the check of a TLS certificate.
	name string
}

// flow names a connection, or a server by UDP: one that is open is used for all that
// goes to its address, by whatever name that was found (RFC 3261, 18.1.1).
type flow struct {
	addr      netip.AddrPort
	transport string
}

func (h hop) flow() flow { return flow{h.addr, h.transport} }

// network returns the transport as it is written in Via.
func (h hop) network() string { return strings.ToUpper(h.transport) }

// resolver finds servers by DNS (RFC 3263). Any goroutine.
type resolver struct{ dns *net.Resolver }

// hops returns the addresses of a host, the one to try first in front: by SRV in
// order of priority and weight where neither a port nor an address was given,
// else by A and AAAA. It fails with CodeNoServer.
func (r resolver) hops(ctx context.Context, host string, port int, transport string) ([]hop, error) {
	dns := r.dns
	if dns == nil {
		dns = net.DefaultResolver
	}
	if port < 0 || port > 65535 {
		return nil, noServer(host, fmt.Errorf("there is no port %d", port))
	}
	host = strings.Trim(host, "[]")
	usual := 5060
	if transport == "tls" {
		usual = 5061
	}
	if port != 0 {
		usual = port
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		return []hop{{netip.AddrPortFrom(ip.Unmap(), uint16(usual)), transport, host}}, nil
	}
	var found []hop
	if port == 0 {
		service, proto := srvName(transport)
		_, records, _ := dns.LookupSRV(ctx, service, proto, host)
		for _, record := range records {
			if record.Target == "." {
				return nil, noServer(host, errors.New("its DNS says that there is no such service"))
			}
			more, _ := addresses(ctx, dns, strings.TrimSuffix(record.Target, "."), record.Port)
			for _, addr := range more {
				found = append(found, hop{addr, transport, host})
			}
		}
	}
	if len(found) > 0 {
		return found, nil
	}
	addrs, err := addresses(ctx, dns, host, uint16(usual))
	if err != nil {
		return nil, noServer(host, err)
	}
	for _, addr := range addrs {
		found = append(found, hop{addr, transport, host})
	}
	return found, nil
}

func srvName(transport string) (service, proto string) {
	switch transport {
	case "tls":
		return "sips", "tcp"
	case "tcp":
		return "sip", "tcp"
	}
	return "sip", "udp"
}

func addresses(ctx context.Context, dns *net.Resolver, host string, port uint16) ([]netip.AddrPort, error) {
	ips, err := dns.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	var addrs []netip.AddrPort
	for _, ip := range ips {
		addrs = append(addrs, netip.AddrPortFrom(ip.Unmap(), port))
	}
	return addrs, nil
}

func noServer(host string, err error) error {
	var dns *net.DNSError
	if errors.As(err, &dns) && dns.IsNotFound {
		err = errors.New("no such name")
	}
	return &phone.Error{Code: phone.CodeNoServer, Op: "look up", Err: fmt.Errorf("server %s not found: %w", host, err)}
}
