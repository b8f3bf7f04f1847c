package lab

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/baresip"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/kamailio"
)

// TestDigits sends telephone events (RFC 4733) to baresip, and takes baresip's.
func TestDigits(t *testing.T) {
	server := kamailio.New(t, kamailio.Options{Users: users})
	alice := newPhone(t)
	register(t, alice.Program, server, "1001", "udp")
	other := baresip.New(t, baresip.Options{User: "1002", Password: users["1002"], Server: server.Address("udp"), Register: true, Answer: true, Hz: 900})
	require.NoError(t, other.Registered(patience))
	id := alice.Must(t, "call", "1002", "--wait")
	alice.hears(t, 900) // there is sound both ways, and the digits go beside it

	t.Run("sent", func(t *testing.T) {
		mark := other.Events()
		alice.Must(t, "dtmf", id, "159#")
		keys, err := other.Keys(mark, 4, patience)
		require.NoError(t, err)
		require.Equal(t, "159#", keys)
		alice.Must(t, "dtmf", id, "00*D") // the same key twice is two
		keys, err = other.Keys(mark, 8, patience)
		require.NoError(t, err)
		require.Equal(t, "159#00*D", keys)
	})
	t.Run("received", func(t *testing.T) {
		mark := alice.Mark()
		for _, key := range []string{"1", "5", "5", "#", "*"} {
			from := alice.Mark()
			require.NoError(t, other.Key(key))
			_, err := alice.Await(from, "digit "+key, patience, func(e callward.Event) bool { return e.Kind == "dtmf" && e.Text == key })
			require.NoError(t, err)
		}
		var keys string
		for _, e := range alice.Events()[mark:] {
			if e.Kind == "dtmf" {
				require.Equal(t, id, e.Call.ID)
				keys += e.Text
			}
		}
		require.Equal(t, "155#*", keys)
	})
	t.Run("what is no digit", func(t *testing.T) {
		_, err := alice.Do("", "dtmf", id, "1x")
		var failed *callward.Failed
		require.ErrorAs(t, err, &failed)
		require.Equal(t, 1, failed.Code)
		require.Contains(t, failed.Stderr, "0 to 9")
	})
}
