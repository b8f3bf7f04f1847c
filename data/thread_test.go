package data_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

func threadsOf(t testing.TB, store *data.Store, q phone.ThreadQuery) (numbers []string, total int) {
	t.Helper()
	part, total, err := store.Threads(t.Context(), q)
	require.NoError(t, err)
	for _, th := range part {
		numbers = append(numbers, th.Number)
		require.Equal(t, th, threadOf(t, store, th.Number))
	}
	return numbers, total
}

func TestThreadsAreChosenFrom(t *testing.T) {
	store := open(t, t.TempDir())
	a, b, c, d := received("a", zoe, "Hello", 1), received("b", maxim, "Hi", 2), received("c", "", "Psst", 3), written("d", "Bob@PBX.example", "x", 0)
	b.Seen = true
	_, err := store.AddTexts(t.Context(), []phone.QueuedText{a, b, c, d}, map[string]string{zoe: "Zoë 100%", "1009": "Nobody"}, false)
	require.NoError(t, err)
	require.NoError(t, store.SaveFeatures(t.Context(), "1005", phone.TextFeatures{Notes: true}))
	require.NoError(t, store.SetStopped(t.Context(), "1006", noon))
	for _, tt := range []struct {
		q     phone.ThreadQuery
		want  []string
		total int
	}{
		{phone.ThreadQuery{}, []string{"", maxim, zoe, "Bob@PBX.example"}, 4},
		{phone.ThreadQuery{Offset: 1, Limit: 2}, []string{maxim, zoe}, 4},
		{phone.ThreadQuery{Offset: 3, Limit: 9}, []string{"Bob@PBX.example"}, 4},
		{phone.ThreadQuery{Unread: true}, []string{"", zoe}, 2},
		{phone.ThreadQuery{Search: "ZOE"}, []string{zoe}, 1},
		{phone.ThreadQuery{Search: "100%"}, []string{zoe}, 1},
		{phone.ThreadQuery{Search: "020 7946 0018"}, []string{zoe}, 1},
		{phone.ThreadQuery{Search: "02079", Unread: true}, []string{zoe}, 1},
		{phone.ThreadQuery{Search: "bob@pbx"}, []string{"Bob@PBX.example"}, 1},
		{phone.ThreadQuery{Search: "nobody"}, nil, 0},
		{phone.ThreadQuery{Search: "1006"}, nil, 0},
		{phone.ThreadQuery{Search: "nobody", Named: []string{maxim, "1006"}}, []string{maxim}, 1},
	} {
		numbers, total := threadsOf(t, store, tt.q)
		require.Equal(t, tt.want, numbers, "%+v", tt.q)
		require.Equal(t, tt.total, total, "%+v", tt.q)
	}
}

func TestAThreadTellsWhatIsInIt(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	long := received("b", zoe, " \r\n\nFirst line "+strings.Repeat("é", 300)+"\nsecond", 2)
	long.Via = "Twilio"
	_, err := store.AddTexts(t.Context(), []phone.QueuedText{received("a", zoe, "Hello", 1), long}, map[string]string{zoe: "Zoë"}, false)
	require.NoError(t, err)
	require.NoError(t, store.SaveFeatures(t.Context(), zoe, phone.TextFeatures{Notes: true, Composing: true}))
	require.NoError(t, store.SetStopped(t.Context(), zoe, noon))
	require.NoError(t, store.SaveDraft(t.Context(), zoe, "I was\nabout"))
	require.NoError(t, store.Close())
	store = open(t, dir)
	got := threadOf(t, store, zoe)
	require.True(t, strings.HasPrefix(got.Last.Body, "First line éé"), got.Last.Body)
	require.NotContains(t, got.Last.Body, "\n")
	got.Last.Body, long.Body = "", ""
	long.Row = got.Last.Row
	require.Equal(t, phone.Thread{
		Number: zoe, Name: "Zoë", Via: "Twilio", Last: long.Text, Unread: 2, FirstUnread: noon.Add(time.Minute).UnixMilli(),
		Draft: "I was\nabout", Features: phone.TextFeatures{Notes: true, Composing: true}, Stopped: noon,
	}, got)
	require.NoError(t, store.SeeTexts(t.Context(), zoe, got.FirstUnread))
	got = threadOf(t, store, zoe)
	require.Equal(t, 1, got.Unread)
	require.Equal(t, long.Row, got.FirstUnread)
	require.True(t, oneText(t, store, "a").Seen)
	require.NoError(t, store.SetStopped(t.Context(), zoe, time.Time{}))
	require.Zero(t, threadOf(t, store, zoe).Stopped)
	require.Equal(t, phone.Thread{Number: "1009"}, threadOf(t, store, "1009"))
	_, err = store.AddTexts(t.Context(), []phone.QueuedText{received("c", zoe, "", 3)}, nil, false)
	require.NoError(t, err)
	require.Equal(t, "Zoë", threadOf(t, store, zoe).Name, "what they called themselves last")
}

func TestADraftKeepsItsPlaceInTheList(t *testing.T) {
	store := open(t, t.TempDir())
	addTexts(t, store, received("a", zoe, "", 1), received("b", maxim, "", 2))
	require.NoError(t, store.SaveDraft(t.Context(), "1003", "Dear"))
	require.NoError(t, store.SaveDraft(t.Context(), zoe, "Dear"))
	numbers, _ := threadsOf(t, store, phone.ThreadQuery{})
	require.ElementsMatch(t, []string{zoe, "1003"}, numbers[:2])
	require.Equal(t, maxim, numbers[2], "a draft is newer than its texts")
	require.NoError(t, store.SaveDraft(t.Context(), "1003", ""))
	_, err := store.AddTexts(t.Context(), []phone.QueuedText{received("c", zoe, "", 3)}, nil, true)
	require.NoError(t, err)
	require.Equal(t, "Dear", threadOf(t, store, zoe).Draft, "it was not the agent's")
	_, err = store.AddTexts(t.Context(), []phone.QueuedText{written("d", zoe, "", 4)}, nil, false)
	require.NoError(t, err)
	require.Equal(t, "Dear", threadOf(t, store, zoe).Draft, "a trigger wrote it")
	_, err = store.AddTexts(t.Context(), []phone.QueuedText{written("e", zoe, "", 1)}, nil, true)
	require.NoError(t, err)
	require.Empty(t, threadOf(t, store, zoe).Draft)
	numbers, _ = threadsOf(t, store, phone.ThreadQuery{})
	require.Equal(t, []string{zoe, maxim}, numbers)
}

func TestAThreadIsDeletedAndComesBack(t *testing.T) {
	store := open(t, t.TempDir())
	addTexts(t, store, received("a", zoe, "Hello", 1), written("b", zoe, "", 2), received("c", zoe, "", 3), received("d", maxim, "", 4))
	require.NoError(t, store.SaveDraft(t.Context(), zoe, "Dear"))
	require.NoError(t, store.DeleteTexts(t.Context(), []phone.TextID{"c"}, false))
	before := threadOf(t, store, zoe)
	at, err := store.DeleteThread(t.Context(), zoe)
	require.NoError(t, err)
	require.Empty(t, said(t, store, zoe))
	require.Empty(t, found(t, store, "hello"))
	numbers, total := threadsOf(t, store, phone.ThreadQuery{})
	require.Equal(t, []string{maxim}, numbers)
	require.Equal(t, 1, total)
	require.Equal(t, 1, unseenTexts(t, store))
	require.NoError(t, store.RestoreThread(t.Context(), zoe, at.Add(time.Microsecond)))
	require.Empty(t, said(t, store, zoe), "another was meant")
	require.NoError(t, store.RestoreThread(t.Context(), zoe, at))
	require.Equal(t, []phone.TextID{"a", "b"}, said(t, store, zoe), "c was deleted before, by itself")
	require.Equal(t, before, threadOf(t, store, zoe))
	at, err = store.DeleteThread(t.Context(), zoe)
	require.NoError(t, err)
	require.NoError(t, store.SaveDraft(t.Context(), zoe, "Anew"))
	require.NoError(t, store.RestoreThread(t.Context(), zoe, at))
	require.Equal(t, "Anew", threadOf(t, store, zoe).Draft)
	_, err = store.DeleteThread(t.Context(), "1009")
	require.NoError(t, err, "no matter where there is none")
}

func unseenTexts(t testing.TB, store *data.Store) int {
	t.Helper()
	count, err := store.UnseenTexts(t.Context())
	require.NoError(t, err)
	return count
}

// kept is what is to be in the store: a naive list of texts, in the order of their rows.
type kept struct {
	phone.Text
	deleted time.Time
}

// threadModel does what the store does, and counts all anew each time.
type threadModel struct {
	texts  []kept
	drafts map[string]string
	gone   map[string]time.Time
	next   int
}

func (m *threadModel) each(number string, do func(*kept)) {
	for i := range m.texts {
		if m.texts[i].Number == number && m.texts[i].deleted.IsZero() {
			do(&m.texts[i])
		}
	}
}

// require compares a store with the model.
func (m *threadModel) require(t *testing.T, rt *rapid.T, store *data.Store, numbers []string) {
	unread, listed := 0, 0
	for _, number := range numbers {
		want := phone.Thread{Number: number, Draft: m.drafts[number]}
		var ids []phone.TextID
		m.each(number, func(k *kept) {
			want.Last, want.Via = k.Text, k.Via
			ids = append(ids, k.ID)
			if k.Direction == phone.In && !k.Seen {
				if want.Unread++; want.Unread == 1 {
					want.FirstUnread = k.Row
				}
			}
		})
		unread += want.Unread
		if want.Last.ID != "" || want.Draft != "" {
			listed++
		}
		got, err := store.Thread(t.Context(), number)
		require.NoError(rt, err)
		require.Equal(rt, want, got)
		require.Equal(rt, ids, said(t, store, number))
	}
	require.Equal(rt, unread, unseenTexts(t, store))
	require.Equal(rt, len(m.texts), data.IndexedTexts(t.Context(), rt, store))
	part, total, err := store.Threads(t.Context(), phone.ThreadQuery{})
	require.NoError(rt, err)
	require.Equal(rt, listed, total)
	require.Len(rt, part, total)
}

// Whatever is added, seen, deleted and brought back: a thread is what a look at all its texts says.
func TestThreadsAreWhatIsInThem(t *testing.T) {
	store, numbers := open(t, t.TempDir()), []string{"", "1001", "1002"}
	rapid.Check(t, func(rt *rapid.T) {
		for _, n := range numbers {
			_, err := store.DeleteThread(t.Context(), n)
			require.NoError(rt, err)
		}
		require.NoError(rt, store.DropTexts(t.Context(), time.Now().Add(time.Hour)))
		m := &threadModel{drafts: map[string]string{}, gone: map[string]time.Time{}}
		number := rapid.SampledFrom(numbers)
		acts := m.texting(t, store, number)
		maps.Copy(acts, m.drafting(t, store, number))
		acts[""] = func(rt *rapid.T) { m.require(t, rt, store, numbers) }
		rt.Repeat(acts)
	})
}

// some chooses texts.
func (m *threadModel) some(rt *rapid.T) (ids []phone.TextID) {
	for i := range m.texts {
		if rapid.IntRange(0, 2).Draw(rt, "chosen") == 0 {
			ids = append(ids, m.texts[i].ID)
		}
	}
	return ids
}

// texting is what may be done to texts.
func (m *threadModel) texting(t *testing.T, store *data.Store, number *rapid.Generator[string]) map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"add": func(rt *rapid.T) {
			var list []phone.QueuedText
			for range rapid.IntRange(1, 4).Draw(rt, "count") {
				m.next++
				one := received(phone.TextID(fmt.Sprint(m.next)), number.Draw(rt, "number"), "x", rapid.IntRange(0, 3).Draw(rt, "minute"))
				if rapid.Bool().Draw(rt, "out") {
					one = written(one.ID, one.Number, "x", int(one.Time.Sub(noon)/time.Minute))
				}
				one.Seen = rapid.Bool().Draw(rt, "seen")
				list = append(list, one)
			}
			draft := rapid.Bool().Draw(rt, "draft")
			added, err := store.AddTexts(t.Context(), list, nil, draft)
			require.NoError(rt, err)
			for _, one := range added {
				one.First = false
				if m.texts = append(m.texts, kept{Text: one}); draft && one.Direction == phone.Out {
					m.drafts[one.Number] = ""
				}
			}
			slices.SortFunc(m.texts, func(a, b kept) int { return int(a.Row - b.Row) })
		},
		"see": func(rt *rapid.T) {
			n, to := number.Draw(rt, "number"), noon.Add(time.Duration(rapid.IntRange(0, 3).Draw(rt, "to"))*time.Minute).UnixMilli()
			require.NoError(rt, store.SeeTexts(t.Context(), n, to))
			m.each(n, func(k *kept) { k.Seen = k.Seen || k.Direction == phone.In && k.Row <= to })
		},
		"delete": func(rt *rapid.T) {
			ids, back := m.some(rt), rapid.Bool().Draw(rt, "back")
			require.NoError(rt, store.DeleteTexts(t.Context(), ids, back))
			for i := range m.texts {
				switch k := &m.texts[i]; {
				case slices.Contains(ids, k.ID) && back:
					k.deleted = time.Time{}
				case slices.Contains(ids, k.ID) && k.deleted.IsZero():
					k.deleted = time.Unix(1, 0)
				}
			}
		},
		"withhold": func(rt *rapid.T) {
			for _, id := range m.some(rt) {
				require.NoError(rt, store.WithholdText(t.Context(), id))
				m.texts = slices.DeleteFunc(m.texts, func(k kept) bool { return k.ID == id && k.State == phone.TextWaiting })
			}
		},
		"drop": func(rt *rapid.T) {
			require.NoError(rt, store.DropTexts(t.Context(), time.Now().Add(time.Hour)))
			m.texts = slices.DeleteFunc(m.texts, func(k kept) bool { return !k.deleted.IsZero() })
			clear(m.gone)
		},
	}
}

// drafting is what may be done to drafts and threads.
func (m *threadModel) drafting(t *testing.T, store *data.Store, number *rapid.Generator[string]) map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"draft": func(rt *rapid.T) {
			n, draft := number.Draw(rt, "number"), rapid.SampledFrom([]string{"", "a", "b"}).Draw(rt, "draft")
			require.NoError(rt, store.SaveDraft(t.Context(), n, draft))
			m.drafts[n] = draft
		},
		"delete thread": func(rt *rapid.T) {
			n := number.Draw(rt, "number")
			at, err := store.DeleteThread(t.Context(), n)
			require.NoError(rt, err)
			m.each(n, func(k *kept) { k.deleted = at })
			m.drafts[n], m.gone[n] = "", at
		},
		"restore thread": func(rt *rapid.T) {
			n := number.Draw(rt, "number")
			require.NoError(rt, store.RestoreThread(t.Context(), n, m.gone[n]))
			for i := range m.texts {
				if k := &m.texts[i]; k.Number == n && !k.deleted.IsZero() && k.deleted.Equal(m.gone[n]) {
					k.deleted = time.Time{}
				}
			}
			m.drafts[n] = threadOf(t, store, n).Draft // another test has it
		},
	}
}
