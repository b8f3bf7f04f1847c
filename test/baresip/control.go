package baresip

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Event is something that the phone told on its control socket.
type Event struct {
	// Type is such as CALL_ESTABLISHED, CALL_CLOSED, REGISTER_OK.
	Type string
	// ID is the Call-ID.
	ID        string
	Direction string
	PeerURI   string
	// Param is what belongs to the type, such as the reason of a CALL_CLOSED.
	Param string
}

// frame is what comes over the socket: an Event, or the response to a command.
type frame struct {
	Event
	Response, OK bool
	Token, Data  string
}

// UnmarshalJSON takes "event", which says that it is one, from the embedded Event's way.
func (f *frame) UnmarshalJSON(b []byte) error {
	var raw struct {
		Type, ID, Direction, PeerURI, Param, Token, Data string
		Response, OK                                     bool
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	*f = frame{Event{raw.Type, raw.ID, raw.Direction, raw.PeerURI, raw.Param}, raw.Response, raw.OK, raw.Token, raw.Data}
	return nil
}

// control is the phone's control socket: netstrings of JSON.
type control struct {
	conn net.Conn
	done chan struct{} // closed once the socket is

	mu     sync.Mutex
	frames []frame
	tokens int
	more   chan struct{} // closed and replaced with each frame
}

func dial(port int) (*control, error) {
	conn, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", port), patience)
	if err != nil {
		return nil, err
	}
	c := &control{conn: conn, done: make(chan struct{}), more: make(chan struct{})}
	go c.read() // ends with the socket, which Close waits for
	return c, nil
}

// Close closes the socket.
func (c *control) Close() error {
	err := c.conn.Close()
	<-c.done
	return err
}

// Do runs a command and returns once the phone has.
func (c *control) Do(command, params string) error {
	c.mu.Lock()
	c.tokens++
	token, mark := strconv.Itoa(c.tokens), len(c.frames)
	c.mu.Unlock()
	b, err := json.Marshal(map[string]string{"command": command, "params": params, "token": token})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(c.conn, "%d:%s,", len(b), b); err != nil {
		return err
	}
	f, err := c.wait(mark, patience, func(f frame) bool { return f.Response && f.Token == token })
	if err == nil && !f.OK {
		err = errors.New(strings.TrimSpace(f.Data))
	}
	if err != nil {
		return fmt.Errorf("baresip %s %s: %w", command, params, err)
	}
	return nil
}

// Events returns how many events and responses there were, to Await one after them.
func (c *control) Events() (mark int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.frames)
}

// Await returns the first event of a type after mark, waiting at most patience for it.
func (c *control) Await(mark int, kind string, patience time.Duration) (Event, error) {
	f, err := c.wait(mark, patience, func(f frame) bool { return f.Type == kind })
	if err != nil {
		return Event{}, fmt.Errorf("baresip told no %s: %w", kind, err)
	}
	return f.Event, nil
}

// Keys returns the first n keys that came in calls after mark, waiting at most patience for them.
func (c *control) Keys(mark, n int, patience time.Duration) (keys string, err error) {
	_, err = c.wait(mark, patience, func(f frame) bool {
		if f.Type == "CALL_DTMF_START" {
			keys += f.Param
		}
		return len(keys) == n
	})
	if err != nil {
		err = fmt.Errorf("baresip took %q and no more keys: %w", keys, err)
	}
	return keys, err
}

func (c *control) wait(mark int, patience time.Duration, accept func(frame) bool) (frame, error) {
	deadline := time.After(patience)
	for {
		c.mu.Lock()
		frames, more := c.frames, c.more
		c.mu.Unlock()
		for ; mark < len(frames); mark++ {
			if accept(frames[mark]) {
				return frames[mark], nil
			}
		}
		select {
		case <-more:
		case <-c.done:
			return frame{}, net.ErrClosed
		case <-deadline:
			return frame{}, fmt.Errorf("nothing in %v", patience)
		}
	}
}

// read is a goroutine; it ends with the socket.
func (c *control) read() {
	defer close(c.done)
	r := bufio.NewReader(c.conn)
	for {
		digits, err := r.ReadString(':')
		if err != nil {
			return
		}
		size, err := strconv.Atoi(strings.TrimSuffix(digits, ":"))
		if err != nil {
			return
		}
		b := make([]byte, size+1) // and a comma
		if _, err := io.ReadFull(r, b); err != nil {
			return
		}
		var f frame
		if json.Unmarshal(b[:size], &f) != nil {
			return
		}
		c.mu.Lock()
		c.frames = append(c.frames, f)
		close(c.more)
		c.more = make(chan struct{})
		c.mu.Unlock()
	}
}
