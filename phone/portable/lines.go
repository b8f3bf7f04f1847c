package portable

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	// maxLine is the longest line, in bytes, that is given whole.
	maxLine = 1 << 20
	// piece is how much of a line is looked for its end at once.
	piece = 64 << 10
)

// lines reads a text line by line, whether they end in CRLF, LF or CR. A mark at its beginning chooses
// UTF-8 or UTF-16; where there is none, the bytes of a line are as in the file.
type lines struct {
	scan *bufio.Scanner
	// number is that of the line that next gave last, from 1 on.
	number int
	// wide tells that the file is UTF-16: its lines are given as UTF-8.
	wide  bool
	ended bool
	buf   []byte
	// back are lines that were given back, the next one last.
	back [][]byte
}

func newLines(r io.Reader) *lines {
	in := bufio.NewReader(r)
	l := &lines{}
	mark, _ := in.Peek(3) // an error comes again with the first line
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		_, _ = in.Discard(3)
	case bytes.HasPrefix(mark, []byte("\xff\xfe")), bytes.HasPrefix(mark, []byte("\xfe\xff")):
		l.wide = true
	}
	var src io.Reader = in
	if l.wide {
		src = transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	}
	l.scan = bufio.NewScanner(src)
	l.scan.Buffer(make([]byte, piece), 2*piece)
	l.scan.Split(l.split)
	return l
}

// next returns the next line without its end, valid until the next call, or io.EOF. Of one
// that is longer than maxLine it returns the beginning, and cut.
func (l *lines) next() (line []byte, cut bool, err error) {
	if n := len(l.back); n > 0 {
		line, l.back = l.back[n-1], l.back[:n-1]
		l.number++
		return line, len(line) > maxLine, nil
	}
	l.buf = l.buf[:0]
	for l.scan.Scan() {
		part := l.scan.Bytes()
		if l.ended && len(l.buf) == 0 {
			l.number++
			return part, false, nil
		}
		l.buf = append(l.buf, part[:min(len(part), maxLine+1-len(l.buf))]...)
		if l.ended {
			l.number++
			return l.buf, len(l.buf) > maxLine, nil
		}
	}
	if err := l.scan.Err(); err != nil {
		return nil, false, unreadable(err)
	}
	if len(l.buf) > 0 {
		l.number++
		return l.buf, len(l.buf) > maxLine, nil
	}
	return nil, false, io.EOF
}

// giveBack makes next return lines once more; they are the last that it gave, in order.
func (l *lines) giveBack(last [][]byte) {
	l.number -= len(last)
	for i := len(last) - 1; i >= 0; i-- {
		l.back = append(l.back, last[i])
	}
}

// split finds the end of a line, or takes a piece of one.
func (l *lines) split(data []byte, atEOF bool) (advance int, token []byte, err error) {
	end := bytes.IndexByte(data, '\n')
	if end < 0 {
		end = len(data)
	}
	if cr := bytes.IndexByte(data[:end], '\r'); cr >= 0 {
		end = cr
	}
	// A CR that comes last may be half of a CRLF.
	last := end == len(data) || end+1 == len(data) && data[end] == '\r'
	switch {
	case len(data) == 0, last && !atEOF && len(data) < piece:
		return 0, nil, nil
	case last && !atEOF:
		l.ended = false
		return end, data[:end], nil
	}
	l.ended = true
	advance = min(end+1, len(data))
	if bytes.HasPrefix(data[end:], []byte("\r\n")) {
		advance++
	}
	return advance, data[:end], nil
}

// toText returns bytes as text: UTF-8, also where a part of it is damaged, else windows-1252.
func toText(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	for i := 0; i < len(b); {
		_, size := utf8.DecodeRune(b[i:])
		if size > 1 {
			return strings.ToValidUTF8(string(b), "\uFFFD")
		}
		i += size
	}
	text, _ := charmap.Windows1252.NewDecoder().Bytes(b) // every byte has a meaning there
	return string(text)
}
