package view

import (
	"fmt"
	"time"

	"github.com/callward/callward/phone"
)

// grade says how well a stream does: 1 (bad), 2 (fair) or 3 (good), and its figures.
func grade(w Words, q phone.Quality) (bars int, figures string) {
	switch {
	case q.Loss > 0.05 || q.Jitter > 60*time.Millisecond || q.RoundTrip > 500*time.Millisecond:
		bars = 1
	case q.Loss > 0.01 || q.Jitter > 30*time.Millisecond || q.RoundTrip > 250*time.Millisecond:
		bars = 2
	default:
		bars = 3
	}
	trip := w.L("not known yet")
	if q.RoundTrip > 0 {
		trip = fmt.Sprintf("%d ms", q.RoundTrip.Milliseconds())
	}
	figures = w.L("Loss {{.Loss}} %, jitter {{.Jitter}} ms, round trip {{.Trip}}", map[string]any{
		"Loss": fmt.Sprintf("%.1f", 100*q.Loss), "Jitter": q.Jitter.Milliseconds(), "Trip": trip,
	})
	return bars, figures
}

// statusText writes a SIP status as in SIP 486.
func statusText(status int) string { return fmt.Sprintf("SIP %d", status) }
