package sipua

import (
	"bufio"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

func TestMessagesOfAStream(t *testing.T) {
	one := "OPTIONS sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n"
	two := "MESSAGE sip:a SIP/2.0\r\nl : 5\r\n\r\nhello"
	for name, read := range map[string]func(io.Reader) io.Reader{
		"whole": func(r io.Reader) io.Reader { return r }, "byte by byte": iotest.OneByteReader,
	} {
		t.Run(name, func(t *testing.T) {
			pings := 0
			in := bufio.NewReaderSize(read(strings.NewReader(one+"\r\n\r\n"+two+"\r\n"+one)), 16)
			for _, want := range []string{one, two, one} {
				got, err := readMessage(in, func() { pings++ })
				require.NoError(t, err)
				require.Equal(t, want, string(got))
			}
			_, err := readMessage(in, func() {})
			require.ErrorIs(t, err, io.EOF)
			require.Equal(t, 1, pings)
		})
	}
}

func TestKeepalivesThatCameTogetherAreOnePing(t *testing.T) {
	for text, want := range map[string]int{
		"\r\n": 0, "\r\n\r\n": 1, strings.Repeat("\r\n", 1000): 1, strings.Repeat("\r\n", 1000) + "OPTIONS": 1,
	} {
		pings := 0
		_, err := readMessage(bufio.NewReader(strings.NewReader(text)), func() { pings++ })
		require.ErrorIs(t, err, io.EOF)
		require.Equal(t, want, pings, "%.20q", text)
	}
}

func TestStreamsThatCannotGoOn(t *testing.T) {
	for name, text := range map[string]string{
		"no length":     "OPTIONS sip:a SIP/2.0\r\nTo: x\r\n\r\n",
		"bad length":    "OPTIONS sip:a SIP/2.0\r\nContent-Length: five\r\n\r\n",
		"below nothing": "OPTIONS sip:a SIP/2.0\r\nContent-Length: -5\r\n\r\n",
		"too long":      "OPTIONS sip:a SIP/2.0\r\nContent-Length: 2000000\r\n\r\n",
		"endless":       "OPTIONS sip:a SIP/2.0\r\n" + strings.Repeat("x", 100000),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readMessage(bufio.NewReader(strings.NewReader(text)), func() {})
			require.ErrorIs(t, err, errFraming)
		})
	}
	_, err := readMessage(bufio.NewReader(strings.NewReader("OPTIONS sip:a SIP/2.0\r\nl: 9\r\n\r\nshort")), func() {})
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

func TestAStreamGoesOnAfterWhatIsTooLong(t *testing.T) {
	head, next := "MESSAGE sip:a SIP/2.0\r\nl: 1000000\r\n\r\n", "OPTIONS sip:a SIP/2.0\r\nl: 0\r\n\r\n"
	in := bufio.NewReader(strings.NewReader(head + strings.Repeat("x", 1_000_000) + next))
	got, err := readMessage(in, func() {})
	require.Equal(t, errTooLong, err)
	require.Equal(t, head, string(got))
	got, err = readMessage(in, func() {})
	require.NoError(t, err)
	require.Equal(t, next, string(got))
}

func FuzzStream(f *testing.F) {
	f.Add("\r\n\r\nOPTIONS sip:a SIP/2.0\r\nl: 2\r\n\r\nab\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		in := bufio.NewReaderSize(strings.NewReader(text), 16)
		for read := 0; ; {
			message, err := readMessage(in, func() {})
			if read += len(message); err != nil {
				require.LessOrEqual(t, read, len(text))
				return
			}
			require.NotEmpty(t, message)
		}
	})
}
