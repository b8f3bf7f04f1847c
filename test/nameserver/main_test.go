package main

import (
	"testing"

	"github.com/miekg/dns"
	"github.com/stretchr/testify/require"
)

func TestAnswer(t *testing.T) {
	z, err := parse("_sip._udp.x. 60 IN SRV 10 0 5060 a.x.\n_sip._udp.x. 60 IN SRV 20 0 5060 b.x.\na.x. 60 IN A 10.0.0.1\n")
	require.NoError(t, err)
	ask := func(name string, kind uint16) *dns.Msg { return z.answer(new(dns.Msg).SetQuestion(name, kind)) }
	require.Len(t, ask("_SIP._udp.x.", dns.TypeSRV).Answer, 2)
	require.Len(t, ask("a.x.", dns.TypeA).Answer, 1)
	none := ask("a.x.", dns.TypeAAAA)
	require.Empty(t, none.Answer)
	require.Equal(t, dns.RcodeSuccess, none.Rcode)
	require.Equal(t, dns.RcodeNameError, ask("c.x.", dns.TypeA).Rcode)

	_, err = parse("nonsense")
	require.Error(t, err)
	require.Error(t, run(nil))
}
