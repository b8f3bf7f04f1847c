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

// BenchmarkContacts lists, searches and reads 100,000 contacts with two numbers each.
func BenchmarkContacts(b *testing.B) {
	dir := b.TempDir()
	saved := manyContacts(b, 100_000)
	store, err := data.Open(b.Context(), dir)
	require.NoError(b, err)
	start := time.Now()
	require.NoError(b, store.SaveContacts(b.Context(), saved))
	b.Logf("saved %d contacts in %v", len(saved), time.Since(start))
	require.NoError(b, store.Close())
	b.Run("names, after a start", func(b *testing.B) { benchmarkNames(b, dir, len(saved)) })

	store, err = data.Open(b.Context(), dir)
	require.NoError(b, err)
	for _, q := range []phone.ContactQuery{
		{},
		{Offset: 50_000},
		{Offset: 99_936},
		{Search: "g"},
		{Search: "ga"},
		{Search: "gar"},
		{Search: "émilie garcia"},
		{Search: "0"},
		{Search: "020 7946"},        // a hundredth of the numbers
		{Search: "+44 20 7946 123"}, // few
		{Search: "nobody"},
		{Search: "x", Offset: 60_000},
	} {
		q.Limit = 64
		b.Run(fmt.Sprintf("%q,offset=%d", q.Search, q.Offset), func(b *testing.B) {
			found := 0
			median(b, func() {
				_, total, err := store.Contacts(b.Context(), q)
				require.NoError(b, err)
				found = total
			})
			b.ReportMetric(float64(found), "contacts")
		})
	}
	b.Run("save one, and list", func(b *testing.B) {
		i := 0
		median(b, func() {
			i++
			require.NoError(b, store.SaveContacts(b.Context(), saved[i:i+1]))
			_, _, err := store.Contacts(b.Context(), phone.ContactQuery{Limit: 64})
			require.NoError(b, err)
		})
	})
	require.NoError(b, store.Close())
}

// benchmarkNames reads the numbers of all contacts, as at a start.
func benchmarkNames(b *testing.B, dir string, contacts int) {
	for b.Loop() {
		b.StopTimer()
		store, err := data.Open(b.Context(), dir)
		require.NoError(b, err)
		b.StartTimer()
		count := 0
		require.NoError(b, store.ContactNames(b.Context(), "", func(string, phone.ContactName) error {
			count++
			return nil
		}))
		b.StopTimer()
		require.Equal(b, 2*contacts, count)
		require.NoError(b, store.Close())
		b.StartTimer()
	}
}

// median runs work again and again and reports the time that half of the runs took at most.
func median(b *testing.B, work func()) {
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		work()
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2])/1e6, "median-ms")
	b.ReportMetric(float64(took[len(took)-1])/1e6, "worst-ms")
}

// manyContacts are contacts with two numbers each, a tenth of them companies.
func manyContacts(tb testing.TB, count int) []phone.Contact {
	random := rand.New(rand.NewPCG(3, 4))
	contacts := make([]phone.Contact, count)
	for i := range contacts {
		id, err := data.NewID()
		require.NoError(tb, err)
		name, company := manyNames(random), ""
		if i%10 == 0 {
			name, company = "", fmt.Sprintf("%s & Sons %d", name, i)
		}
		contacts[i] = phone.Contact{ID: phone.ContactID(id), Name: name, Company: company}
		for place, label := range []string{"work", "mobile"} {
			number := fmt.Sprintf("%09d", (2*i+place)*4999%1_000_000_000)
			contacts[i].Numbers = append(contacts[i].Numbers, phone.ContactNumber{
				Label: label, Text: "020 " + number[:4] + " " + number[4:], Number: "+4420" + number,
			})
		}
	}
	return contacts
}

// manyNames returns a name; there are some hundred thousand.
func manyNames(random *rand.Rand) string {
	first := []string{"Anna", "Zoë", "Björn", "Oliver", "Amelia", "Jürgen", "Charlotte", "Søren", "Émilie", "Mohammed", "George", "Priya"}
	last := []string{"Smith", "Müller", "O'Brien", "Taylor", "Patel", "Andersson", "García", "Nowak", "Ødegaard", "Khan", "Davies"}
	return fmt.Sprintf("%s %c. %s-%s", first[random.IntN(len(first))], 'A'+rune(random.IntN(26)), last[random.IntN(len(last))], last[random.IntN(len(last))])
}
