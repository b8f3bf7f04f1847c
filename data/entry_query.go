package data

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// entryOrders are the orders of a list, each read from an index of its own, from either end.
var entryOrders = map[phone.EntryOrder]struct{ index, by, back string }{
	phone.OrderNewest:  {"entry_newest", "row DESC", "row"},
	phone.OrderName:    {"entry_name", "sort, row", "sort DESC, row DESC"},
	phone.OrderNumber:  {"entry_number", "number, kind, mode, expires, row", "number DESC, kind DESC, mode DESC, expires DESC, row DESC"},
	phone.OrderBlocked: {"entry_blocked", "blocked DESC, row DESC", "blocked, row"},
}

// Entries returns a part of the entries and how many the query chooses in all. Those that have
// expired are not among them.
func (s *Store) Entries(ctx context.Context, q phone.EntryQuery, now time.Time) (part []phone.Entry, total int, err error) {
	const op = "search entries"
	if err := s.expireDue(ctx, op, now); err != nil {
		return nil, 0, err
	}
	order, ok := entryOrders[cmp.Or(q.Order, phone.OrderNewest)]
	if !ok {
		return nil, 0, &phone.Error{Code: phone.CodeInvalid, Op: op, Field: "order", Err: fmt.Errorf("there is no order %q", q.Order)}
	}
	where, args := `through = ? AND deleted IS NULL`, []any{q.Through}
	if text := searched(q.Search); text != "" {
		like, more := listedAs(text)
		where, args = where+` AND `+like, append(args, more...)
		order.index = "entry_newest" // which gets to the rows the soonest
		err = s.read.QueryRowContext(ctx, `SELECT count(*) FROM entry INDEXED BY entry_newest WHERE `+where, args...).Scan(&total)
	} else {
		err = s.read.QueryRowContext(ctx, `SELECT count FROM entry_count WHERE through = ?`, q.Through).Scan(&total)
	}
	if err != nil {
		return nil, 0, s.failed(op, err)
	}
	offset := min(q.Offset, total)
	limit := total - offset
	if q.Limit > 0 {
		limit = min(q.Limit, limit)
	}
	back := offset > total/2 // the other end is nearer
	if back {
		offset, order.by = total-offset-limit, order.back
	}
	// The rows of a part are found in the index alone, and read then.
	found, err := rows(ctx, s, op, scanEntry, fmt.Sprintf(`
		SELECT %s FROM (SELECT row AS at FROM entry INDEXED BY %s WHERE %s ORDER BY %s LIMIT ? OFFSET ?) CROSS JOIN entry ON entry.row = at`,
		entryColumns, order.index, where, order.by), append(args, limit, offset)...)
	if back {
		slices.Reverse(found)
	}
	part = make([]phone.Entry, len(found))
	for i, e := range found {
		part[i] = e.Entry
	}
	return part, total, err
}

// listedAs is the condition for text in name or number.
func listedAs(text string) (string, []any) {
	likes, args := []string{`sort LIKE ? ESCAPE '\'`, `number LIKE ? ESCAPE '\'`}, []any{like(folded(text)), like(text)}
	if digits := searchedDigits(text); digits != "" {
		likes, args = append(likes, `number LIKE ? ESCAPE '\'`), append(args, like(digits))
	}
	return `(` + strings.Join(likes, " OR ") + `)`, args
}

// like is the pattern for text anywhere.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// expireDue makes tombstones of the entries that have expired, where there are any.
func (s *Store) expireDue(ctx context.Context, op string, now time.Time) error {
	var due int
	err := s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM entry WHERE expires IS NOT NULL AND expires <= ? AND deleted IS NULL)`,
		now.UnixMicro()).Scan(&due)
	if err != nil || due == 0 {
		return s.failed(op, err)
	}
	return s.change(ctx, op, func(tx *sql.Tx) error { return expire(ctx, tx) })
}
