package data

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"unicode"

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
