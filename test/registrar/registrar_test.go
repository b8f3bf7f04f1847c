package registrar

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/wire"
)

const patience = 2 * time.Second

func TestRegistersAndPassesOn(t *testing.T) {
	phone, behind := peer(t), peer(t)
	s := New(t, Options{Policy: In(Refuse(423, "Interval Too Brief", "Min-Expires: 60"), Accept), Behind: behind.Addr()})

	call := wire.NewCall(phone.Addr(), "alice", "sip:"+s.Addr().String())
	for n, want := range []int{423, 200} {
		require.NoError(t, phone.Send(s.Addr(), call.Request("REGISTER", "", "Expires: 300")))
		r, err := phone.Receive(patience, wire.Response("REGISTER", 200, 699))
		require.NoError(t, err)
		require.Equal(t, want, r.Status())
		require.Contains(t, r.Get("Via"), fmt.Sprintf(";received=127.0.0.1;rport=%d", phone.Addr().Port()))
		require.NotContains(t, r.Get("Via"), ";rport;")
		_, err = s.Await(n+1, patience)
		require.NoError(t, err)
	}
	contact, err := s.Contact(patience)
	require.NoError(t, err)
	require.Equal(t, "sip:probe@"+phone.Addr().String(), contact)

	require.NoError(t, phone.SendRaw(s.Addr(), []byte("\r\n\r\n")))
	require.NoError(t, phone.Send(s.Addr(), call.Request("INVITE", "")))
	invite, err := behind.Receive(patience, func(wire.Message) bool { return true })
	require.NoError(t, err)
	require.Equal(t, "INVITE", invite.Method())
	require.Equal(t, s.Back(), invite.From)
	require.NoError(t, behind.Send(invite.From, wire.Reply(invite.Message, 486, "Busy Here", "b", "")))
	_, err = phone.Receive(patience, wire.Response("INVITE", 486, 486))
	require.NoError(t, err)
}

func TestSilent(t *testing.T) {
	phone := peer(t)
	s := New(t, Options{Policy: Silent})
	require.NoError(t, phone.Send(s.Addr(), wire.NewCall(phone.Addr(), "alice", "sip:x").Request("REGISTER", "")))
	_, err := s.Await(1, patience)
	require.NoError(t, err)
	_, err = phone.Receive(10*time.Millisecond, wire.Response("REGISTER", 100, 699))
	require.ErrorIs(t, err, wire.ErrSilence)
}

func peer(t *testing.T) *wire.Peer {
	p, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.Close() })
	return p
}
