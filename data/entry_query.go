package data

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/callward/callward/phone"
)

// entryCounts are how many entries there are on each list, until one is written. Any goroutine.
type entryCounts struct {
	mu    sync.Mutex
	known map[bool]int // by phone.EntryQuery.Through
	turn  int          // counts what was forgotten
}

func (c *entryCounts) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known, c.turn = nil, c.turn+1
}

func (c *entryCounts) get(through bool) (count, turn int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	count, ok = c.known[through]
	return count, c.turn, ok
}

// put keeps a count, unless something was written since turn.
func (c *entryCounts) put(through bool, count, turn int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if turn == c.turn {
		if c.known == nil {
			c.known = map[bool]int{}
		}
		c.known[through] = count
	}
}

// entryOrders are the orders of a list, each read from an index of its own.
var entryOrders = map[phone.EntryOrder]struct{ index, by string }{
	"":                 {"entry_newest", "row DESC"},
	phone.OrderNewest:  {"entry_newest", "row DESC"},
	phone.OrderName:    {"entry_name", "sort, row"},
	phone.OrderNumber:  {"entry_number", "number, kind, mode, expires, row"},
	phone.OrderBlocked: {"entry_blocked", "blocked DESC, row DESC"},
}

// Entries returns a part of the entries and how many the query chooses in all. Those that have
// expired are not among them.
func (s *Store) Entries(ctx context.Context, q phone.EntryQuery, now time.Time) (part []phone.Entry, total int, err error) {
	const op = "search entries"
	if err := s.expireDue(ctx, op, now); err != nil {
		return nil, 0, err
	}
	order, ok := entryOrders[q.Order]
	if !ok {
		return nil, 0, &phone.Error{Code: phone.CodeInvalid, Op: op, Field: "order", Err: fmt.Errorf("there is no order %q", q.Order)}
	}
	where, args := `through = ? AND deleted IS NULL`, []any{q.Through}
	if text := searched(q.Search); text != "" {
		like, more := listedAs(text)
		where, args = where+` AND `+like, append(args, more...)
		order.index = "entry_newest" // which gets to the rows the soonest
	}
	if total, err = s.countEntries(ctx, op, q, where, args); err != nil {
		return nil, 0, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	// The rows of a part are found in the index alone, and read then.
	found, err := rows(ctx, s, op, scanEntry, fmt.Sprintf(`
		SELECT %s FROM (SELECT row AS at FROM entry INDEXED BY %s WHERE %s ORDER BY %s LIMIT ? OFFSET ?) CROSS JOIN entry ON entry.row = at`,
		entryColumns, order.index, where, order.by), append(args, limit, q.Offset)...)
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

func (s *Store) countEntries(ctx context.Context, op string, q phone.EntryQuery, where string, args []any) (total int, err error) {
	all := searched(q.Search) == ""
	known, turn, ok := s.entries.get(q.Through)
	if all && ok {
		return known, nil
	}
	err = s.read.QueryRowContext(ctx, `SELECT count(*) FROM entry INDEXED BY entry_newest WHERE `+where, args...).Scan(&total)
	if err == nil && all {
		s.entries.put(q.Through, total, turn)
	}
	return total, s.failed(op, err)
}

// expireDue makes tombstones of the entries that have expired, where there are any.
func (s *Store) expireDue(ctx context.Context, op string, now time.Time) error {
	var due int
	err := s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM entry WHERE expires IS NOT NULL AND expires <= ? AND deleted IS NULL)`,
		now.UnixMicro()).Scan(&due)
	if err != nil || due == 0 {
		return s.failed(op, err)
	}
	err = s.change(ctx, op, func(tx *sql.Tx) error { return expire(ctx, tx) })
	s.entries.forget()
	return err
}
