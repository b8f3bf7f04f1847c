package data

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// entryOrder is an order of a list, read from an index of its own, from either end.
type entryOrder struct{ index, by, back string }

var entryOrders = map[phone.EntryOrder]entryOrder{
	phone.OrderNewest:  {"entry_newest", "row DESC", "row"},
	phone.OrderName:    {"entry_name", "sort, row", "sort DESC, row DESC"},
	phone.OrderNumber:  {"entry_number", "number, kind, mode, expires, row", "number DESC, kind DESC, mode DESC, expires DESC, row DESC"},
	phone.OrderBlocked: {"entry_blocked", "blocked DESC, row DESC", "blocked, row"},
}

// fewEntries are found by their rows and sorted; more are met soon enough where the list is
// gone through in its order.
const fewEntries = 20_000

// entryChoice is which entries of how many are wanted, in which order.
type entryChoice struct {
	entryOrder
	where         string
	args          []any
	total         int
	offset, limit int
}

func (c *entryChoice) and(where string, args ...any) {
	c.where, c.args = c.where+` AND `+where, append(c.args, args...)
}

// Entries returns a part of the entries and how many the query chooses in all. Those that have
// expired are not among them.
func (s *Store) Entries(ctx context.Context, q phone.EntryQuery, now time.Time) (part []phone.Entry, total int, err error) {
	const op = "search entries"
	order, ok := entryOrders[cmp.Or(q.Order, phone.OrderNewest)]
	if !ok {
		return nil, 0, &phone.Error{Code: phone.CodeInvalid, Op: op, Field: "order", Err: fmt.Errorf("there is no order %q", q.Order)}
	}
	c := entryChoice{entryOrder: order, where: `through = ? AND deleted IS NULL`, args: []any{q.Through}}
	text := searched(q.Search)
	switch due := s.expireDue(ctx, op, now); {
	case due != nil: // they cannot be written: the list is read without them
		c.and(`(expires IS NULL OR expires > ?)`, now.UnixMicro())
		if text != "" {
			has, args := listedAs(text)
			c.and(has, args...)
		}
		err = s.read.QueryRowContext(ctx, `SELECT count(*) FROM entry WHERE `+c.where, c.args...).Scan(&c.total)
		c.offset, c.limit = window(q.Offset, q.Limit, c.total)
	case text == "":
		err = s.read.QueryRowContext(ctx, `SELECT count FROM entry_count WHERE through = ?`, q.Through).Scan(&c.total)
		c.offset, c.limit = window(q.Offset, q.Limit, c.total)
	default:
		err = s.chooseText(ctx, op, q, text, &c)
	}
	if err != nil {
		return nil, 0, s.failed(op, err)
	}
	found, err := s.readEntries(ctx, op, c)
	part = make([]phone.Entry, len(found))
	for i, e := range found {
		part[i] = e.Entry
	}
	return part, c.total, err
}

// window is the part of so many that an offset and a limit choose.
func window(offset, limit, total int) (from, count int) {
	from = min(max(offset, 0), total)
	if count = total - from; limit > 0 {
		count = min(count, limit)
	}
	return from, count
}

// chooseText adds to a choice that the entries have text.
func (s *Store) chooseText(ctx context.Context, op string, q phone.EntryQuery, text string, c *entryChoice) error {
	found, err := s.findEntries(ctx, op, q.Through, text)
	if err != nil {
		return err
	}
	c.total = len(found)
	c.offset, c.limit = window(q.Offset, q.Limit, c.total)
	newest := c.index == entryOrders[phone.OrderNewest].index
	if newest { // as they are found, from the end
		last := c.total - c.offset
		found, c.offset = found[last-c.limit:last], 0
	}
	if !newest && c.total > fewEntries {
		has, args := listedAs(text)
		c.and(has, args...)
		return nil
	}
	list, err := json.Marshal(found)
	c.index = ""
	c.and(`row IN (SELECT value FROM json_each(?))`, string(list))
	return err
}

// readEntries reads a part of a choice. Their rows are found in an index alone, and read then.
func (s *Store) readEntries(ctx context.Context, op string, c entryChoice) ([]rowed, error) {
	by, index := c.by, `NOT INDEXED` // but by row
	if c.index != "" {
		index = `INDEXED BY ` + c.index
	}
	back := c.index != "" && c.offset > c.total/2 // the other end is nearer
	if back {
		by, c.offset = c.back, c.total-c.offset-c.limit
	}
	found, err := rows(ctx, s, op, scanEntry, fmt.Sprintf(`
		SELECT %s FROM (SELECT row AS at FROM entry %s WHERE %s ORDER BY %s LIMIT ? OFFSET ?) CROSS JOIN entry ON entry.row = at`,
		entryColumns, index, c.where, by), append(c.args, c.limit, c.offset)...)
	if back {
		slices.Reverse(found)
	}
	return found, err
}

// listedAs is the condition for text in name or number.
func listedAs(text string) (string, []any) {
	number := searchedDigits(text)
	if number == "" {
		number = text
	}
	return `(sort LIKE ? ESCAPE '\' OR number LIKE ? ESCAPE '\')`, []any{like(folded(text)), like(number)}
}

// like is the pattern for text anywhere.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// findChanged returns which of some entries have text, in the order of their rows.
func (s *Store) findChanged(ctx context.Context, op string, through bool, text string, changed []int32) ([]int32, error) {
	list, err := json.Marshal(changed)
	if err != nil {
		return nil, s.failed(op, err)
	}
	has, args := listedAs(text)
	return rows(ctx, s, op, scanRow, `SELECT row FROM entry
		WHERE row IN (SELECT value FROM json_each(?)) AND through = ? AND deleted IS NULL AND `+has+` ORDER BY row`,
		append([]any{string(list), through}, args...)...)
}

func scanRow(row *sql.Rows) (at int32, err error) {
	err = row.Scan(&at)
	return at, err
}

// expireDue makes tombstones of the entries that have expired, where there are any.
func (s *Store) expireDue(ctx context.Context, op string, now time.Time) error {
	var due int
	err := s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM entry WHERE expires IS NOT NULL AND expires <= ? AND deleted IS NULL)`,
		now.UnixMicro()).Scan(&due)
	if err != nil || due == 0 {
		return s.failed(op, err)
	}
	err = s.change(ctx, op, func(tx *sql.Tx) error { return expire(ctx, tx, now) })
	s.texts.forget()
	return err
}
