package data

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/callward/callward/phone"
)

// mostWords is how many words of a search are looked at: what was typed or pasted must not overflow the query.
const mostWords = 64

// phrases are the words in a row that a search asks for, each of what was typed with a space around it; the last word of
// each may go on.
func phrases(search string) (all [][]word) {
	left := mostWords
	for _, typed := range strings.Fields(search) {
		found := words(typed)
		if found = found[:min(left, len(found))]; len(found) == 0 {
			continue
		}
		left -= len(found)
		all = append(all, found)
	}
	return all
}

// matchingWords is the FTS5 query for phrases.
func matchingWords(all [][]word) string {
	var out strings.Builder
	for _, phrase := range all {
		list := make([]string, len(phrase))
		for i, w := range phrase {
			list[i] = w.text
		}
		out.WriteString(quoted(strings.Join(list, " ")) + "* ")
	}
	return out.String()
}

// SearchTexts returns texts that have some words, newest first; none for a search without letters and digits.
func (s *Store) SearchTexts(ctx context.Context, q phone.TextSearch) ([]phone.TextFound, error) {
	wanted := phrases(q.Text)
	if len(wanted) == 0 {
		return nil, nil
	}
	before := q.Before
	if before == 0 {
		before = math.MaxInt64
	}
	scan := func(row *sql.Rows) (f phone.TextFound, err error) {
		f.Text, err = scanTextRow(row, &f.Name)
		f.Snippet, f.Marks = snippet(f.Text.Body, wanted)
		return f, err
	}
	// The index is read from its end on: there the newest are.
	return rows(ctx, s, "search texts", scan, `
		SELECT coalesce((SELECT name FROM thread WHERE thread.number = text.number), ''), `+textColumns+`
		FROM text_word CROSS JOIN text ON text.row = text_word.rowid
		WHERE text_word MATCH ? AND text_word.rowid < ? AND deleted IS NULL ORDER BY text_word.rowid DESC LIMIT ?`,
		matchingWords(wanted), before, max(q.Limit, 1))
}

// The length of a snippet in bytes: about, and what of it stands before the first that was found.
const (
	snippetLength = 120
	snippetBefore = 40
)

// snippet cuts a text around the first of what was found, in one line, and says where all that was found stands in it.
func snippet(body string, wanted [][]word) (text string, found [][2]int) {
	found = marks(words(body), wanted)
	from, to := 0, len(body)
	if len(body) > snippetLength {
		if len(found) > 0 {
			from = wordStart(body, max(0, found[0][0]-snippetBefore), found[0][0])
		}
		to = wordEnd(body, min(len(body), from+snippetLength))
	}
	lead, tail := "", ""
	if from > 0 {
		lead = "…"
	}
	if to < len(body) {
		tail = "…"
	}
	kept := found[:0]
	for _, m := range found {
		if m[0] >= to {
			break
		}
		kept = append(kept, [2]int{m[0] - from + len(lead), min(m[1], to) - from + len(lead)})
	}
	line := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && unicode.IsControl(r) {
			return ' ' // as long
		}
		return r
	}, body[from:to])
	return lead + line + tail, slices.Clip(kept)
}

// wordStart is the first begin of a word from at on, but no later than limit; else the begin of a rune.
func wordStart(body string, at, limit int) int {
	if at == 0 {
		return 0
	}
	for i := at; i < limit; i++ {
		if strings.IndexByte(" \n\t", body[i-1]) >= 0 && utf8.RuneStart(body[i]) {
			return i
		}
	}
	return runeStart(body, at)
}

// wordEnd is the last end of a word before at, a quarter of a snippet at most; else the begin of a rune.
func wordEnd(body string, at int) int {
	if at == len(body) {
		return at
	}
	for i := at; i > at-snippetLength/4; i-- {
		if strings.IndexByte(" \n\t", body[i]) >= 0 {
			return i
		}
	}
	return runeStart(body, at)
}

// runeStart is the last begin of a rune up to at that is not joined to the one before.
func runeStart(body string, at int) int {
	const joiner, longest = '\u200d', 32
	for i := at; i > 0 && i > at-longest; i-- {
		if !utf8.RuneStart(body[i]) {
			continue
		}
		r, _ := utf8.DecodeRuneInString(body[i:])
		before, _ := utf8.DecodeLastRuneInString(body[:i])
		if !unicode.In(r, unicode.M, unicode.Sk) && r != joiner && before != joiner {
			return i
		}
	}
	for at > 0 && !utf8.RuneStart(body[at]) {
		at--
	}
	return at
}

// marks returns where phrases stand among the words of a text, in order, none over another.
func marks(all []word, wanted [][]word) (found [][2]int) {
	for i := 0; i < len(all); i++ {
		longest := 0
		for _, phrase := range wanted {
			if to := phraseAt(all[i:], phrase); to > longest {
				longest = to
			}
		}
		if longest == 0 || len(found) > 0 && longest <= found[len(found)-1][1] {
			continue
		}
		from := all[i].from
		if len(found) > 0 && from < found[len(found)-1][1] {
			found[len(found)-1][1] = longest
			continue
		}
		found = append(found, [2]int{from, longest})
	}
	return found
}

// phraseAt returns where a phrase ends that some words begin with, 0 where they do not.
func phraseAt(all, phrase []word) int {
	if len(all) < len(phrase) {
		return 0
	}
	last := len(phrase) - 1
	for i, w := range phrase[:last] {
		if all[i].text != w.text {
			return 0
		}
	}
	if !strings.HasPrefix(all[last].text, phrase[last].text) {
		return 0
	}
	return all[last].ends[utf8.RuneCountInString(phrase[last].text)-1]
}
