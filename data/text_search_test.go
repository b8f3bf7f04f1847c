package data_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// found are the texts that a search finds.
func found(t testing.TB, store *data.Store, search string) (ids []phone.TextID) {
	t.Helper()
	hits, err := store.SearchTexts(t.Context(), phone.TextSearch{Text: search, Limit: 10_000})
	require.NoError(t, err, search)
	for _, hit := range hits {
		ids = append(ids, hit.Text.ID)
	}
	return ids
}

// wordy are texts, by their ids from 0 on, and wordsOf who has some words.
var wordy = []string{
	"Grüße von Zoë O'Brien, bis morgen!",          // 0
	"Order no. 4711-22 costs 12.50 €",             // 1
	"明日は東京都でラーメンを食べます",                            // 2
	"안녕하세요 고객님",                                   // 3
	"สวัสดีครับ",                                  // 4
	"שלום, מה שלומך?",                             // 5
	"ΚΑΛΗΜΈΡΑ κόσμε",                              // 6
	"Ёлка и йод",                                  // 7
	"https://shop.example/cart?id=AB12",           // 8
	"NEAR AND OR NOT body column",                 // 9
	"De\u0301ja\u0300 vu: が and か\u3099, 각 and 각", // 10, composed and not
	"",                // 11
	"👩‍👩‍👧 only",      // 12
	"ＦＵＬＬ width ﬁn",   // 13
	"VIP東京 x\u0301yz", // 14
}

var wordsOf = map[string]string{
	"GRUSSE":                                "", // ß is no s
	"grüße zoe":                             "0",
	"gruß":                                  "0",
	"brien":                                 "0",
	"O'Brien":                               "0",
	"brien o":                               "0",
	"b":                                     "0 9",
	"zoe order":                             "",
	"4711-22":                               "1",
	"4711-2":                                "1",
	"22-4711":                               "",
	"12.5":                                  "1",
	"東京":                                    "2 14",
	"京都で":                                   "2",
	"京東":                                    "",
	"xyz":                                   "14",
	strings.Repeat("only ", 64) + "nowhere": "12", // what is pasted is cut
	"京 東":                                   "2 14",
	"食べ":                                    "2",
	"하세":                                    "3",
	"วัส":                                   "4",
	"שלו":                                   "5",
	"καλημερα":                              "6",
	"ΚΌΣ":                                   "6",
	"елка":                                  "7",
	"shop.example":                          "8",
	"ab12":                                  "8",
	"NEAR":                                  "9",
	"AND OR NOT":                            "9",
	"NOT":                                   "9",
	"body:and":                              "",
	"body and":                              "9",
	"deja":                                  "10",
	"Déjà":                                  "10",
	"De\u0301ja\u0300 v":                    "10",
	"が":                                     "10",
	"か\u3099":                               "10",
	"각":                                     "10",
	"":                                      "",
	"  \t":                                  "",
	"\"":                                    "",
	"*":                                     "",
	"👩":                                     "",
	"only":                                  "12",
	"width":                                 "13",
	"^only":                                 "12",
	"NEAR(a b, 2)":                          "",
	"only\x00":                              "12",
	"\xff\xfeonly":                          "12",
	"{body} : only":                         "",
	"-only +only (only)":                    "12",
	strings.Repeat("q ", 5000):              "",
	strings.Repeat("東", 5000):               "",
}

func TestTextsAreFoundByTheirWords(t *testing.T) {
	store := open(t, t.TempDir())
	for i, body := range wordy {
		addTexts(t, store, received(phone.TextID(fmt.Sprint(i)), zoe, body, i))
	}
	for search, want := range wordsOf {
		var ids []string
		for _, id := range found(t, store, search) {
			ids = append([]string{string(id)}, ids...)
		}
		require.Equal(t, want, strings.Join(ids, " "), "%.40q", search)
	}
}

func TestTheNewestTextsAreFoundFirst(t *testing.T) {
	store := open(t, t.TempDir())
	var list []phone.QueuedText
	for i := range 10 {
		list = append(list, received(phone.TextID(fmt.Sprint(i)), zoe, "Hello", i))
	}
	_, err := store.AddTexts(t.Context(), list, map[string]string{zoe: "Zoë"}, false)
	require.NoError(t, err)
	require.NoError(t, store.DeleteTexts(t.Context(), []phone.TextID{"8"}, false))
	hits, err := store.SearchTexts(t.Context(), phone.TextSearch{Text: "hel", Limit: 3})
	require.NoError(t, err)
	require.Len(t, hits, 3)
	require.Equal(t, "Zoë", hits[0].Name)
	require.Equal(t, oneText(t, store, "9"), hits[0].Text)
	require.Equal(t, phone.TextID("6"), hits[2].Text.ID, "8 was deleted")
	hits, err = store.SearchTexts(t.Context(), phone.TextSearch{Text: "hel", Limit: 3, Before: hits[2].Text.Row})
	require.NoError(t, err)
	require.Equal(t, phone.TextID("5"), hits[0].Text.ID)
	require.NoError(t, store.DeleteTexts(t.Context(), []phone.TextID{"8"}, true))
	require.Len(t, found(t, store, "hello"), 10)
}

// marked is a snippet with what was found in brackets.
func marked(f phone.TextFound) string {
	var out strings.Builder
	at := 0
	for _, m := range f.Marks {
		out.WriteString(f.Snippet[at:m[0]] + "[" + f.Snippet[m[0]:m[1]] + "]")
		at = m[1]
	}
	return out.String() + f.Snippet[at:]
}

func TestASnippetShowsWhatWasFound(t *testing.T) {
	long := strings.Repeat("some words before it ", 20) + "the Café, as it was\nin " + strings.Repeat("summers that are over ", 20)
	for _, tt := range []struct{ body, search, want string }{
		{"Hello Zoë, hello zoo", "zo HELLO", "[Hello] [Zo]ë, [hello] [zo]o"},
		{"Déjà vu", "deja", "[Déjà] vu"},
		{"De\u0301ja\u0300 vu", "dé", "[De\u0301]ja\u0300 vu"},
		{"明日は東京都で東京", "東京", "明日は[東京]都で[東京]"},
		{"tell.me tell me", "tell.m", "[tell.m]e [tell m]e"},
		{"a\nb\tc", "b", "a [b] c"},
		{"aaa", "a aa", "[aa]a"},
		{long, "cafe", "…before it some words before it the [Café], as it was in summers that are over summers that are over summers that are over…"},
		{long, "some", strings.Repeat("[some] words before it ", 5) + "[some] words…"},
		{strings.Repeat("東", 100) + "京", "京", "…" + strings.Repeat("東", 14) + "[京]"},
		{strings.Repeat("👩‍👧", 40) + "x", "x", "…👩‍👧👩‍👧👩‍👧👩‍👧[x]"},
	} {
		store := open(t, t.TempDir())
		addTexts(t, store, received("a", zoe, tt.body, 1))
		hits, err := store.SearchTexts(t.Context(), phone.TextSearch{Text: tt.search, Limit: 1})
		require.NoError(t, err)
		require.Len(t, hits, 1, tt.search)
		require.Equal(t, tt.want, marked(hits[0]), tt.search)
	}
}

// Whatever was written, and whatever is looked for: a text is found by each beginning of each of its words, no search
// fails, and what is marked lies in the snippet, at whole runes.
func TestWhateverWasWrittenIsFound(t *testing.T) {
	store := open(t, t.TempDir())
	letters := []rune("aBzÄéß09 .,-'\"*:()\n\t\u0301東がกัе́Ёא👩\u200d🏽\x00İﬁ각")
	text := rapid.StringOfN(rapid.OneOf(rapid.SampledFrom(letters), rapid.Rune()), 0, 200, -1)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		id, body := phone.TextID(fmt.Sprint(n)), text.Draw(rt, "body")
		addTexts(t, store, received(id, zoe, body, n))
		any := text.Draw(rt, "search")
		searches := []string{any}
		words := strings.FieldsFunc(body, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.Mn) })
		for _, w := range words {
			if utf8.RuneCountInString(w) < len(w) {
				continue // what its letters are is the program's to say
			}
			searches = append(searches, w[:rapid.IntRange(1, len(w)).Draw(rt, "length")])
		}
		for i, search := range searches {
			hits, err := store.SearchTexts(t.Context(), phone.TextSearch{Text: search, Limit: 10_000})
			require.NoError(rt, err)
			is := false
			for _, hit := range hits {
				is = is || hit.Text.ID == id
				require.True(rt, utf8.ValidString(hit.Snippet))
				at := 0
				require.NotEmpty(rt, hit.Marks, "%q in %q", search, hit.Text.Body)
				for _, m := range hit.Marks {
					require.True(rt, at <= m[0] && m[0] < m[1] && m[1] <= len(hit.Snippet), "%v in %q", hit.Marks, hit.Snippet)
					require.True(rt, utf8.ValidString(hit.Snippet[m[0]:m[1]]))
					at = m[1]
				}
			}
			require.True(rt, is || i == 0, "%q in %q", search, body)
		}
	})
}
