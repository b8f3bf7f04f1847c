package data_test

import (
	"cmp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// rulesOf returns the rules of some contacts, or all, in the order of their rows.
func rulesOf(t testing.TB, store *data.Store, contacts ...phone.ContactID) (rules []phone.Rule) {
	t.Helper()
	require.NoError(t, store.Rules(t.Context(), time.Now(), contacts, func(r phone.Rule) error {
		rules = append(rules, r)
		return nil
	}))
	slices.SortFunc(rules, func(a, b phone.Rule) int { return cmp.Compare(a.Row, b.Row) })
	return rules
}

func TestRulesAreThoseOfAllEntries(t *testing.T) {
	store := open(t, t.TempDir())
	saveContacts(t, store, somebody("zoe", "Zoë", "1003", "1004"))
	var want []phone.Rule
	for _, e := range []phone.Entry{
		{ID: "number", Kind: phone.KindNumber, Number: "+442079460018", Mode: phone.BlockAll},
		{ID: "blank", Kind: phone.KindNumber, Number: "a b@c d", Mode: phone.AllowVoicemails},
		{ID: "through", Kind: phone.KindNumber, Number: "1009", Mode: phone.LetThrough},
		{ID: "ends", Kind: phone.KindNumber, Number: "1008", Mode: phone.BlockAll, Expires: time.Now().Add(time.Hour).Truncate(time.Microsecond).UTC()},
		{ID: "prefix", Kind: phone.KindPrefix, Number: "+1900", Mode: phone.BlockAll},
		{ID: "hidden", Kind: phone.KindHidden, Mode: phone.BlockAll},
		{ID: "contacts", Kind: phone.KindContacts, Mode: phone.LetThrough},
		{ID: "contact", Kind: phone.KindContact, Number: "1003", Contact: "zoe", Mode: phone.BlockAll},
	} {
		e.Since = noon
		want = append(want, saveEntry(t, store, e))
	}
	gone, ended := listed("gone", "1007", ""), listed("ended", "1006", "")
	ended.Expires = time.Now().Add(-time.Hour)
	saveEntry(t, store, gone)
	saveEntry(t, store, ended)
	_, err := store.DeleteEntries(t.Context(), []phone.EntryID{"gone"}, false)
	require.NoError(t, err)

	require.Equal(t, want, rulesOf(t, store))
	require.Equal(t, want[7:], rulesOf(t, store, "zoe", "nobody"))
	require.Equal(t, []string{"1003", "1004"}, want[7].Numbers)
	require.Empty(t, rulesOf(t, store, "nobody"))
	require.ErrorIs(t, store.Rules(t.Context(), noon, nil, func(phone.Rule) error { return errStop }), errStop)
}

// A contact's rule has the numbers that the contact has now, and its own.
func TestAContactsRuleLives(t *testing.T) {
	store := open(t, t.TempDir())
	saveContacts(t, store, somebody("zoe", "Zoë", "1003", "1004", "1004"), somebody("max", "Max", "1009"))
	saveEntry(t, store, phone.Entry{ID: "a", Kind: phone.KindContact, Number: "1003", Contact: "zoe", Mode: phone.BlockAll, Since: noon})
	for _, tt := range []struct {
		what   string
		change func()
		others []string
	}{
		{"as it was added", func() {}, []string{"1004"}},
		{"a further number", func() { saveContacts(t, store, somebody("zoe", "Zoë", "1003", "1004", "", "1005")) }, []string{"1004", "1005"}},
		{"without its own", func() { saveContacts(t, store, somebody("zoe", "Zoë", "1005")) }, []string{"1005"}},
		{"deleted", func() { require.NoError(t, store.DeleteContacts(t.Context(), []phone.ContactID{"zoe"}, false)) }, []string{"1005"}},
		{"back", func() { require.NoError(t, store.DeleteContacts(t.Context(), []phone.ContactID{"zoe"}, true)) }, []string{"1005"}},
		{"without any", func() { saveContacts(t, store, somebody("zoe", "Zoë")) }, nil},
	} {
		t.Run(tt.what, func(t *testing.T) {
			tt.change()
			e, r, err := store.Entry(t.Context(), 0, "a")
			require.NoError(t, err)
			require.Equal(t, tt.others, e.Others)
			require.Equal(t, append([]string{"1003"}, tt.others...), r.Numbers)
			require.Equal(t, []phone.Rule{r}, rulesOf(t, store))
			require.Equal(t, []phone.Rule{r}, rulesOf(t, store, "zoe"))
		})
	}
}

// More rules than are read at once.
func TestManyRulesAreAllGiven(t *testing.T) {
	store := open(t, t.TempDir())
	const count = 20_000
	var report phone.ImportReport
	require.NoError(t, store.ImportEntries(t.Context(), func(yield func(phone.Entry) error) error {
		for i := range count {
			if err := yield(manyEntry(t, manyRandom(), i)); err != nil {
				return err
			}
		}
		return nil
	}, &report))
	require.Equal(t, phone.ImportReport{Added: count}, report)
	numbers := map[string]bool{}
	for _, r := range rulesOf(t, store) {
		numbers[r.Numbers[0]] = true
	}
	require.Len(t, numbers, count)
	_, total := idsOf(t, store, phone.EntryQuery{Search: "+4420", Limit: 1})
	require.Equal(t, count, total)
}

func TestAnImportChangesWhatIsThere(t *testing.T) {
	store := open(t, t.TempDir())
	through := listed("c", "3", "Eva")
	through.Mode = phone.LetThrough
	for _, e := range []phone.Entry{listed("a", "1", "Zoë"), listed("b", "2", "Max"), through} {
		saveEntry(t, store, e)
	}
	changed := listed("x", "2", "Maximilian")
	changed.Mode = phone.BlockAll
	give := func(entries ...phone.Entry) func(func(phone.Entry) error) error {
		return func(yield func(phone.Entry) error) error {
			for _, e := range entries {
				if err := yield(e); err != nil {
					return err
				}
			}
			return nil
		}
	}
	var report phone.ImportReport
	all := give(listed("w", "1", ""), changed, listed("y", "3", ""), listed("z", "4", "New"))
	require.NoError(t, store.ImportEntries(t.Context(), all, &report))
	require.Equal(t, phone.ImportReport{Added: 1, Merged: 2, Unchanged: 1}, report)
	ids, total := idsOf(t, store, phone.EntryQuery{})
	require.Equal(t, "zcba", ids)
	require.Equal(t, 4, total)
	e, _, err := store.Entry(t.Context(), 0, "b")
	require.NoError(t, err)
	require.Equal(t, "Maximilian", e.Name)
	require.Equal(t, phone.BlockAll, e.Mode)
	_, total = idsOf(t, store, phone.EntryQuery{Through: true})
	require.Zero(t, total)
	report = phone.ImportReport{}
	require.NoError(t, store.ImportEntries(t.Context(), all, &report))
	require.Equal(t, phone.ImportReport{Unchanged: 4}, report)

	err = store.ImportEntries(t.Context(), func(yield func(phone.Entry) error) error {
		require.NoError(t, yield(listed("v", "5", "")))
		return errStop
	}, &phone.ImportReport{})
	require.ErrorIs(t, err, errStop)
	_, total = idsOf(t, store, phone.EntryQuery{})
	require.Equal(t, 4, total, "all or none")
}
