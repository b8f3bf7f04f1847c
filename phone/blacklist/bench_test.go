package blacklist_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/blacklist"
)

const million = 1_000_000

func listed(n int) string { return fmt.Sprintf("+4420%08d", n) }

// all are the numbers of a long list.
var all = sync.OnceValue(func() []string {
	numbers := make([]string, million)
	for n := range numbers {
		numbers[n] = listed(n)
	}
	return numbers
})

// loaded is a list with a million numbers and some prefixes.
func loaded(b *testing.B) *blacklist.List {
	b.Helper()
	list := blacklist.New()
	load(b, list, all())
	b.ResetTimer()
	return list
}

func load(b *testing.B, list *blacklist.List, numbers []string) {
	err := list.Load(func(yield func(phone.Rule) error) error {
		one := make([]string, 1)
		for n, number := range numbers {
			one[0] = number
			if err := yield(phone.Rule{Row: int64(n + 1), Kind: phone.KindNumber, Mode: phone.BlockAll, Numbers: one}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for n := range 1000 {
		list.Put(rule(int64(million+1+n), phone.KindPrefix, phone.BlockAll, fmt.Sprintf("+9%d", 1000+n)))
	}
}

func BenchmarkMatch(b *testing.B) {
	list := loaded(b)
	for name, number := range map[string]func(n int) []string{
		"hit":    func(n int) []string { return []string{listed(n * 7919 % million)} },
		"miss":   func(n int) []string { return []string{fmt.Sprintf("+4930%08d", n*7919%million)} },
		"prefix": func(n int) []string { return []string{fmt.Sprintf("+9%d%08d", 1000+n%1000, n)} },
	} {
		b.Run(name, func(b *testing.B) {
			asked := make([][]string, 1<<14)
			for n := range asked {
				asked[n] = number(n)
			}
			b.ReportAllocs()
			b.ResetTimer()
			for n := range b.N {
				list.Match(asked[n%len(asked)], now)
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	var before, after runtime.MemStats
	all()
	runtime.GC()
	runtime.ReadMemStats(&before)
	b.ResetTimer()
	list := blacklist.New()
	for range b.N {
		load(b, list, all())
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB")
	runtime.KeepAlive(list)
}

func BenchmarkPut(b *testing.B) {
	list := loaded(b)
	b.ResetTimer()
	for n := range b.N {
		list.Put(rule(int64(2*million+n), phone.KindNumber, phone.BlockAll, listed(million+n)))
	}
}

func BenchmarkDrop(b *testing.B) {
	list := loaded(b)
	b.ResetTimer()
	for n := range b.N {
		list.Drop(int64(n%million + 1))
	}
}

// BenchmarkWait measures how long a look-up waits at most while the list grows.
func BenchmarkWait(b *testing.B) {
	var longest time.Duration
	for range b.N {
		list := loaded(b)
		var work sync.WaitGroup
		stop := make(chan struct{})
		work.Go(func() {
			for n := range 3 * million / 4 {
				list.Put(rule(int64(2*million+n), phone.KindNumber, phone.BlockAll, listed(million+n)))
			}
			close(stop)
		})
		for n, going := 0, true; going; n++ {
			select {
			case <-stop:
				going = false
			default:
			}
			began := time.Now()
			list.Match([]string{listed(n % million)}, now)
			longest = max(longest, time.Since(began))
		}
		work.Wait()
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "ms/longest")
}
