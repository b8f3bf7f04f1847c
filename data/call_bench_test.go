package data_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// BenchmarkCalls lists a history of 100,000 calls: a page of it, and all.
func BenchmarkCalls(b *testing.B) {
	store := manyCalls(b, 100_000)
	for _, limit := range []int{50, 0} {
		b.Run(fmt.Sprintf("limit %d", limit), func(b *testing.B) {
			for b.Loop() {
				found, err := store.Calls(b.Context(), limit)
				require.NoError(b, err)
				require.NotEmpty(b, found)
			}
		})
	}
}

// BenchmarkCallKeys lays out and searches a history of 100,000 calls.
func BenchmarkCallKeys(b *testing.B) {
	store := manyCalls(b, 100_000)
	for _, q := range []phone.CallQuery{
		{},
		{Missed: true},
		{Since: noon.Add(99_900 * time.Minute)},
		{Search: "garcia", Limit: 200},
		{Search: "émilie garc", Limit: 200},
		{Search: "020 7946", Limit: 200}, // all
		{Search: "794 6123", Limit: 200}, // few of what begins alike
		{Search: "020 7946", Missed: true, Limit: 200},
		{Search: "nobody", Limit: 200},
		{Search: "a", Limit: 200},
		{Search: "1", Limit: 200},
		{Search: "ga", Limit: 200},
		{Search: "qx", Limit: 200},
		{Search: "garcia"},
		{Search: "pbx.example"},
	} {
		b.Run(fmt.Sprintf("%q,missed=%t,since=%t,limit=%d", q.Search, q.Missed, !q.Since.IsZero(), q.Limit), func(b *testing.B) {
			var took []time.Duration
			found := 0
			for b.Loop() {
				start := time.Now()
				keys, err := store.CallKeys(b.Context(), q)
				took = append(took, time.Since(start))
				require.NoError(b, err)
				found = len(keys)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2])/1e6, "median-ms")
			b.ReportMetric(float64(found), "calls")
		})
	}
}

// BenchmarkCallRows reads what a screen shows of a history of 100,000 calls.
func BenchmarkCallRows(b *testing.B) {
	store := manyCalls(b, 100_000)
	keys, err := store.CallKeys(b.Context(), phone.CallQuery{Missed: true})
	require.NoError(b, err)
	var rows []int64
	for _, key := range keys[1000:1040] {
		rows = append(rows, key.Row)
	}
	for b.Loop() {
		found, err := store.CallRows(b.Context(), rows)
		require.NoError(b, err)
		require.Len(b, found, 40)
	}
}

// BenchmarkSaveCall writes one call through to the disk, behind 100,000.
func BenchmarkSaveCall(b *testing.B) {
	store := manyCalls(b, 100_000)
	rec := record(b)
	for i := 0; b.Loop(); i++ {
		rec = party(b, 100_000+i, rec.Name, rec.Number)
		require.NoError(b, store.SaveCall(b.Context(), rec))
	}
}

// BenchmarkOpen opens a data folder with a history of 100,000 calls.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	require.NoError(b, fill(b, dir, 100_000).Close())
	for b.Loop() {
		store, err := data.Open(b.Context(), dir)
		require.NoError(b, err)
		require.NoError(b, store.Close())
	}
}

func manyCalls(b *testing.B, count int) *data.Store {
	store := fill(b, b.TempDir(), count)
	b.Cleanup(func() { require.NoError(b, store.Close()) })
	return store
}

// fill makes a history of count calls, one each minute: a tenth missed, nearly a
// third outgoing and without a name, of 5,000 numbers.
func fill(b *testing.B, dir string, count int) *data.Store {
	store, err := data.Open(b.Context(), dir)
	require.NoError(b, err)
	first := []string{"Anna", "Zoë", "Björn", "Oliver", "Amelia", "Jürgen", "Charlotte", "Søren", "Émilie", "Mohammed", "George", "Priya"}
	last := []string{"Smith", "Müller", "O'Brien", "Taylor", "Patel", "Andersson", "García", "Nowak", "Ødegaard", "Khan", "Davies"}
	random := rand.New(rand.NewPCG(1, 2))
	records := make([]phone.CallRecord, count)
	for i := range records {
		name := first[random.IntN(len(first))] + " " + last[random.IntN(len(last))]
		rec := party(b, i, name, fmt.Sprintf("+44207946%04d", random.IntN(5000)))
		switch random.IntN(10) {
		case 0:
			rec.Result, rec.Answered = phone.Missed, time.Time{}
		case 1, 2, 3:
			rec.Direction, rec.Name = phone.Out, ""
		}
		records[i] = rec
	}
	require.NoError(b, data.SaveAtOnce(b.Context(), store, records))
	return store
}
