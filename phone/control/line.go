package control

import (
	"bufio"
	"bytes"
	"errors"
)

// maxLine is the longest request that is read, in bytes.
const maxLine = 1 << 20

var errTooLong = errors.New("line too long")

// readLine returns the next line without its end. A line longer than maxLine is
// read to its end, of which nothing is kept, and errTooLong returned. A last
// line without an end counts as one.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for tooLong := false; ; {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > maxLine+1 {
			tooLong, line = true, nil
		}
		if !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (tooLong || len(line) == 0):
			return nil, err
		case tooLong:
			return nil, errTooLong
		}
		return bytes.TrimSuffix(line, []byte("\n")), nil
	}
}
