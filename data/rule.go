package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// rulePart is how many rules are read at once.
const rulePart = 8192

// Rules gives the rules of all entries that have not expired, or of the KindContact entries of some
// contacts where any are named.
func (s *Store) Rules(ctx context.Context, now time.Time, contacts []phone.ContactID, yield func(phone.Rule) error) error {
	const op = "read entries"
	if len(contacts) > 0 {
		list, err := json.Marshal(contacts)
		if err != nil {
			return s.failed(op, err)
		}
		return s.giveRules(ctx, op, yield, `kind = 'contact' AND contact <> '' AND contact IN (SELECT value FROM json_each(?)) AND (expires IS NULL OR expires > ?)`,
			string(list), now.UnixMicro())
	}
	for _, through := range []int{0, 1} {
		if err := s.plainRules(ctx, op, through, yield); err != nil {
			return err
		}
	}
	return s.giveRules(ctx, op, yield, `(kind <> 'number' OR expires IS NOT NULL) AND (expires IS NULL OR expires > ?)`, now.UnixMicro())
}

// giveRules gives the rules of the entries that a condition chooses, row by row.
func (s *Store) giveRules(ctx context.Context, op string, yield func(phone.Rule) error, where string, args ...any) error {
	found, err := rows(ctx, s, op, scanEntry, `SELECT `+entryColumns+` FROM entry WHERE deleted IS NULL AND `+where, args...)
	for _, e := range found {
		if err == nil {
			err = yield(e.rule())
		}
	}
	return err
}

// plainRules gives the rules of numbers that never expire. There may be a million: they come as
// text, many in one row of an answer, since each row takes longer than its rule.
func (s *Store) plainRules(ctx context.Context, op string, through int, yield func(phone.Rule) error) error {
	last := ""
	for {
		var part sql.NullString
		err := s.read.QueryRowContext(ctx, `
			SELECT group_concat(number || ' ' || row || ' ' || mode, char(10)) FROM (
				SELECT number, row, mode FROM entry INDEXED BY entry_number
				WHERE through = ? AND number > ? AND kind = 'number' AND expires IS NULL AND deleted IS NULL ORDER BY number LIMIT ?)`,
			through, last, rulePart).Scan(&part)
		if err != nil {
			return s.failed(op, err)
		}
		if !part.Valid {
			return nil
		}
		for line := range strings.SplitSeq(part.String, "\n") {
			r, err := readRule(line)
			if err != nil {
				return s.failed(op, err)
			}
			if err := yield(r); err != nil {
				return err
			}
			last = r.Numbers[0]
		}
	}
}

// readRule reads a number that may have blanks, a row, and a mode.
func readRule(line string) (phone.Rule, error) {
	at := strings.LastIndexByte(line, ' ')
	if at < 0 {
		return phone.Rule{}, fmt.Errorf("no rule: %q", line)
	}
	mode := phone.Mode(line[at+1:])
	line = line[:at]
	at = strings.LastIndexByte(line, ' ')
	if at < 0 {
		return phone.Rule{}, fmt.Errorf("no rule: %q", line)
	}
	row, err := strconv.ParseInt(line[at+1:], 10, 64)
	return phone.Rule{Row: row, Kind: phone.KindNumber, Mode: mode, Numbers: []string{line[:at]}}, err
}
