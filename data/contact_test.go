package data_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// somebody is a contact with numbers that are written as they are in normal form.
func somebody(id phone.ContactID, name string, numbers ...string) phone.Contact {
	c := phone.Contact{ID: id, Name: name, Numbers: []phone.ContactNumber{}}
	for _, n := range numbers {
		c.Numbers = append(c.Numbers, phone.ContactNumber{Text: n, Number: n})
	}
	return c
}

func saveContacts(t testing.TB, store *data.Store, contacts ...phone.Contact) {
	t.Helper()
	require.NoError(t, store.SaveContacts(t.Context(), contacts))
}

// namesOf returns the names, or companies, of the contacts that a query chooses.
func namesOf(t testing.TB, store *data.Store, q phone.ContactQuery) (names []string, total int) {
	t.Helper()
	part, total, err := store.Contacts(t.Context(), q)
	require.NoError(t, err)
	for _, c := range part {
		names = append(names, phone.ContactName{Name: c.Name, Company: c.Company}.Title())
	}
	return names, total
}

func TestAContactComesBackWhole(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	zoe := phone.Contact{
		ID: "zoe", Name: "Zoë", Company: "Lee\n& Sons", Note: "Calls in the morning.", Picture: []byte{0, 1, 255},
		Numbers: []phone.ContactNumber{{Label: "work", Text: "020 7946 0018", Number: "+442079460018"}, {Label: "SIP", Text: "zoe@lee.example", Number: "zoe@lee.example"}, {Text: "by the door"}},
	}
	saveContacts(t, store, zoe)
	require.NoError(t, store.Close())
	store = open(t, dir)
	found, err := store.Contact(t.Context(), "zoe")
	require.NoError(t, err)
	require.Equal(t, zoe, found)
	part, total, err := store.Contacts(t.Context(), phone.ContactQuery{})
	require.NoError(t, err)
	require.Equal(t, 1, total)
	listed := zoe
	listed.Note, listed.Picture = "", nil
	require.Equal(t, []phone.Contact{listed}, part, "a list has neither notes nor pictures")

	zoe.Name, zoe.Picture, zoe.Numbers = "Zoë Lee", nil, zoe.Numbers[2:]
	saveContacts(t, store, zoe)
	found, err = store.Contact(t.Context(), "zoe")
	require.NoError(t, err)
	require.Equal(t, zoe, found, "it is replaced, its numbers too")
	var version int
	require.NoError(t, raw(t, dir).QueryRow(`SELECT version FROM contact WHERE id = 'zoe'`).Scan(&version))
	require.Equal(t, 2, version)
}

func TestContactsAreSavedAllOrNone(t *testing.T) {
	store := open(t, t.TempDir())
	contacts := make([]phone.Contact, 100)
	for i := range contacts {
		contacts[i] = somebody(phone.ContactID(rune('a'+i)), "Zoë", "1003")
	}
	data.LimitPages(t, store)
	contacts[99].Note = strings.Repeat("x", 1<<20)
	requireStorage(t, store.SaveContacts(t.Context(), contacts), "the disk is full")
	names, total := namesOf(t, store, phone.ContactQuery{})
	require.Empty(t, names)
	require.Zero(t, total)
}

func TestContactsComeInTheOrderOfTheirNames(t *testing.T) {
	store := open(t, t.TempDir())
	company := phone.Contact{ID: "c", Company: "bakery"}
	saveContacts(t, store, somebody("1", "Zoë"), somebody("2", "adam"), company, somebody("3", "Émilie"), somebody("4", "Eva"))
	saveContacts(t, store, somebody("2", "Adam"), somebody("4", "Frank"), somebody("5", "Anna"))
	all := []string{"Adam", "Anna", "bakery", "Émilie", "Frank", "Zoë"}
	for q, want := range map[phone.ContactQuery][]string{
		{}:                                all,
		{Limit: 2}:                        all[:2],
		{Offset: 4}:                       all[4:],
		{Offset: 4, Limit: 9}:             all[4:],
		{Offset: 2, Limit: 2}:             all[2:4],
		{Offset: 7, Limit: 2}:             nil,
		{Offset: -3, Limit: 1}:            all[:1],
		{Offset: 5, Limit: math.MaxInt}:   all[5:],
		{Search: "a", Offset: 1}:          {"Anna", "bakery", "Frank"},
		{Search: "a", Limit: 1}:           {"Adam"},
		{Search: "a", Offset: -1}:         {"Adam", "Anna", "bakery", "Frank"},
		{Search: "a", Limit: math.MaxInt}: {"Adam", "Anna", "bakery", "Frank"},
	} {
		names, total := namesOf(t, store, q)
		require.Equal(t, want, names, q)
		if q.Search == "" {
			require.Equal(t, 6, total)
		} else {
			require.Equal(t, 4, total)
		}
	}
}

func TestASearchFindsAContactByNameCompanyAndNumber(t *testing.T) {
	store := open(t, t.TempDir())
	zoe := somebody("zoe", "Zoë O'Brien", "+442079460018")
	zoe.Company = "Müller & Sons"
	zoe.Numbers[0].Text = "020 7946 0018"
	room := somebody("room", "Room 101", "1001", "Desk@Office.example")
	raw := phone.Contact{ID: "raw", Name: "Door", Numbers: []phone.ContactNumber{{Text: "ext. 77"}, {Text: "00-99"}}}
	saveContacts(t, store, zoe, room, raw)
	for search, want := range map[string]string{
		"": "Door, Room 101, Zoë O'Brien", "zoe": "Zoë O'Brien", "BRIEN zoë": "Zoë O'Brien", "müll": "Zoë O'Brien", "mull sons": "Zoë O'Brien", "z": "Zoë O'Brien",
		"020 7946": "Zoë O'Brien", "+44 (0)20 7946 0018": "Zoë O'Brien", "0044 20": "Zoë O'Brien", "018": "Zoë O'Brien", "zoe 7946": "Zoë O'Brien", "brien +4420": "Zoë O'Brien",
		"101": "Room 101", "1001": "Room 101", "desk@OFFICE": "Room 101", "room 1": "Room 101",
		"ext. 77": "Door", "77": "Door", "door ext": "Door", "0099": "Door",
		"nobody": "", "zoe room": "", "%": "", "18\n1001": "", "\x00": "Door, Room 101, Zoë O'Brien",
	} {
		names, total := namesOf(t, store, phone.ContactQuery{Search: search})
		require.Equal(t, want, strings.Join(names, ", "), search)
		require.Len(t, names, total)
	}
}

func TestADeletedContactComesBack(t *testing.T) {
	store := open(t, t.TempDir())
	zoe, max := somebody("zoe", "Zoë", "1003"), somebody("max", "Max", "1003", "1004")
	saveContacts(t, store, zoe, max)
	require.NoError(t, store.DeleteContacts(t.Context(), []phone.ContactID{"zoe", "nobody"}, false))
	_, err := store.Contact(t.Context(), "zoe")
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
	names, total := namesOf(t, store, phone.ContactQuery{})
	require.Equal(t, []string{"Max"}, names)
	require.Equal(t, 1, total)
	doubles, err := store.Doubles(t.Context(), []string{"1003"})
	require.NoError(t, err)
	require.Equal(t, []phone.Contact{max}, doubles)

	require.NoError(t, store.DeleteContacts(t.Context(), []phone.ContactID{"zoe", "nobody"}, true))
	doubles, err = store.Doubles(t.Context(), []string{"1003", "1009", ""})
	require.NoError(t, err)
	require.Equal(t, []phone.Contact{zoe, max}, doubles)
	names, _ = namesOf(t, store, phone.ContactQuery{})
	require.Equal(t, []string{"Max", "Zoë"}, names)
}

// numbersNamed returns whose each number is, of one contact or of all.
func numbersNamed(t testing.TB, store *data.Store, id phone.ContactID) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	require.NoError(t, store.ContactNames(t.Context(), id, func(number string, c phone.ContactName) error {
		found[number] = append(found[number], c.Title())
		return nil
	}))
	return found
}

func TestContactNamesGivesWhoseEachNumberIs(t *testing.T) {
	store := open(t, t.TempDir())
	saveContacts(t, store, somebody("zoe", "Zoë", "1003"), somebody("max", "Max", "1003", "1004"), somebody("gone", "Gone", "1005"),
		phone.Contact{ID: "door", Company: "Door", Numbers: []phone.ContactNumber{{Text: "by the door"}, {Text: "x\t\n\x1f\x1e1", Number: "1006"}}})
	require.NoError(t, store.DeleteContacts(t.Context(), []phone.ContactID{"gone"}, false))
	require.Equal(t, map[string][]string{"1003": {"Max", "Zoë"}, "1004": {"Max"}, "1006": {"Door"}}, numbersNamed(t, store, ""))
	require.Equal(t, map[string][]string{"1003": {"Zoë"}}, numbersNamed(t, store, "zoe"))
	require.Empty(t, numbersNamed(t, store, "gone"))
	require.ErrorIs(t, store.ContactNames(t.Context(), "", func(string, phone.ContactName) error { return errStop }), errStop)
}

// Whatever was saved and deleted: what is found is what is on the disk.
func TestContactsInMemoryAreThoseOnTheDisk(t *testing.T) {
	dir := t.TempDir()
	store, other := open(t, dir), open(t, dir)
	id := rapid.SampledFrom([]phone.ContactID{"1", "2", "3", "4", "5", "6", "7", "8"})
	text := rapid.StringOfN(rapid.SampledFrom([]rune("abÄ 01")), 0, 4, -1)
	rapid.Check(t, func(rt *rapid.T) {
		fewSteps(rt, map[string]func(*rapid.T){
			"save": func(rt *rapid.T) {
				saveContacts(t, store, somebody(id.Draw(rt, "id"), text.Draw(rt, "name"), rapid.SliceOfN(text, 0, 2).Draw(rt, "numbers")...))
			},
			"save many": func(*rapid.T) {
				many := manyContacts(t, 40)
				saveContacts(t, store, many...)
				var ids []phone.ContactID
				for _, c := range many {
					ids = append(ids, c.ID)
				}
				require.NoError(t, store.DeleteContacts(t.Context(), ids, false))
			},
			"delete": func(rt *rapid.T) {
				require.NoError(t, store.DeleteContacts(t.Context(), []phone.ContactID{id.Draw(rt, "id")}, rapid.Bool().Draw(rt, "back")))
			},
			"": func(rt *rapid.T) {
				data.Forget(other)
				q := phone.ContactQuery{Search: text.Draw(rt, "search")}
				want, _, err := other.Contacts(t.Context(), q)
				require.NoError(rt, err)
				found, total, err := store.Contacts(t.Context(), q)
				require.NoError(rt, err)
				require.Equal(rt, want, found)
				require.Len(rt, found, total)
				require.Equal(rt, numbersNamed(t, other, ""), numbersNamed(t, store, ""))
			},
		})
	})
}
