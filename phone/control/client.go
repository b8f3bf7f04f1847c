package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"path/filepath"
	"syscall"
	"time"

	"github.com/callward/callward/phone"
)

// Client is a connection to a running phone. One goroutine at a time.
type Client struct {
	conn  net.Conn
	lines *bufio.Reader
	last  uint64 // id of the last request
	// events are those that came while an answer was awaited.
	events []Event
}

// Connect connects to the phone that runs on profile. It fails with
// phone.CodeNotRunning where there is none.
func Connect(ctx context.Context, profile string) (*Client, error) {
	profile, err := filepath.Abs(profile)
	if err != nil {
		return nil, storageError("connect", err)
	}
	conn, err := dial(ctx, profile)
	if errors.Is(err, errNotRunning) {
		return nil, &phone.Error{
			Code: phone.CodeNotRunning, Op: "connect",
			Err: fmt.Errorf("no Callward runs on the profile %s", profile),
		}
	}
	if errors.Is(err, fs.ErrPermission) {
		return nil, storageError("connect", fmt.Errorf("the profile %s is another user's: %w", profile, err))
	}
	if err != nil {
		return nil, &phone.Error{Code: phone.CodeUnreachable, Op: "connect", Err: err}
	}
	return &Client{conn: conn, lines: bufio.NewReader(conn)}, nil
}

// Close hangs up. Requests that were sent are carried out all the same, but for imports and exports.
func (c *Client) Close() error { return c.conn.Close() }

// Do asks for op with args (nil for none), waits for the answer and decodes it
// into result (nil to pass it over). What the phone refuses is an *Error.
func (c *Client) Do(ctx context.Context, op string, args, result any) error {
	defer c.interruptible(ctx)()
	if err := c.ask(ctx, op, args); err != nil {
		return err
	}
	for {
		a, err := c.receive(ctx, op)
		switch {
		case err != nil:
			return err
		case a.Event != nil:
			c.events = append(c.events, *a.Event)
			continue
		case a.ID != c.last:
			err = fmt.Errorf("an answer to request %d, not %d", a.ID, c.last)
		case result != nil:
			err = json.Unmarshal(a.OK, result)
		}
		if err != nil {
			return &phone.Error{Code: phone.CodeMalformed, Op: op, Err: err}
		}
		return nil
	}
}

// ask sends a request.
func (c *Client) ask(ctx context.Context, op string, args any) error {
	c.last++
	req := Request{Version: Version, ID: c.last, Op: op}
	var err error
	if args != nil {
		if req.Args, err = encodeLine(args); err != nil {
			return &phone.Error{Code: phone.CodeInternal, Op: op, Err: err}
		}
	}
	line, err := encodeLine(req)
	if err != nil {
		return &phone.Error{Code: phone.CodeInternal, Op: op, Err: err}
	}
	if _, err := c.conn.Write(line); err != nil {
		// A server that does not want us says why before it hangs up.
		var told *Error
		if _, last := c.receive(ctx, op); errors.As(last, &told) {
			return told
		}
		return c.broken(ctx, op, err)
	}
	return nil
}

// Subscribe asks for events; NextEvent returns them.
func (c *Client) Subscribe(ctx context.Context) error {
	return c.Do(ctx, "events", nil, nil)
}

// NextEvent returns the next event, once there is one. It returns io.EOF when
// the program has ended.
func (c *Client) NextEvent(ctx context.Context) (Event, error) {
	if len(c.events) > 0 {
		e := c.events[0]
		c.events = c.events[1:]
		return e, nil
	}
	defer c.interruptible(ctx)()
	a, err := c.receive(ctx, "events")
	if err != nil {
		return Event{}, err
	}
	if a.Event == nil {
		return Event{}, &phone.Error{Code: phone.CodeMalformed, Op: "events", Err: errors.New("a line that is no event")}
	}
	return *a.Event, nil
}

// Quit asks the program to end and waits until it has closed the connection,
// which it does when all else is closed.
func (c *Client) Quit(ctx context.Context) error {
	err := c.Do(ctx, "quit", nil, nil)
	for err == nil {
		_, err = c.NextEvent(ctx)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// receive returns the next line; an error in it is returned as such.
func (c *Client) receive(ctx context.Context, op string) (Answer, error) {
	line, err := c.lines.ReadBytes('\n')
	if err != nil {
		return Answer{}, c.broken(ctx, op, err)
	}
	var a Answer
	if err := json.Unmarshal(line, &a); err != nil {
		return Answer{}, &phone.Error{Code: phone.CodeMalformed, Op: op, Err: err}
	}
	if a.Error != nil {
		return Answer{}, a.Error
	}
	if a.Version != Version {
		return Answer{}, &phone.Error{
			Code: phone.CodeState, Op: op,
			Err: fmt.Errorf("the running program speaks version %d of the protocol, this one %d", a.Version, Version),
		}
	}
	return a, nil
}

// interruptible makes ctx end what reads and writes, until stop is called.
func (c *Client) interruptible(ctx context.Context) (stop func() bool) {
	return context.AfterFunc(ctx, func() { _ = c.conn.SetDeadline(time.Now()) })
}

// broken classifies an error of the connection.
func (c *Client) broken(ctx context.Context, op string, err error) error {
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("%s: %w", op, ctx.Err())
	case errors.Is(err, io.EOF), errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ECONNRESET):
		return fmt.Errorf("%s: %w", op, io.EOF)
	}
	return &phone.Error{Code: phone.CodeUnreachable, Op: op, Err: err}
}
