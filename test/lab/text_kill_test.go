package lab

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/kamailio"
)

// TestKillWhileTextsGo ends one of two programs as a power cut does while texts go from the one to the other, again and again, until
// 200 of each were sent and received in a soak: what was written arrives, and nothing is shown twice.
func TestKillWhileTextsGo(t *testing.T) {
	t.Parallel()
	const burst = 10
	server := kamailio.New(t, kamailio.Options{Users: users, MaxExpires: 60})
	profiles := map[string]string{}
	start := func(user string) *callward.Program {
		p := callward.New(t, callward.Options{Profile: profiles[user]})
		if profiles[user] == "" {
			register(t, p, server, user, "udp")
		}
		profiles[user] = p.Profile
		eventually(t, patience, func() bool { return p.State(t).Accounts[0].State == "registered" })
		return p
	}
	programs := map[string]*callward.Program{"1001": start("1001"), "1002": start("1002")}
	kills, seed := 2*max(2, tenth(20)), time.Now().UnixNano()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(uint64(seed), 1))

	var written, maybe []string // those that were on the disk, and those that may be
	for n := range kills {
		w, ended := newWriter(t, programs["1001"]), make(chan struct{})
		go func() {
			defer close(ended)
			for i := range burst {
				text := "Text " + strconv.Itoa(n*burst+i+1)
				if err := w.write("1002", text); err != nil {
					maybe = append(maybe, text)
					return
				}
				written = append(written, text)
			}
		}()
		victim := []string{"1001", "1002"}[n%2]
		// At random, and yet early and late ones among few.
		time.Sleep(time.Duration((float64(n/2) + random.Float64()) / float64(kills/2) * float64(400*time.Millisecond)))
		programs[victim].KillHard()
		<-ended
		programs[victim] = start(victim)
		require.Equal(t, "ok", integrity(t, profiles[victim]))
	}

	alice, bob := programs["1001"], programs["1002"]
	eventually(t, 3*time.Minute, func() bool { return !slices.Contains(states(t, alice, "1002"), "waiting") })
	out, in := bodies(t, alice, "1002", "out"), bodies(t, bob, "1001", "in")
	t.Logf("%d kills, %d texts written, %d that were cut off", kills, len(written), len(maybe))
	for _, w := range texts(t, alice, "1002") {
		require.NotEqual(t, "failed", w.State, "%s: %s", w.Body, w.Reason)
	}
	require.Equal(t, written, without(out, maybe), "what was told to be on the disk is there")
	require.Equal(t, out, in, "all that is on the disk arrives, once and in order")
}

// without is a list without those of another.
func without(list, others []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(others, s) })
}
