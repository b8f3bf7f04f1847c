package sipua

import (
	"context"
	"log/slog"
	"maps"

	"github.com/emiago/sipgo/sip"
)

// maxDatagram is the most that a UDP packet can carry over IPv4, in bytes.
const maxDatagram = 65507

// The library keeps these in variables of its package, read by every user agent.
func init() {
	// It would refuse what is longer than this less 200; Send decides by itself
	// what goes by TCP (RFC 3261, 18.1.1).
	sip.UDPMTUSize = maxDatagram + 200
	sip.TransportBufferReadSize = 65535 // else a longer datagram would be cut off
	sip.SetDefaultLogger(slog.New(slog.DiscardHandler))
}

// newParser returns a parser that keeps a message with a Contact, Refer-To or
// Referred-By that it cannot read; the field is then there as text only.
func newParser() *sip.Parser {
	parsers := maps.Clone(sip.DefaultHeadersParser())
	for _, name := range []string{"contact", "m", "refer-to", "referred-by"} {
		parsers[name] = lenient(parsers[name])
	}
	p := sip.NewParser(sip.WithHeadersParsers(parsers))
	p.MaxMessageLength = maxMessage
	return p
}

func lenient(parse sip.HeaderParser) sip.HeaderParser {
	return func(name []byte, text string) (sip.Header, error) {
		header, err := parse(name, text)
		// The library tells of a comma between values by an error together with a header.
		if err != nil && err.Error() != "comma detected" {
			return sip.NewHeader(string(name), text), nil
		}
		return header, err
	}
}

// libraryLog hands the library's warnings on as debug lines, without the
// messages that it attaches to them.
type libraryLog struct{ slog.Handler }

func (h libraryLog) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, slog.LevelDebug)
}

func (h libraryLog) Handle(ctx context.Context, record slog.Record) error {
	quiet := slog.NewRecord(record.Time, slog.LevelDebug, "sipgo: "+record.Message, record.PC)
	record.Attrs(func(a slog.Attr) bool {
		if a.Key == "error" || a.Key == "tx" {
			quiet.AddAttrs(a)
		}
		return true
	})
	return h.Handler.Handle(ctx, quiet)
}

func (h libraryLog) WithAttrs([]slog.Attr) slog.Handler { return h }
func (h libraryLog) WithGroup(string) slog.Handler      { return h }
