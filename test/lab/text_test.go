package lab

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/baresip"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/kamailio"
	"github.com/callward/callward/test/proc"
	"github.com/callward/callward/test/relay"
)

// writing is a row of text list --json.
type writing struct {
	ID, Direction, Number, Body, Type, State, Reason, Trigger string
}

// eventually waits until something holds. It looks from t's own goroutine, so that commands may fail t.
func eventually(t *testing.T, patience time.Duration, holds func() bool, why ...any) {
	t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			require.Fail(t, "it does not come about", why...)
		}
	}
}

// texts are those with a number, oldest first.
func texts(t *testing.T, p *callward.Program, number string) (list []writing) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(p.Must(t, "text", "list", number, "--json")), &list))
	return list
}

// bodies are what the texts of one direction say, oldest first.
func bodies(t *testing.T, p *callward.Program, number, direction string) (list []string) {
	t.Helper()
	for _, w := range texts(t, p, number) {
		if w.Direction == direction {
			list = append(list, w.Body)
		}
	}
	return list
}

// states are those of the texts to a number, oldest first.
func states(t *testing.T, p *callward.Program, number string) (list []string) {
	t.Helper()
	for _, w := range texts(t, p, number) {
		if w.Direction == "out" {
			list = append(list, w.State)
		}
	}
	return list
}

// untilStates waits until the texts to a number are in some states, in order.
func untilStates(t *testing.T, p *callward.Program, number string, patience time.Duration, want ...string) {
	t.Helper()
	var got []string
	eventually(t, patience, func() bool { got = states(t, p, number); return slices.Equal(got, want) }, "%v is not %v", &got, want)
}

// untilTexts waits until some texts of a number are there, and no others.
func untilTexts(t *testing.T, p *callward.Program, number string, patience time.Duration, want ...string) {
	t.Helper()
	eventually(t, patience, func() bool { return len(bodies(t, p, number, "in")) >= len(want) }, "texts of %s", number)
	require.Equal(t, want, bodies(t, p, number, "in"))
}

// texted is how often a program told of a text that came.
func texted(p *callward.Program) (n int) {
	for _, e := range p.Events() {
		if e.Message != nil && e.Message.State == "received" {
			n++
		}
	}
	return n
}

// writer is a client on a program's socket that writes one text after the other, faster than commands can be started. One goroutine uses it.
type writer struct {
	conn   net.Conn
	answer *bufio.Reader
	asked  int
}

func newWriter(t *testing.T, p *callward.Program) *writer {
	t.Helper()
	conn, err := net.Dial("unix", filepath.Join(p.Profile, "run", "control.sock"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return &writer{conn: conn, answer: bufio.NewReader(conn)}
}

// write returns once a text is on the disk of the program.
func (w *writer) write(number, text string) error {
	w.asked++
	request, err := json.Marshal(map[string]any{"version": 1, "id": w.asked, "op": "text.send", "args": map[string]string{"number": number, "text": text}})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w.conn, "%s\n", request); err != nil {
		return err
	}
	line, err := w.answer.ReadBytes('\n')
	if err != nil {
		return err
	}
	var answer struct {
		Error *struct{ Message string }
	}
	if err := json.Unmarshal(line, &answer); err != nil {
		return err
	}
	if answer.Error != nil {
		return fmt.Errorf("text.send: %s", answer.Error.Message)
	}
	return nil
}

// odd are texts whose characters something on the way may not like.
var odd = []string{
	"Hello, how are you?",
	"שלום, עולם 123",
	"مرحبا بالعالم",
	"👩‍👩‍👧‍👦 🇬🇧 👍🏽 e\u0301",
	`"quoted" <angle> %25 \n {name}`,
}

// TestTextsBothWays has two phones and a baresip write to each other, every pair, both ways.
func TestTextsBothWays(t *testing.T) {
	t.Parallel()
	for _, transport := range []string{"udp", "tcp"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			server := kamailio.New(t, kamailio.Options{Users: users})
			alice, bob := silentPhone(t), silentPhone(t)
			register(t, alice, server, "1001", transport)
			register(t, bob, server, "1002", transport)
			eve := baresip.New(t, baresip.Options{
				User: "1003", Password: users["1003"], Server: server.Address(transport), Transport: transport, Register: true,
				Peers: []string{"sip:1001@" + server.Address(transport), "sip:1002@" + server.Address(transport)},
			})
			require.NoError(t, eve.Registered(patience))

			for _, text := range odd {
				alice.Must(t, "text", "send", "1002", text)
				bob.Must(t, "text", "send", "1001", text)
				alice.Must(t, "text", "send", "1003", "A "+text)
				bob.Must(t, "text", "send", "1003", "B "+text)
			}
			untilTexts(t, alice, "1002", patience, odd...)
			untilTexts(t, bob, "1001", patience, odd...)
			for user, first := range map[string]string{"1001": "A ", "1002": "B "} {
				eventually(t, patience, func() bool { return len(eve.Texts(user)) == len(odd) })
				for i, text := range odd {
					require.Equal(t, first+text, eve.Texts(user)[i])
				}
			}
			for i, p := range []*callward.Program{alice, bob} {
				if i == 1 {
					require.NoError(t, eve.NextPeer())
				}
				for n, text := range odd {
					require.NoError(t, eve.Text(text))
					untilTexts(t, p, "1003", patience, odd[:n+1]...)
				}
				require.Equal(t, []string{"sent", "sent", "sent", "sent", "sent"}, states(t, p, "1003"), "it sends no delivery notes")
			}

			// From the second text on each knows that the other tells of delivery.
			long := lines(2000)
			bob.Must(t, "text", "send", "1001", long)
			alice.Must(t, "text", "send", "1002", long)
			untilTexts(t, alice, "1002", patience, append(slices.Clone(odd), long)...)
			untilTexts(t, bob, "1001", patience, append(slices.Clone(odd), long)...)
			for p, number := range map[*callward.Program]string{alice: "1002", bob: "1001"} {
				var got []string
				eventually(t, patience, func() bool { got = states(t, p, number); return got[len(got)-1] == "delivered" }, "%v", &got)
				for _, state := range got {
					require.Contains(t, []string{"sent", "delivered"}, state)
				}
			}
		})
	}
}

// lines is a long text of n lines.
func lines(n int) (text string) {
	for i := range n {
		text += "Line " + strconv.Itoa(i+1) + " is here.\n"
	}
	return text + "The end."
}

// TestTextsWaitForTheLine has a phone whose server is not there yet, and later ends: its texts wait, and go out in order once it is there.
func TestTextsWaitForTheLine(t *testing.T) {
	t.Parallel()
	port, err := proc.FreePort()
	require.NoError(t, err)
	alice, bob := silentPhone(t), silentPhone(t)
	at := fmt.Sprintf("127.0.0.1:%d", port)
	mark := alice.Mark()
	_, err = alice.Do("one\n", "account", "add", address("1001"), "--password-stdin", "--server", at, "--transport", "udp")
	require.NoError(t, err)
	send := func(texts ...string) {
		for _, text := range texts {
			alice.Must(t, "text", "send", "1002", text)
		}
	}
	send("One", "Two", "Three")
	require.Equal(t, []string{"waiting", "waiting", "waiting"}, states(t, alice, "1002"))

	start := func() *kamailio.Server {
		server, err := kamailio.Start(t.TempDir(), kamailio.Options{Port: port, Users: users, MinExpires: 1, MaxExpires: 4})
		require.NoError(t, err)
		return server
	}
	server := start()
	register(t, bob, server, "1002", "udp")
	alice.UntilAccount(t, mark, address("1001"), "registered", time.Minute)
	untilTexts(t, bob, "1001", time.Minute, "One", "Two", "Three")
	require.NotContains(t, states(t, alice, "1002"), "failed")

	require.NoError(t, server.Stop(patience))
	mark = alice.Mark()
	send("Four", "Five")
	alice.UntilAccount(t, mark, address("1001"), "failed", time.Minute)
	send("Six")
	require.Equal(t, []string{"waiting", "waiting", "waiting"}, states(t, alice, "1002")[3:])
	server = start()
	server.Bind(t)
	untilTexts(t, bob, "1001", 2*time.Minute, "One", "Two", "Three", "Four", "Five", "Six")
	eventually(t, patience, func() bool { return !slices.Contains(states(t, alice, "1002"), "waiting") })
	require.Len(t, bodies(t, bob, "1001", "in"), 6, "each once")
}

// TestTextsToOneWhoIsAway has a text wait for somebody who is not registered, and arrive once they are.
func TestTextsToOneWhoIsAway(t *testing.T) {
	t.Parallel()
	server := kamailio.New(t, kamailio.Options{Users: users})
	alice, bob := silentPhone(t), silentPhone(t)
	register(t, alice, server, "1001", "udp")
	alice.Must(t, "text", "send", "1002", "Are you there?")
	alice.Must(t, "text", "send", "1002", "Not yet?")
	eventually(t, patience, func() bool { return texts(t, alice, "1002")[0].Reason != "" })
	require.Equal(t, []string{"waiting", "waiting"}, states(t, alice, "1002"))
	require.Equal(t, "The other side is not there now.", texts(t, alice, "1002")[0].Reason)
	register(t, bob, server, "1002", "udp")
	untilTexts(t, bob, "1001", time.Minute, "Are you there?", "Not yet?")

	// Whom the server does not know will not be there later.
	alice.Must(t, "text", "send", "1999", "Hello?")
	untilStates(t, alice, "1999", patience, "failed")
	require.Equal(t, "Nobody has this number.", texts(t, alice, "1999")[0].Reason)
}

// TestABurstOfTexts sends 1,000 texts as fast as they can be written: all arrive, in order, each once.
func TestABurstOfTexts(t *testing.T) {
	t.Parallel()
	const count = 1000
	server := kamailio.New(t, kamailio.Options{Users: users})
	alice, bob := silentPhone(t), silentPhone(t)
	register(t, alice, server, "1001", "udp")
	register(t, bob, server, "1002", "udp")
	began := time.Now()
	w := newWriter(t, alice)
	want := make([]string, count)
	for i := range want {
		want[i] = "Text " + strconv.Itoa(i+1)
		require.NoError(t, w.write("1002", want[i]))
	}
	wrote := time.Since(began)
	eventually(t, 5*time.Minute, func() bool { return texted(bob) >= count }) // told of, since listing so many takes long
	untilTexts(t, bob, "1001", patience, want...)
	t.Logf("%d texts written in %v, and read by the other side after %v", count, wrote, time.Since(began))
	eventually(t, patience, func() bool { return !slices.Contains(states(t, alice, "1002"), "waiting") })
	require.NotContains(t, states(t, alice, "1002"), "failed")
	require.Equal(t, want, bodies(t, alice, "1002", "out"))
}

// TestTextsOverABadLine loses a fifth of all datagrams between one phone and the server: each text arrives, once and in order.
func TestTextsOverABadLine(t *testing.T) {
	t.Parallel()
	server := kamailio.New(t, kamailio.Options{Users: users})
	line := relay.New(t, server.Addr(), relay.Impairment{Loss: 0.2, Duplicate: 0.1, Delay: 20 * time.Millisecond, Jitter: 20 * time.Millisecond, Seed: 7})
	alice, bob := silentPhone(t), silentPhone(t)
	alice.AddAccount(t, "registered", address("1001"), users["1001"], "--server", line.Addr().String())
	register(t, bob, server, "1002", "udp")
	var there, back []string
	for i := range 15 {
		there, back = append(there, fmt.Sprintf("There %d", i+1)), append(back, fmt.Sprintf("Back %d", i+1))
		alice.Must(t, "text", "send", "1002", there[i])
		bob.Must(t, "text", "send", "1001", back[i])
	}
	untilTexts(t, bob, "1001", 2*time.Minute, there...)
	untilTexts(t, alice, "1002", 2*time.Minute, back...)
	for p, number := range map[*callward.Program]string{alice: "1002", bob: "1001"} {
		eventually(t, time.Minute, func() bool { return !slices.Contains(states(t, p, number), "waiting") })
		require.NotContains(t, states(t, p, number), "failed")
		require.Len(t, bodies(t, p, number, "in"), 15, "each once")
	}
}
