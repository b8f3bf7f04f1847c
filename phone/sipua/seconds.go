package sipua

import (
	"strconv"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"
)

// seconds reads a header of whole seconds, to which a comment or parameters may be joined.
func seconds(header sip.Header) (time.Duration, bool) {
	if header == nil {
		return 0, false
	}
	text := header.Value()
	if end := strings.IndexAny(text, " \t;("); end >= 0 {
		text = text[:end]
	}
	return atoSeconds(text)
}

func atoSeconds(text string) (time.Duration, bool) {
	n, err := strconv.ParseUint(text, 10, 31)
	return time.Duration(n) * time.Second, err == nil
}
