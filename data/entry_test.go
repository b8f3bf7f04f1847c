package data_test

import (
	"cmp"
	"database/sql"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

var errStop = errors.New("stop")

// listed is an entry for a number.
func listed(id phone.EntryID, number, name string) phone.Entry {
	return phone.Entry{ID: id, Kind: phone.KindNumber, Number: number, Text: number, Name: name, Mode: phone.AllowVoicemails, Since: noon}
}

func saveEntry(t testing.TB, store *data.Store, e phone.Entry) phone.Rule {
	t.Helper()
	rule, err := store.SaveEntry(t.Context(), e)
	require.NoError(t, err)
	return rule
}

// idsOf returns the ids of the entries that a query chooses, and how many there are in all.
func idsOf(t testing.TB, store *data.Store, q phone.EntryQuery) (ids string, total int) {
	t.Helper()
	part, total, err := store.Entries(t.Context(), q, time.Now())
	require.NoError(t, err)
	for _, e := range part {
		ids += string(e.ID)
	}
	return ids, total
}

func TestAnEntryComesBackWhole(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	e := listed("a", "+442079460018", "Zoë")
	e.Text, e.Contact, e.Expires = "020 7946 0018", "zoe", time.Now().Add(time.Hour).Truncate(time.Microsecond).UTC()
	rule := saveEntry(t, store, e)
	require.Equal(t, phone.Rule{Row: rule.Row, Kind: e.Kind, Mode: e.Mode, Numbers: []string{e.Number}, Expires: e.Expires}, rule)
	require.NoError(t, store.SaveScreened(t.Context(), []phone.Screened{{Time: noon, Kind: phone.ScreenedCall, Verdict: phone.Verdict{Row: rule.Row}}}))
	e.Blocked, e.Last = 1, noon
	require.NoError(t, store.Close())
	store = open(t, dir)
	for _, by := range []struct {
		row int64
		id  phone.EntryID
	}{{rule.Row, ""}, {0, "a"}} {
		found, r, err := store.Entry(t.Context(), by.row, by.id)
		require.NoError(t, err)
		require.Equal(t, e, found)
		require.Equal(t, rule, r)
	}
	part, _, err := store.Entries(t.Context(), phone.EntryQuery{}, time.Now())
	require.NoError(t, err)
	require.Equal(t, []phone.Entry{e}, part)

	e.Mode, e.Name, e.Expires = phone.LetThrough, "", time.Time{}
	require.Equal(t, rule.Row, saveEntry(t, store, e).Row)
	found, _, err := store.Entry(t.Context(), 0, "a")
	require.NoError(t, err)
	require.Equal(t, e, found, "what it blocked stays counted")
	_, _, err = store.Entry(t.Context(), 99, "")
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
	var version int
	require.NoError(t, raw(t, dir).QueryRow(`SELECT version FROM entry`).Scan(&version))
	require.Equal(t, 2, version)
}

func TestThereIsOneEntryInAPlace(t *testing.T) {
	for _, tt := range []struct {
		name          string
		first, second phone.Entry
		taken         bool
	}{
		{"number, whatever the mode", phone.Entry{Kind: phone.KindNumber, Number: "1"}, phone.Entry{Kind: phone.KindNumber, Number: "1", Mode: phone.LetThrough}, true},
		{"other number", phone.Entry{Kind: phone.KindNumber, Number: "1"}, phone.Entry{Kind: phone.KindNumber, Number: "2"}, false},
		{"number and prefix", phone.Entry{Kind: phone.KindNumber, Number: "1"}, phone.Entry{Kind: phone.KindPrefix, Number: "1"}, false},
		{"prefix", phone.Entry{Kind: phone.KindPrefix, Number: "1"}, phone.Entry{Kind: phone.KindPrefix, Number: "1"}, true},
		{"contact by other numbers", phone.Entry{Kind: phone.KindContact, Number: "1", Contact: "zoe"}, phone.Entry{Kind: phone.KindContact, Number: "2", Contact: "zoe"}, true},
		{"contacts that share a number", phone.Entry{Kind: phone.KindContact, Number: "1", Contact: "zoe"}, phone.Entry{Kind: phone.KindContact, Number: "1", Contact: "max"}, false},
		{"number and its contact", phone.Entry{Kind: phone.KindNumber, Number: "1", Contact: "zoe"}, phone.Entry{Kind: phone.KindContact, Number: "1", Contact: "zoe"}, false},
		{"hidden", phone.Entry{Kind: phone.KindHidden}, phone.Entry{Kind: phone.KindHidden}, true},
		{"hidden and contacts", phone.Entry{Kind: phone.KindHidden}, phone.Entry{Kind: phone.KindContacts, Mode: phone.LetThrough}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			store := open(t, t.TempDir())
			tt.first.ID, tt.second.ID = "a", "b"
			tt.first.Since, tt.second.Since = noon, noon
			tt.first.Mode, tt.second.Mode = phone.BlockAll, cmp.Or(tt.second.Mode, phone.BlockAll)
			saveEntry(t, store, tt.first)
			_, err := store.FindEntry(t.Context(), tt.second, time.Now())
			if !tt.taken {
				require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
				saveEntry(t, store, tt.second)
				return
			}
			require.NoError(t, err)
			_, err = store.SaveEntry(t.Context(), tt.second)
			require.Equal(t, phone.CodeExists, phone.CodeOf(err))
			_, err = store.DeleteEntries(t.Context(), []phone.EntryID{"a"}, false)
			require.NoError(t, err)
			saveEntry(t, store, tt.second)
			_, err = store.DeleteEntries(t.Context(), []phone.EntryID{"a"}, true)
			require.Equal(t, phone.CodeExists, phone.CodeOf(err), "its place was taken meanwhile")
		})
	}
}

func TestAnEntryThatHasExpiredMakesRoom(t *testing.T) {
	store := open(t, t.TempDir())
	old := listed("a", "1003", "")
	old.Expires = time.Now().Add(-time.Second)
	rule := saveEntry(t, store, old)
	_, err := store.FindEntry(t.Context(), old, time.Now())
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
	ids, total := idsOf(t, store, phone.EntryQuery{})
	require.Empty(t, ids)
	require.Zero(t, total)
	require.Empty(t, rulesOf(t, store))
	saveEntry(t, store, listed("b", "1003", ""))
	ids, total = idsOf(t, store, phone.EntryQuery{})
	require.Equal(t, "b", ids)
	require.Equal(t, 1, total)
	_, r, err := store.Entry(t.Context(), 0, "a")
	require.NoError(t, err)
	require.Equal(t, rule.Row, r.Row, "the log can still name it")
}

func TestEntriesComeInEachOrder(t *testing.T) {
	store := open(t, t.TempDir())
	rows := map[string]int64{}
	for _, e := range []phone.Entry{listed("a", "3", "Zoë"), listed("b", "1", "émilie"), listed("c", "2", ""), listed("d", "5", "Eva"), listed("e", "4", "Adam")} {
		rows[string(e.ID)] = saveEntry(t, store, e).Row
	}
	through := listed("t", "6", "Eva")
	through.Mode = phone.LetThrough
	saveEntry(t, store, through)
	var log []phone.Screened
	for _, id := range []string{"b", "d", "b"} {
		log = append(log, phone.Screened{Time: noon, Kind: phone.ScreenedText, Verdict: phone.Verdict{Row: rows[id]}})
	}
	require.NoError(t, store.SaveScreened(t.Context(), log))
	for order, want := range map[phone.EntryOrder]string{"": "edcba", phone.OrderNewest: "edcba", phone.OrderName: "cebda", phone.OrderNumber: "bcaed", phone.OrderBlocked: "bdeca"} {
		for offset := range 7 {
			for _, limit := range []int{0, 1, 2, 5, math.MaxInt} {
				from := min(offset, 5)
				to := 5
				if limit > 0 {
					to = from + min(limit, 5-from)
				}
				ids, total := idsOf(t, store, phone.EntryQuery{Order: order, Offset: offset, Limit: limit})
				require.Equal(t, want[from:to], ids, "%s from %d, %d", order, offset, limit)
				require.Equal(t, 5, total)
			}
		}
		ids, total := idsOf(t, store, phone.EntryQuery{Order: order, Search: "e", Offset: -1, Limit: 2})
		require.Equal(t, strings.NewReplacer("c", "", "e", "").Replace(want)[:2], ids)
		require.Equal(t, 3, total)
	}
	ids, total := idsOf(t, store, phone.EntryQuery{Through: true})
	require.Equal(t, "t", ids)
	require.Equal(t, 1, total)
	_, _, err := store.Entries(t.Context(), phone.EntryQuery{Order: "size"}, noon)
	require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
}

func TestASearchFindsAnEntryByNameAndNumber(t *testing.T) {
	store := open(t, t.TempDir())
	for _, e := range []phone.Entry{
		listed("z", "+442079460018", "Zoë O'Brien"), listed("m", "+493012345678", "Room 7946"),
		listed("s", "Sales@office.example", ""), listed("p", "1001", "100%_\\ \x00\x1e\n"),
	} {
		saveEntry(t, store, e)
	}
	for search, want := range map[string]string{
		"": "psmz", "zoe": "z", "ZOË o'b": "z", "z": "z", "020 7946": "z", "7946": "mz", "+44 (0)20": "z", "030 1234": "m", "0": "pmz",
		"sales@OFFICE": "s", "100%": "p", "%": "p", "_": "p", `\`: "p", "1001": "p", "00181001": "", "18\n+49": "", "nobody": "", "\x00": "psmz",
	} {
		ids, total := idsOf(t, store, phone.EntryQuery{Search: search})
		require.Equal(t, want, ids, search)
		require.Len(t, ids, total)
	}
}

// Whatever was saved, removed, imported and let expire: what is found is what is on the disk.
func TestEntriesInMemoryAreThoseOnTheDisk(t *testing.T) {
	dir := t.TempDir()
	store, other, disk := open(t, dir), open(t, dir), raw(t, dir)
	id := rapid.SampledFrom([]phone.EntryID{"1", "2", "3", "4", "5", "6", "7", "8"})
	number := rapid.StringOfN(rapid.SampledFrom([]rune("01")), 1, 3, -1)
	text := rapid.StringOfN(rapid.SampledFrom([]rune("abÄ 01")), 0, 3, -1)
	mode := rapid.SampledFrom([]phone.Mode{phone.AllowVoicemails, phone.BlockAll, phone.LetThrough})
	order := rapid.SampledFrom([]phone.EntryOrder{"", phone.OrderName, phone.OrderNumber, phone.OrderBlocked})
	entry := func(rt *rapid.T) phone.Entry {
		e := listed(id.Draw(rt, "id"), number.Draw(rt, "number"), text.Draw(rt, "name"))
		e.Mode = mode.Draw(rt, "mode")
		if rapid.Bool().Draw(rt, "expires") {
			e.Expires = time.Now().Add(rapid.SampledFrom([]time.Duration{-time.Hour, time.Millisecond, time.Hour}).Draw(rt, "in"))
		}
		return e
	}
	done := func(rt *rapid.T, err error) {
		if phone.CodeOf(err) != phone.CodeExists {
			require.NoError(rt, err)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		fewSteps(rt, map[string]func(*rapid.T){
			"save": func(rt *rapid.T) {
				_, err := store.SaveEntry(t.Context(), entry(rt))
				done(rt, err)
			},
			"remove": func(rt *rapid.T) {
				_, err := store.DeleteEntries(t.Context(), []phone.EntryID{id.Draw(rt, "id")}, rapid.Bool().Draw(rt, "back"))
				done(rt, err)
			},
			"import": func(rt *rapid.T) {
				made, err := data.NewID()
				require.NoError(rt, err)
				e := entry(rt)
				e.ID = phone.EntryID(made)
				require.NoError(rt, store.ImportEntries(t.Context(), func(yield func(phone.Entry) error) error { return yield(e) }, &phone.ImportReport{}))
			},
			"": func(rt *rapid.T) {
				now := time.Now()
				q := phone.EntryQuery{Search: text.Draw(rt, "search"), Order: order.Draw(rt, "order"), Through: rapid.Bool().Draw(rt, "through")}
				found, total, err := store.Entries(t.Context(), q, now)
				require.NoError(rt, err)
				require.Len(rt, found, total)
				data.Forget(other)
				want, _, err := other.Entries(t.Context(), q, now)
				require.NoError(rt, err)
				require.Equal(rt, want, found)
				all, _, err := other.Entries(t.Context(), phone.EntryQuery{Through: q.Through, Order: q.Order}, now)
				require.NoError(rt, err)
				require.Len(rt, all, there(t, disk, q.Through, now))
			},
		})
	})
}

// fewSteps takes some of the steps in any order, and the one without a name after each. It is
// for steps that wait for the disk.
func fewSteps(rt *rapid.T, steps map[string]func(*rapid.T)) {
	names := slices.Sorted(maps.Keys(steps))[1:]
	for range rapid.IntRange(1, 4).Draw(rt, "steps") {
		steps[rapid.SampledFrom(names).Draw(rt, "step")](rt)
		steps[""](rt)
	}
}

// there counts the entries of a list, one by one.
func there(t *testing.T, db *sql.DB, through bool, now time.Time) (count int) {
	require.NoError(t, db.QueryRow(`SELECT count(*) FROM entry NOT INDEXED WHERE through = ? AND deleted IS NULL AND (expires IS NULL OR expires > ?)`,
		through, now.UnixMicro()).Scan(&count))
	return count
}
