package sipua

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/callward/callward/phone"
)

const (
	// maxMessage is the longest message that is read from a stream, in bytes: a text, and what stands around it.
	maxMessage = phone.MaxText + 32<<10
	// maxSkipped is the longest body that is passed over, so that a longer message than is read ends no connection.
	maxSkipped = 1 << 20
)

var (
	errFraming = errors.New("no end of the message can be found")
	errTooLong = errors.New("the message is too long")
)

// readMessage reads the next message of a stream (RFC 3261, 18.3). CRLF before
// it are keepalives: ping is called for a pair of them (RFC 5626, 3.5.1). With
// errFraming comes what was read so far, if anything: the stream cannot go on. With
// errTooLong come the headers alone, and it can.
func readMessage(in *bufio.Reader, ping func()) ([]byte, error) {
	if err := skipKeepalives(in, ping); err != nil {
		return nil, err
	}
	var message []byte
	length, start := -1, 0 // start is where the line began
	for {
		piece, err := in.ReadSlice('\n')
		if message = append(message, piece...); len(message) > maxMessage {
			return message, errFraming
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil {
			return nil, err
		}
		line := message[start:]
		start = len(message)
		if len(trimCRLF(line)) == 0 {
			break
		}
		if value, ok := contentLength(line); ok {
			if length, err = strconv.Atoi(value); err != nil || length < 0 {
				return message, errFraming
			}
		}
	}
	switch {
	case length < 0 || length > maxSkipped:
		return message, errFraming
	case len(message)+length > maxMessage:
		if _, err := in.Discard(length); err != nil {
			return nil, err
		}
		return message, errTooLong
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(in, body); err != nil {
		return nil, err
	}
	return append(message, body...), nil
}

// skipKeepalives stops at the first byte of a message. Those that came together
// are one ping: each would else cost an answer.
func skipKeepalives(in *bufio.Reader, ping func()) error {
	due := false
	for crlf := 1; ; crlf++ {
		if due && in.Buffered() == 0 {
			ping()
			due = false
		}
		start, err := in.Peek(1)
		if err != nil {
			return err
		}
		if start[0] != '\r' && start[0] != '\n' {
			if due {
				ping()
			}
			return nil
		}
		if _, err := in.ReadSlice('\n'); err != nil {
			return errFraming
		}
		due = due || crlf%2 == 0
	}
}

// contentLength returns the value of a Content-Length line.
func contentLength(line []byte) (value string, ok bool) {
	name, text, ok := bytes.Cut(line, []byte(":"))
	if !ok {
		return "", false
	}
	switch strings.ToLower(string(bytes.TrimSpace(name))) {
	case "content-length", "l":
		return string(bytes.TrimSpace(text)), true
	}
	return "", false
}

func trimCRLF(b []byte) []byte { return bytes.Trim(b, "\r\n") }
