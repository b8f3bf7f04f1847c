package sipua

import (
	"strings"
	"testing"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

var bob = sip.Uri{Scheme: "sip", User: "bob", Host: "example.test"}

// withBody returns a request whose body has so many bytes.
func withBody(e *Endpoint, size int) *sip.Request {
	req := e.NewRequest(sip.MESSAGE, bob)
	req.SetBody([]byte(strings.Repeat("x", size)))
	return req
}

func TestLongRequestsGoByTCP(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	server.next(t)
	for size, transport := range map[int]string{100: "UDP", 1500: "TCP", 50000: "TCP"} {
		res, err := line.e.Do(t.Context(), withBody(line.e, size))
		require.NoError(t, err)
		require.Equal(t, 200, res.StatusCode)
		req := server.next(t)
		require.Equal(t, transport, req.Transport())
		require.Equal(t, transport, req.Via().Transport)
		require.Len(t, req.Body(), size)
	}
}

func TestLongRequestsGoByUDPWhereTCPIsRefused(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	require.NoError(t, server.sock.tcp.Close())
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	server.next(t)
	for range 2 {
		_, err := line.e.Do(t.Context(), withBody(line.e, 4000))
		require.NoError(t, err)
		req := server.next(t)
		require.Equal(t, "UDP", req.Transport())
		require.Equal(t, "UDP", req.Via().Transport)
		require.Len(t, req.Body(), 4000)
	}
	require.True(t, line.e.refuses(server.Addr()))
}

func TestLongAnswersGoByUDP(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
		res := accept(req)
		res.SetBody([]byte(strings.Repeat("y", 3000)))
		return res
	})
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	res, err := line.e.Do(t.Context(), line.e.NewRequest(sip.OPTIONS, bob))
	require.NoError(t, err)
	require.Len(t, res.Body(), 3000)
}

func TestCancelGoesWhereTheInviteWent(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
		if req.IsInvite() {
			return sip.NewResponseFromRequest(req, 180, "Ringing", nil)
		}
		return accept(req)
	})
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	server.next(t)
	a, err := line.e.Send(t.Context(), line.e.NewRequest(sip.INVITE, bob))
	require.NoError(t, err)
	defer a.Tx.Terminate()
	require.Equal(t, 180, (<-a.Tx.Responses()).StatusCode)
	c, err := line.e.Cancel(t.Context(), a)
	require.NoError(t, err)
	defer c.Tx.Terminate()
	require.Equal(t, 200, (<-c.Tx.Responses()).StatusCode)
	require.Equal(t, 487, (<-a.Tx.Responses()).StatusCode)
	require.Equal(t, a.Request.Via().Value(), c.Request.Via().Value())
}

func TestAckIsWrittenAgainAsItWas(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	server.next(t)
	ack := line.e.NewRequest(sip.ACK, sip.Uri{Scheme: "sip", Host: "127.0.0.1", Port: int(server.Addr().Port())})
	ack.To().Params.Add("tag", "theirs")
	require.NoError(t, line.e.Write(ack))
	first := server.next(t).String()
	require.NoError(t, line.e.Write(ack))
	require.Equal(t, first, server.next(t).String())
}

func TestRequestHasWhatItNeeds(t *testing.T) {
	e, err := NewEndpoint(EndpointConfig{Account: phone.Account{Address: "alice@example.test", DisplayName: `Al "Ice" \ Ltd`}})
	require.NoError(t, err)
	defer e.Close()
	req := e.NewRequest(sip.INVITE, bob)
	text := req.String()
	for _, want := range []string{
		`From: "Al \"Ice\" \\ Ltd" <sip:alice@example.test>;tag=`, "To: <sip:bob@example.test>\r\n", "CSeq: 1 INVITE\r\n",
		"Max-Forwards: 70\r\n", "Contact: <sip:" + e.user + "@", "Allow: INVITE, ACK", "Supported: ", "User-Agent: Callward",
		"Content-Length: 0\r\n",
	} {
		require.Contains(t, text, want)
	}
	require.NotEqual(t, *req.CallID(), *e.NewRequest(sip.INVITE, bob).CallID())
	require.Nil(t, e.NewRequest(sip.BYE, bob).Contact())
}

func TestAddressesThatCannotBe(t *testing.T) {
	for _, address := range []string{"", "alice", "alice@"} {
		_, err := NewEndpoint(EndpointConfig{Account: phone.Account{Address: address}})
		require.Equal(t, phone.CodeInvalid, phone.CodeOf(err), address)
	}
}
