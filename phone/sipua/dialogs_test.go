package sipua

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
)

// pair returns a caller and a callee that is its server.
func pair(t *testing.T) (alice, bob *party) {
	t.Helper()
	bob = newCallee(t, nil)
	return newCaller(t, bob.e.Addr().Port(), nil), bob
}

// connected returns the two ends of a call that stands.
func connected(t *testing.T, alice, bob *party) (calling, called *testCall) {
	t.Helper()
	calling = alice.call("v=offer")
	called = bob.next(t)
	called.Ring()
	require.Equal(t, 180, event[phone.DialogProgress](t, calling).Status)
	called.Accept([]byte("v=answer"))
	require.Equal(t, "v=answer", string(event[phone.DialogAnswered](t, calling).Answer))
	event[phone.DialogConfirmed](t, called)
	return calling, called
}

func TestTwoPhones(t *testing.T) {
	for _, transport := range []phone.Transport{phone.UDP, phone.TCP} {
		t.Run(string(transport), func(t *testing.T) {
			bob := newCallee(t, nil)
			alice := newParty(t, EndpointConfig{Account: phone.Account{
				Address: "alice@example.test", Server: "127.0.0.1", Port: int(bob.e.Addr().Port()), Transport: transport,
			}}, nil)
			calling, called := connected(t, alice, bob)
			require.Equal(t, "alice", called.Caller.Claims[0].User)
			for _, ends := range [][2]*testCall{{calling, called}, {called, calling}} {
				ends[0].Reoffer([]byte("v=hold"))
				require.Equal(t, "v=hold", string(event[phone.DialogOffered](t, ends[1]).Offer))
				ends[1].Reply([]byte("v=held"))
				require.Equal(t, "v=held", string(event[phone.DialogReanswered](t, ends[0]).Answer))
			}
			called.End()
			require.Equal(t, phone.EndLocal, event[phone.DialogEnded](t, called).Cause)
			require.Equal(t, phone.EndRemote, event[phone.DialogEnded](t, calling).Cause)
			alice.over(t)
			bob.over(t)
		})
	}
}

// Both offer at once, over and over: each offer is settled in the end.
func TestTwoPhonesOfferAtOnce(t *testing.T) {
	alice, bob := pair(t)
	calling, called := connected(t, alice, bob)
	var both sync.WaitGroup
	for _, c := range []*testCall{calling, called} {
		c.Reoffer([]byte("v=mine"))
		both.Go(func() {
			for settled, answered := false, false; !settled || !answered; {
				select {
				case e := <-c.events:
					switch e.(type) {
					case phone.DialogOffered:
						c.Reply([]byte("v=yes"))
						answered = true
					case phone.DialogReanswered:
						settled = true
					}
				case <-time.After(patience):
					return
				}
			}
		})
	}
	both.Wait()
	calling.quiet(t)
	called.quiet(t)
	calling.End()
	event[phone.DialogEnded](t, called)
}

// Nothing is left of a call: no goroutine, no entry.
func TestManyCalls(t *testing.T) {
	alice, bob := pair(t)
	one := func() {
		calling, called := connected(t, alice, bob)
		calling.End()
		event[phone.DialogEnded](t, calling)
		event[phone.DialogEnded](t, called)
	}
	one()
	alice.over(t)
	bob.over(t)
	before := runtime.NumGoroutine()
	for range 100 {
		one()
	}
	alice.over(t)
	bob.over(t)
	const asking = 2 // goroutines of Eventually
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before+asking }, patience, time.Millisecond)
}

func TestCloseEndsAllDialogs(t *testing.T) {
	alice, bob := pair(t)
	calling, called := connected(t, alice, bob)
	ringing := alice.call("v=offer")
	rung := bob.next(t)
	rung.Ring()
	event[phone.DialogProgress](t, ringing)
	began := time.Now()
	alice.Close(t.Context())
	require.Less(t, time.Since(began), time.Second)
	require.Equal(t, phone.EndLocal, event[phone.DialogEnded](t, calling).Cause)
	require.Equal(t, phone.EndLocal, event[phone.DialogEnded](t, ringing).Cause)
	require.Equal(t, phone.EndRemote, event[phone.DialogEnded](t, called).Cause)
	require.Equal(t, phone.EndCancelled, event[phone.DialogEnded](t, rung).Cause)
	late := alice.call("v=offer")
	require.Equal(t, phone.EndLocal, event[phone.DialogEnded](t, late).Cause)
}

func TestCloseRefusesWhatRings(t *testing.T) {
	p := newCallee(t, nil)
	d := dial(t, p)
	invite := d.invite("v=offer")
	d.expect("SIP/2.0 100")
	c := p.next(t)
	c.Ring()
	d.expect("SIP/2.0 180")
	p.Close(t.Context())
	d.ackFailure(invite, d.expect("SIP/2.0 486"))
	require.Equal(t, phone.EndLocal, event[phone.DialogEnded](t, c).Cause)
	d = dial(t, p)
	d.invite("v=offer")
	d.expect("SIP/2.0 100")
	d.expect("SIP/2.0 480")
	require.Empty(t, p.calls)
}

func TestCloseWaitsTwoSecondsAtMost(t *testing.T) {
	_, p, c, _ := talking(t, nil) // the peer answers no BYE
	began := time.Now()
	p.Close(context.Background())
	took := time.Since(began)
	require.Less(t, took, closing+500*time.Millisecond)
	require.Greater(t, took, closing-100*time.Millisecond)
	require.Equal(t, phone.EndLocal, event[phone.DialogEnded](t, c).Cause)
}

// Whoever calls hears ringing with the 180: it may take 1 ms. What is measured is
// that of a busy machine too, so that the limit here is wide.
func TestInviteToRinging(t *testing.T) {
	p := newCallee(t, nil)
	var took []time.Duration
	for range 200 {
		d := dial(t, p)
		began := time.Now()
		invite := d.invite("v=offer")
		p.next(t).Ring()
		d.expect("SIP/2.0 100")
		d.expect("SIP/2.0 180")
		took = append(took, time.Since(began))
		d.cancel(invite)
		d.expect("SIP/2.0 200")
		d.ackFailure(invite, d.expect("SIP/2.0 487"))
	}
	slices.Sort(took)
	t.Logf("median %v, 99 of 100 %v", took[len(took)/2], took[len(took)*99/100])
	require.Less(t, took[len(took)/2], 10*time.Millisecond)
}
