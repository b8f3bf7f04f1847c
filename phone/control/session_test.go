package control_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/control/controltest"
)

// piped serves a session over a pipe without a buffer: what the client does not
// read, the session cannot write.
func piped(t *testing.T, ph control.Phone) (client net.Conn, served *sync.WaitGroup) {
	client, server := net.Pipe()
	served = new(sync.WaitGroup)
	served.Go(func() { control.ServeConn(t.Context(), ph, server) })
	return client, served
}

// TestStuckClientIsDropped: one that asks and never reads.
func TestStuckClientIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, served := piped(t, &controltest.Phone{})
		start := time.Now()
		for range 3 {
			_, err := client.Write([]byte(`{"op":"status"}` + "\n"))
			require.NoError(t, err)
		}
		served.Wait()
		require.Equal(t, control.WriteTimeout, time.Since(start))
		_, err := client.Read(make([]byte, 1))
		require.ErrorIs(t, err, io.EOF)
	})
}

// TestSlowClientIsWaitedFor: one that reads a line now and then, each in time.
func TestSlowClientIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ph := &controltest.Phone{}
		client, served := piped(t, ph)
		_, err := client.Write([]byte(`{"op":"events"}` + "\n"))
		require.NoError(t, err)
		lines := bufio.NewReader(client)
		requireLine(t, lines)
		const n = 3 * control.QueueLength
		for range n {
			ph.Publish(phone.Event{Kind: phone.EventNotice})
		}
		for i := range n {
			time.Sleep(control.WriteTimeout - time.Second) // the bubble's clock
			require.EqualValues(t, i+1, requireLine(t, lines).Event.ID)
		}
		client.Close()
		served.Wait()
	})
}

// TestClientTooFarBehind gets what waited for it, is told, and is dropped; the
// phone never waits.
func TestClientTooFarBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ph := &controltest.Phone{}
		client, served := piped(t, ph)
		_, err := client.Write([]byte(`{"op":"events"}` + "\n"))
		require.NoError(t, err)
		lines := bufio.NewReader(client)
		requireLine(t, lines)
		for range controltest.Limit + 2*control.QueueLength {
			ph.Publish(phone.Event{Kind: phone.EventNotice})
		}
		var last control.Answer
		for seq := uint64(1); ; seq++ {
			if last = requireLine(t, lines); last.Event == nil {
				break
			}
			require.Equal(t, seq, last.Event.ID)
		}
		require.Equal(t, phone.CodeState, last.Error.Code)
		_, err = lines.ReadByte()
		require.ErrorIs(t, err, io.EOF)
		served.Wait()
	})
}

// TestSlowOpIsGivenUp: the phone has its time, and no more.
func TestSlowOpIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, served := piped(t, &controltest.Phone{Hold: make(chan struct{})})
		start := time.Now()
		_, err := client.Write([]byte(`{"id":1,"op":"devices"}` + "\n"))
		require.NoError(t, err)
		require.Contains(t, requireLine(t, bufio.NewReader(client)).Error.Message, "20 seconds")
		require.Equal(t, control.OpTimeout, time.Since(start))
		client.Close()
		served.Wait()
	})
}

// TestImportMayTakeLong: it has as long as its client has patience.
func TestImportMayTakeLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ph := &controltest.Phone{Hold: make(chan struct{})}
		client, served := piped(t, ph)
		_, err := client.Write([]byte(`{"id":1,"op":"blacklist.import"}` + "\n"))
		require.NoError(t, err)
		time.Sleep(100 * control.OpTimeout) // the bubble's clock
		require.Len(t, ph.Asked(), 1)
		close(ph.Hold)
		lines := bufio.NewReader(client)
		require.Nil(t, requireLine(t, lines).Error)
		_, err = client.Write([]byte(`{"id":2,"op":"trace.path"}` + "\n"))
		require.NoError(t, err)
		require.EqualValues(t, 2, requireLine(t, lines).ID)
		client.Close()
		served.Wait()
	})
}

func requireLine(t *testing.T, lines *bufio.Reader) control.Answer {
	t.Helper()
	line, err := lines.ReadBytes('\n')
	require.NoError(t, err)
	var a control.Answer
	require.NoError(t, json.Unmarshal(line, &a))
	require.Equal(t, control.Version, a.Version)
	return a
}

// FuzzRequest: whatever the line is, there is one answer to it, and the next one is read.
func FuzzRequest(f *testing.F) {
	for _, seed := range []string{
		`{"version":1,"id":1,"op":"call","args":{"number":"600","account":""}}`,
		`{"id":2,"op":"status"}`, `{"id":3,"op":"mute","args":{"on":true}}`, `{"id":5,"op":"events"}`, `{"id":6,"op":"quit"}`,
		`{"id":"x"}`, `[]`, `null`, ``, `{"version":2}`, `{"id":1,"op":"status"} {}`, `{"id":18446744073709551615}`,
		`{"op":"account.add","args":{"account":{"address":"a@b","interval_s":-1},"password":"x"}}`,
		`{"op":"history","args":{"limit":-1}}`, `{"op":"dtmf","args":null}`,
		`{"op":"blacklist.add","args":{"number":"1","expires_s":-1}}`, `{"op":"blacklist.import","args":{"path":""}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		client, served := piped(t, &controltest.Phone{})
		lines := bufio.NewReader(client)
		go func() {
			_, _ = client.Write(append(bytes.ReplaceAll(line, []byte("\n"), nil), '\n'))
			_, _ = client.Write([]byte(`{"id":77,"op":"trace.path"}` + "\n"))
		}()
		first := requireLine(t, lines)
		require.NotEqual(t, first.OK == nil, first.Error == nil)
		if first.Error != nil {
			require.NotEmpty(t, first.Error.Message)
		}
		next := requireLine(t, lines)
		require.EqualValues(t, 77, next.ID)
		require.NotNil(t, next.OK)
		client.Close()
		served.Wait()
	})
}
