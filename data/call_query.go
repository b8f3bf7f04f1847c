package data

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/callward/callward/phone"
)

// CallKeys returns the places of the calls that q chooses, newest first.
func (s *Store) CallKeys(ctx context.Context, q phone.CallQuery) ([]phone.CallKey, error) {
	const op = "search calls"
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	var sinceRow, since int64
	if !q.Since.IsZero() {
		sinceRow, since = q.Since.UnixMilli(), q.Since.UnixMicro()
	}
	text := searched(q.Search)
	if text == "" {
		only := ""
		if q.Missed {
			only = "result = 'missed' AND "
		}
		return rows(ctx, s, op, scanKey,
			`SELECT row, started FROM call WHERE `+only+`row >= ? AND started >= ? ORDER BY row DESC LIMIT ?`, sinceRow, since, limit)
	}
	match, err := s.matching(ctx, text)
	if err != nil || match == "" {
		return nil, err
	}
	if q.Missed {
		match = "(" + match + ") AND flag : mis"
	}
	// The index of the text is read from its end on: there the newest are.
	return rows(ctx, s, op, scanKey, `
		SELECT row, started FROM call_text CROSS JOIN call ON row = call_text.rowid
		WHERE call_text MATCH ? AND call_text.rowid >= ? AND started >= ? ORDER BY call_text.rowid DESC LIMIT ?`,
		match, sinceRow, since, limit)
}

func scanKey(row *sql.Rows) (phone.CallKey, error) {
	var (
		key     phone.CallKey
		started sql.NullInt64
	)
	err := row.Scan(&key.Row, &started)
	key.Started = moment(started)
	return key, err
}

// matching returns the FTS5 query for the calls that have text, which is not
// empty, or "" where there can be none.
func (s *Store) matching(ctx context.Context, text string) (string, error) {
	match, err := s.having(ctx, "{name number}", text)
	digits := searchedDigits(text)
	if err != nil || digits == "" || digits == text {
		return match, err
	}
	number, err := s.having(ctx, "number", digits)
	if match == "" || number == "" {
		return match + number, err
	}
	return match + " OR " + number, err
}

// having returns the FTS5 query for text anywhere in some columns, or "" where
// there is none.
func (s *Store) having(ctx context.Context, columns, text string) (string, error) {
	folded := folded(text)
	if len([]rune(folded)) >= 3 {
		return columns + " : " + quoted(text), nil
	}
	// A text shorter than a trigram is what one begins with.
	trigrams, err := rows(ctx, s, "search calls", scanText,
		`SELECT term FROM call_trigram WHERE term >= ? AND term < ?`, folded, folded+string(unicode.MaxRune))
	if len(trigrams) == 0 {
		return "", err
	}
	for i := range trigrams {
		trigrams[i] = quoted(trigrams[i])
	}
	return fmt.Sprintf("%s : (%s)", columns, strings.Join(trigrams, " OR ")), nil
}

func scanText(row *sql.Rows) (text string, err error) {
	err = row.Scan(&text)
	return text, err
}

// quoted writes text as a string of FTS5.
func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// searched returns what is searched for: what no text has goes.
func searched(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

// searchedDigits returns the digits of what may be written as part of a telephone
// number, as they are in its normal form whether what was written has an
// international prefix, a trunk zero or neither; "" for another text.
func searchedDigits(text string) string {
	all := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), strings.ContainsRune("+./()~", r):
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "(0)", ""))
	if strings.Trim(all, "0123456789") != "" {
		return ""
	}
	if digits := strings.TrimLeft(all, "0"); digits != "" {
		return digits
	}
	return all
}

// folded returns text as the tokenizer of the index does: in lower case, and
// letters of the Latin alphabet without accents.
func folded(text string) string {
	var out strings.Builder
	for _, r := range norm.NFC.String(text) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		if base := norm.NFD.String(string(r))[0]; base < 0x80 {
			r = rune(base)
		}
		out.WriteRune(r)
	}
	return out.String()
}
