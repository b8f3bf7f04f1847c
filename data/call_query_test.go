package data_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// party is a call of somebody, begun a minute after the one of the index before.
func party(t testing.TB, i int, name, number string) phone.CallRecord {
	rec := record(t)
	rec.Name, rec.Number = name, number
	rec.Started = noon.Add(time.Duration(i) * time.Minute)
	return rec
}

func save(t testing.TB, store *data.Store, records ...phone.CallRecord) {
	t.Helper()
	require.NoError(t, data.SaveAtOnce(t.Context(), store, records))
}

// chosen returns the calls that q chooses.
func chosen(ctx context.Context, t require.TestingT, store *data.Store, q phone.CallQuery) []phone.CallRecord {
	keys, err := store.CallKeys(ctx, q)
	require.NoError(t, err)
	rows := make([]int64, len(keys))
	for i, key := range keys {
		require.Positive(t, key.Row)
		rows[i] = key.Row
	}
	found, err := store.CallRows(ctx, rows)
	require.NoError(t, err)
	for i, rec := range found {
		require.Equal(t, keys[i].Started, rec.Started)
	}
	return found
}

func TestASearchFindsACallByNameAndNumber(t *testing.T) {
	store := open(t, t.TempDir())
	zoe := party(t, 0, "Zoë O'Brien", "+442079460018")
	mueller := party(t, 1, `Jürgen "Jo" MÜLLER`, "+493012345678")
	office := party(t, 2, "", "1001")
	elsewhere := party(t, 3, "Anna 100%_*", "anna.example@other.example")
	elsewhere.Account = "Sales@office.example"
	save(t, store, zoe, mueller, office, elsewhere)
	of := map[phone.CallID]string{zoe.ID: "zoe", mueller.ID: "mueller", office.ID: "office", elsewhere.ID: "anna"}
	for search, want := range map[string]string{
		"":   "anna office mueller zoe",
		"  ": "anna office mueller zoe",
		// Names, whatever their case and accents.
		"Zoë O'Brien": "zoe", "zoe": "zoe", "ZOË": "zoe", "zoe\u0308": "zoe", "o'b": "zoe",
		"muller": "mueller", "MÜLLER": "mueller", `"jo" mul`: "mueller", "jürgen": "mueller", " jo ": "mueller",
		"100%": "anna", "%_*": "anna", "zo_": "", "a*": "", "NOT": "", "zoe OR jo": "", "name:zoe": "",
		// Short texts.
		"z": "zoe", "Ë": "anna mueller zoe", "oë": "zoe", "oe": "zoe", "ü": "mueller", `"`: "mueller", "'": "zoe", "n\"": "", "qx": "", "jo": "mueller",
		"le": "anna mueller", // not of the accounts, 1001@pbx.example
		// Numbers, however they are written.
		"+442079460018": "zoe", "020 7946 0018": "zoe", "020 7946": "zoe", "(020) 7946-0018": "zoe", "0044 20 7946": "zoe",
		"+44 (0)20 7946 0018": "zoe", "7946/0018": "zoe", "020\u00a07946\u20130018": "zoe", "030 1234": "mueller", "79 46": "zoe",
		"1001": "office",
		"018":  "zoe", "0": "anna office mueller zoe", "44": "zoe", "08": "zoe mueller", "020 7947": "", "99": "", "+": "mueller zoe",
		// Addresses.
		"anna.exam": "anna", "@other": "anna", "SALES@": "", "pbx.example": "",
		// What cannot be.
		"zo\x00ë": "zoe", "\x00": "anna office mueller zoe", "\xff": "anna office mueller zoe", "\u0308": "anna office mueller zoe",
	} {
		t.Run(search, func(t *testing.T) {
			var found []string
			for _, rec := range chosen(t.Context(), t, store, phone.CallQuery{Search: search}) {
				found = append(found, of[rec.ID])
			}
			require.ElementsMatch(t, strings.Fields(want), found)
		})
	}
}

func TestASearchFindsACallAsItIsNow(t *testing.T) {
	store := open(t, t.TempDir())
	rec := party(t, 0, "Anna", "1001")
	rec.Account, rec.Result = "office@pbx.example", phone.Missed
	for _, tt := range []struct {
		change    func()
		was, is   string
		notMissed bool
	}{
		{func() {}, "nobody", "anna", false},
		{func() { rec.Name = "Zoë" }, "anna", "zoe", false},
		{func() { rec.Number = "+442079460018" }, "1001", "020 7946", false},
		{func() { rec.Result = phone.Answered }, "pbx", "zoe", true},
		{func() { rec.Reason = "The caller gave up." }, "gave up", "zoe", true},
	} {
		tt.change()
		require.NoError(t, store.SaveCall(t.Context(), rec))
		require.Empty(t, chosen(t.Context(), t, store, phone.CallQuery{Search: tt.was}))
		require.Equal(t, []phone.CallRecord{rec}, chosen(t.Context(), t, store, phone.CallQuery{Search: tt.is}))
		require.Equal(t, tt.notMissed, len(chosen(t.Context(), t, store, phone.CallQuery{Search: tt.is, Missed: true})) == 0)
	}
}

// Whatever was saved, changed and deleted: a search finds what a look at each call would.
func TestASearchFindsWhatIsThere(t *testing.T) {
	store := open(t, t.TempDir())
	text := rapid.StringOfN(rapid.SampledFrom([]rune("abAB01 .\"'")), 0, 5, -1)
	rapid.Check(t, func(rt *rapid.T) {
		for _, rec := range calls(t, store, 0) {
			require.NoError(rt, store.DeleteCall(t.Context(), rec.ID))
		}
		there := churn(t, rt, store, text)
		q := phone.CallQuery{
			Search: text.Draw(rt, "search"), Missed: rapid.Bool().Draw(rt, "missed"),
			Since: noon.Add(time.Duration(rapid.IntRange(0, 5).Draw(rt, "since")) * time.Minute),
		}
		var want, got []phone.CallID
		for _, rec := range there {
			if fits(rec, q) {
				want = append(want, rec.ID)
			}
		}
		found := chosen(t.Context(), rt, store, q)
		for i, rec := range found {
			got = append(got, rec.ID)
			require.False(rt, i > 0 && rec.Started.After(found[i-1].Started), "newest first")
		}
		require.ElementsMatch(rt, want, got)
		q.Limit = 3
		require.ElementsMatch(rt, found[:min(3, len(found))], chosen(t.Context(), rt, store, q))
	})
}

// churn saves, changes and deletes calls, and returns those that are left.
func churn(t *testing.T, rt *rapid.T, store *data.Store, text *rapid.Generator[string]) (there []phone.CallRecord) {
	for range rapid.IntRange(1, 20).Draw(rt, "changes") {
		rec := party(t, rapid.IntRange(0, 5).Draw(rt, "minute"), "", "")
		if len(there) > 0 && rapid.Bool().Draw(rt, "known") {
			i := rapid.IntRange(0, len(there)-1).Draw(rt, "which")
			rec = there[i]
			there = slices.Delete(there, i, i+1)
		}
		if rapid.IntRange(0, 4).Draw(rt, "delete") == 0 {
			require.NoError(rt, store.DeleteCall(t.Context(), rec.ID))
			continue
		}
		rec.Name, rec.Number, rec.Account = text.Draw(rt, "name"), text.Draw(rt, "number"), text.Draw(rt, "account")
		rec.Result = rapid.SampledFrom([]phone.Result{phone.Missed, phone.Answered, ""}).Draw(rt, "result")
		require.NoError(rt, store.SaveCall(t.Context(), rec))
		there = append(there, rec)
	}
	return there
}

// fits tells slowly whether q chooses rec, for ASCII.
func fits(rec phone.CallRecord, q phone.CallQuery) bool {
	text := strings.ToLower(strings.TrimSpace(q.Search))
	digits := strings.NewReplacer(" ", "", ".", "").Replace(text)
	if trimmed := strings.TrimLeft(digits, "0"); trimmed != "" {
		digits = trimmed
	}
	written := digits != "" && strings.Trim(digits, "0123456789") == "" && strings.Contains(rec.Number, digits)
	return (!q.Missed || rec.Result == phone.Missed) && !rec.Started.Before(q.Since) &&
		(written || slices.ContainsFunc([]string{rec.Name, rec.Number},
			func(s string) bool { return strings.Contains(strings.ToLower(s), text) }))
}

func TestCallRowsComeAsAsked(t *testing.T) {
	store := open(t, t.TempDir())
	var saved []phone.CallRecord
	for i := range 4 {
		saved = append(saved, party(t, i, fmt.Sprint("call ", i), "1001"))
	}
	save(t, store, saved...)
	keys, err := store.CallKeys(t.Context(), phone.CallQuery{})
	require.NoError(t, err)
	require.Len(t, keys, 4)
	require.NoError(t, store.DeleteCall(t.Context(), saved[1].ID))
	require.NoError(t, store.DeleteCall(t.Context(), "no such call"))
	found, err := store.CallRows(t.Context(), []int64{keys[2].Row, keys[3].Row, 4711, keys[0].Row, keys[3].Row})
	require.NoError(t, err)
	require.Equal(t, []phone.CallRecord{{}, saved[0], {}, saved[3], saved[0]}, found)
	found, err = store.CallRows(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, found)
}

// Calls that began at once have rows of their own, and keep them over a change.
func TestCallsThatBeganAtOnceAreToldApart(t *testing.T) {
	store := open(t, t.TempDir())
	var saved []phone.CallRecord
	for i := range 70 {
		saved = append(saved, party(t, 0, fmt.Sprint("call ", i), "1001"))
	}
	save(t, store, saved...)
	before, err := store.CallKeys(t.Context(), phone.CallQuery{})
	require.NoError(t, err)
	save(t, store, saved...)
	after, err := store.CallKeys(t.Context(), phone.CallQuery{})
	require.NoError(t, err)
	require.Equal(t, before, after)
	slices.Reverse(saved)
	require.Equal(t, saved, chosen(t.Context(), t, store, phone.CallQuery{Since: noon}))
	require.Empty(t, chosen(t.Context(), t, store, phone.CallQuery{Since: noon.Add(time.Microsecond)}))
}
