package data_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// The texts of BenchmarkTexts, in threads of which the first is a long one.
const (
	manyTexts   = 1_000_000
	manyThreads = 10_000
	longThread  = 100_000
)

// BenchmarkTexts works with 1,000,000 texts in 10,000 threads, one of which has 100,000. CALLWARD_TEXTS names a folder to keep
// them in for the next time.
func BenchmarkTexts(b *testing.B) {
	dir := os.Getenv("CALLWARD_TEXTS")
	if dir == "" {
		dir = b.TempDir()
	}
	store := textsIn(b, dir)
	defer func() { require.NoError(b, store.Close()) }()
	ctx := b.Context()
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			require.NoError(b, store.Close())
			store = textsIn(b, dir)
		}
	})
	for _, q := range []phone.ThreadQuery{{}, {Unread: true}, {Offset: 9_900}, {Search: "12345"}, {Search: "nobody"}} {
		q.Limit = 60
		b.Run(fmt.Sprintf("threads,unread=%t,search=%q,offset=%d", q.Unread, q.Search, q.Offset), func(b *testing.B) {
			median(b, func() {
				_, _, err := store.Threads(ctx, q)
				require.NoError(b, err)
			})
		})
	}
	b.Run("unseen", func(b *testing.B) {
		median(b, func() {
			_, err := store.UnseenTexts(ctx)
			require.NoError(b, err)
		})
	})
	for name, q := range map[string]phone.TimelineQuery{
		"end": {Back: true}, "begin": {}, "middle": {From: phone.Place{Row: textTime(manyTexts / 2).UnixMilli(), Kind: phone.PlaceText}, Back: true},
	} {
		q.Number, q.Limit = textNumber(0), 100
		b.Run("timeline,"+name, func(b *testing.B) {
			median(b, func() {
				found, err := store.Timeline(ctx, q)
				require.NoError(b, err)
				require.Len(b, found, q.Limit)
			})
		})
	}
	benchSearches(b, store)
	benchTextWrites(b, store)
}

func benchSearches(b *testing.B, store *data.Store) {
	for _, search := range []string{"a", "th", "the", "tomorrow", "the tomorrow", "oddly tomorrow", "w0017", "w0017 w0019", "rarest", "nowhere", "7", "tomo", "w", "rar the", "東京", "京"} {
		for _, before := range []int64{0, textTime(manyTexts / 2).UnixMilli()} {
			b.Run(fmt.Sprintf("search=%q,before=%t", search, before > 0), func(b *testing.B) {
				count := 0
				median(b, func() {
					found, err := store.SearchTexts(b.Context(), phone.TextSearch{Text: search, Before: before, Limit: 50})
					require.NoError(b, err)
					count = len(found)
				})
				b.ReportMetric(float64(count), "texts")
			})
		}
	}
}

func benchTextWrites(b *testing.B, store *data.Store) {
	ctx, random := b.Context(), rand.New(rand.NewPCG(5, 6))
	next := manyTexts
	b.Run("add one", func(b *testing.B) {
		median(b, func() {
			next++
			t := textNo(b, random, next)
			_, err := store.AddTexts(ctx, []phone.QueuedText{t}, nil, false)
			require.NoError(b, err)
		})
	})
	b.Run("add 1000", func(b *testing.B) {
		median(b, func() {
			list := make([]phone.QueuedText, 1000)
			for i := range list {
				next++
				list[i] = textNo(b, random, next)
				list[i].Time = textTime(next / 1000 * 1000) // of one moment
			}
			_, err := store.AddTexts(ctx, list, nil, false)
			require.NoError(b, err)
		})
	})
	b.Run("see", func(b *testing.B) {
		median(b, func() { require.NoError(b, store.SeeTexts(ctx, textNumber(0), textTime(next).UnixMilli())) })
	})
	b.Run("in row", func(b *testing.B) {
		median(b, func() {
			_, err := store.AutomaticInRow(ctx, textNumber(0), time.Time{}, time.Minute)
			require.NoError(b, err)
		})
	})
	b.Run("delete long thread and back", func(b *testing.B) {
		median(b, func() {
			at, err := store.DeleteThread(ctx, textNumber(0))
			require.NoError(b, err)
			require.NoError(b, store.RestoreThread(ctx, textNumber(0), at))
		})
	})
}

// textsIn opens a folder, and fills it where it is empty.
func textsIn(b *testing.B, dir string) *data.Store {
	store, err := data.Open(b.Context(), dir)
	require.NoError(b, err)
	if _, total, err := store.Threads(b.Context(), phone.ThreadQuery{Limit: 1}); err != nil || total > 0 {
		require.NoError(b, err)
		return store
	}
	random := rand.New(rand.NewPCG(1, 2))
	start := time.Now()
	for part := range slices.Chunk(slices.Collect(func(yield func(int) bool) {
		for i := 0; i < manyTexts && yield(i); i++ {
		}
	}), 10_000) {
		list := make([]phone.QueuedText, len(part))
		for i, n := range part {
			list[i] = textNo(b, random, n)
		}
		_, err := store.AddTexts(b.Context(), list, nil, false)
		require.NoError(b, err)
	}
	b.Logf("%d texts written in %v", manyTexts, time.Since(start).Round(time.Second))
	return store
}

func textTime(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }

func textNumber(thread int) string { return fmt.Sprintf("+4420%08d", thread) }

// textNo is a text of some 12 words, few of which are common: "the" is in two of three, "oddly" in every other, and "tomorrow" in
// one of ten, never with "oddly".
func textNo(tb testing.TB, random *rand.Rand, n int) phone.QueuedText {
	id, err := data.NewID()
	require.NoError(tb, err)
	said := make([]string, 0, 16)
	for range 12 {
		said = append(said, fmt.Sprintf("%c%04d", 'a'+random.IntN(26), int(random.ExpFloat64()*200)))
	}
	if n%3 > 0 {
		said[1] = "the"
	}
	if n%2 == 1 {
		said[2] = "oddly"
	}
	if n%10 == 0 {
		said[3] = "tomorrow,"
	}
	if n%100_000 == 77 {
		said[5] = "rarest"
	}
	if n%20 == 0 {
		said[6] = "東京都"
	}
	thread := 0
	if n%10 > 0 {
		thread = 1 + random.IntN(manyThreads-1)
	}
	t := phone.QueuedText{Text: phone.Text{
		ID: phone.TextID(id), Direction: phone.In, Number: textNumber(thread), Via: "1001@pbx.example", Body: strings.Join(said, " "),
		Time: textTime(n), State: phone.TextReceived, Seen: n < manyTexts*99/100, Origin: id,
	}}
	if random.IntN(2) == 0 {
		t.Direction, t.State, t.Seen, t.Origin, t.CallID = phone.Out, phone.TextSent, false, "", id
	}
	return t
}
