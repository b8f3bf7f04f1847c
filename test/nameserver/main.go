// Nameserver answers DNS questions from a zone file (RFC 1035, 5), for a lab whose network is its own:
//
//	nameserver ADDRESS ZONE-FILE
package main

import (
	"fmt"
	"net"
	"os"
	"strings"

	"github.com/miekg/dns"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "nameserver:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("want an address and a zone file, not %q", args)
	}
	text, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	records, err := parse(string(text))
	if err != nil {
		return err
	}
	conn, err := net.ListenPacket("udp", args[0])
	if err != nil {
		return err
	}
	fmt.Println("ready")
	return (&dns.Server{PacketConn: conn, Handler: records}).ActivateAndServe()
}

// zone is the records there are. It never changes.
type zone []dns.RR

func parse(text string) (zone, error) {
	var z zone
	parser := dns.NewZoneParser(strings.NewReader(text), ".", "")
	for rr, ok := parser.Next(); ok; rr, ok = parser.Next() {
		z = append(z, rr)
	}
	return z, parser.Err()
}

// ServeDNS answers one question. A name that no record has does not exist.
func (z zone) ServeDNS(w dns.ResponseWriter, question *dns.Msg) {
	fmt.Println("asked:", question.Question[0].String())
	_ = w.WriteMsg(z.answer(question))
}

func (z zone) answer(question *dns.Msg) *dns.Msg {
	answer := new(dns.Msg)
	answer.SetRcode(question, dns.RcodeNameError)
	answer.Authoritative = true
	for _, rr := range z {
		if !strings.EqualFold(rr.Header().Name, question.Question[0].Name) {
			continue
		}
		answer.Rcode = dns.RcodeSuccess
		if rr.Header().Rrtype == question.Question[0].Qtype {
			answer.Answer = append(answer.Answer, rr)
		}
	}
	return answer
}
