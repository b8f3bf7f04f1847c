package data_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// BenchmarkInbox lists, searches and counts 10,000 messages, none of which was heard.
func BenchmarkInbox(b *testing.B) {
	store, err := data.Open(b.Context(), b.TempDir())
	require.NoError(b, err)
	defer store.Close()
	list := make([]phone.Voicemail, 10_000)
	for i := range list {
		v := message(phone.VoicemailID(fmt.Sprint(i)), fmt.Sprintf("Caller %d", i%500), i)
		v.Number, v.Blocked, v.Wave = fmt.Sprintf("+44207946%04d", i%500), i%10 == 0, make([]byte, phone.MaxWave)
		list[i] = v
	}
	require.NoError(b, store.AddVoicemails(b.Context(), list))
	for _, q := range []phone.VoicemailQuery{
		{},
		{Filter: phone.UnheardVoicemails},
		{Filter: phone.BlockedVoicemails},
		{Numbers: []string{"+442079460018"}},
		{Numbers: []string{"1003"}}, // of nobody
		{Search: "caller 77"},
		{Search: "020 7946"}, // all
		{Search: "nobody"},
		{Offset: 9_950},
	} {
		q.Limit = 50
		b.Run(fmt.Sprintf("%q,search=%q,numbers=%v,offset=%d", q.Filter, q.Search, q.Numbers, q.Offset), func(b *testing.B) {
			median(b, func() {
				_, _, err := store.Voicemails(b.Context(), q)
				require.NoError(b, err)
			})
		})
	}
	b.Run("counts", func(b *testing.B) {
		median(b, func() {
			counts, err := store.VoicemailCounts(b.Context())
			require.NoError(b, err)
			require.Equal(b, phone.VoicemailCounts{Unheard: 9_000, Blocked: 1_000, All: 10_000}, counts)
		})
	})
}
