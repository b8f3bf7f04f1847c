package data_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// BenchmarkEntries imports a million entries, and reads, lists, searches and changes them.
func BenchmarkEntries(b *testing.B) {
	const count = 1_000_000
	dir := b.TempDir()
	store, err := data.Open(b.Context(), dir)
	require.NoError(b, err)
	start := time.Now()
	importMany(b, store, count)
	b.Logf("imported %d entries in %v", count, time.Since(start))
	b.Run("import again", func(b *testing.B) {
		for b.Loop() {
			report := importMany(b, store, count)
			require.Equal(b, count, report.Unchanged)
		}
	})
	b.Run("rules", func(b *testing.B) {
		median(b, func() { benchmarkRules(b, store, count) })
	})
	require.NoError(b, store.Close())
	b.Run("open, and rules", func(b *testing.B) {
		median(b, func() {
			store, err := data.Open(b.Context(), dir)
			require.NoError(b, err)
			opened := time.Now()
			benchmarkRules(b, store, count)
			b.ReportMetric(float64(time.Since(opened))/1e6, "rules-ms")
			require.NoError(b, store.Close())
		})
	})
	b.Run("the first part, after a start", func(b *testing.B) { benchmarkFirstPart(b, dir) })

	store, err = data.Open(b.Context(), dir)
	require.NoError(b, err)
	benchmarkParts(b, store, count)
	benchmarkChanges(b, store)
	require.NoError(b, store.Close())
}

func benchmarkRules(b *testing.B, store *data.Store, count int) {
	found := 0
	require.NoError(b, store.Rules(b.Context(), noon, nil, func(phone.Rule) error {
		found++
		return nil
	}))
	require.Equal(b, count, found)
}

// benchmarkFirstPart shows the list for the first time since the program started.
func benchmarkFirstPart(b *testing.B, dir string) {
	for b.Loop() {
		b.StopTimer()
		store, err := data.Open(b.Context(), dir)
		require.NoError(b, err)
		b.StartTimer()
		_, _, err = store.Entries(b.Context(), phone.EntryQuery{Limit: 64}, noon)
		b.StopTimer()
		require.NoError(b, err)
		require.NoError(b, store.Close())
		b.StartTimer()
	}
}

// benchmarkParts reads parts of the list in each order, and of what searches find.
func benchmarkParts(b *testing.B, store *data.Store, count int) {
	var queries []phone.EntryQuery
	for _, order := range []phone.EntryOrder{phone.OrderNewest, phone.OrderName, phone.OrderNumber, phone.OrderBlocked} {
		for _, offset := range []int{0, count / 2, count - 64} {
			queries = append(queries, phone.EntryQuery{Order: order, Offset: offset})
		}
	}
	for _, search := range []string{"g", "ga", "gar", "garcia", "émilie garcia", "0", "07", "020 7946", "+44 20 7946 123", "nobody"} {
		queries = append(queries, phone.EntryQuery{Search: search}, phone.EntryQuery{Search: search, Order: phone.OrderName})
	}
	for _, q := range queries {
		q.Limit = 64
		b.Run(fmt.Sprintf("%s,%q,offset=%d", q.Order, q.Search, q.Offset), func(b *testing.B) {
			found := 0
			median(b, func() {
				_, total, err := store.Entries(b.Context(), q, noon)
				require.NoError(b, err)
				found = total
			})
			b.ReportMetric(float64(found), "entries")
		})
	}
}

// benchmarkChanges writes single entries behind a million.
func benchmarkChanges(b *testing.B, store *data.Store) {
	random := rand.New(rand.NewPCG(5, 6))
	i := 0
	b.Run("save one", func(b *testing.B) {
		median(b, func() {
			i++
			_, err := store.SaveEntry(b.Context(), manyEntry(b, random, 2_000_000+i))
			require.NoError(b, err)
		})
	})
	b.Run("save one, and list", func(b *testing.B) {
		median(b, func() {
			i++
			_, err := store.SaveEntry(b.Context(), manyEntry(b, random, 2_000_000+i))
			require.NoError(b, err)
			_, _, err = store.Entries(b.Context(), phone.EntryQuery{Limit: 64}, noon)
			require.NoError(b, err)
		})
	})
	b.Run("screened", func(b *testing.B) {
		median(b, func() {
			log := make([]phone.Screened, 64)
			for at := range log {
				log[at] = phone.Screened{
					Time: noon, Kind: phone.ScreenedCall, Number: "+442079460018", Account: "1001@pbx.example",
					Verdict: phone.Verdict{Mode: phone.BlockAll, Kind: phone.KindNumber, Row: 1 + random.Int64N(1_000_000), Header: "From"},
				}
			}
			require.NoError(b, store.SaveScreened(b.Context(), log))
		})
	})
}

func importMany(b *testing.B, store *data.Store, count int) (report phone.ImportReport) {
	random := manyRandom()
	require.NoError(b, store.ImportEntries(b.Context(), func(yield func(phone.Entry) error) error {
		for i := range count {
			if err := yield(manyEntry(b, random, i)); err != nil {
				return err
			}
		}
		return nil
	}, &report))
	return report
}

func manyRandom() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// manyEntry is an entry of a number, in no order; half have a name.
func manyEntry(b testing.TB, random *rand.Rand, i int) phone.Entry {
	id, err := data.NewID()
	require.NoError(b, err)
	number := fmt.Sprintf("%09d", i*499_979%1_000_000_000)
	e := phone.Entry{
		ID: phone.EntryID(id), Kind: phone.KindNumber, Mode: phone.AllowVoicemails,
		Number: "+4420" + number, Text: "020 " + number[:4] + " " + number[4:], Since: noon,
	}
	name := manyNames(random)
	if i%2 == 0 {
		e.Name = name
	}
	if i%5 == 0 {
		e.Mode = phone.BlockAll
	}
	return e
}
