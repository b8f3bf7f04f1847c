package control

import (
	"bufio"
	"bytes"
	"errors"
)

// maxLine is the longest request that is read, in bytes.
const maxLine = 1 << 20

var errTooLong = errors.New("line too long")

// readLine returns the next line without its end. A line of more than limit
// bytes is read to its end, of which nothing is kept, and errTooLong returned.
// A last line without an end counts as one.
func readLine(r *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	for tooLong := false; ; {
		part, err := r.ReadSlice('\n')
		text, ended := bytes.CutSuffix(part, []byte("\n"))
		if len(line)+len(text) > limit {
			tooLong, line = true, nil
		}
		if !tooLong {
			line = append(line, text...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case tooLong:
			return nil, errTooLong
		case ended || len(line) > 0:
			return line, nil
		}
		return nil, err
	}
}
