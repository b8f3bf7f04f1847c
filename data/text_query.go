package data

import (
	"context"
	"database/sql"
	"time"

	"github.com/callward/callward/phone"
)

// textColumns are what scanTextRow reads, queuedColumns what scanQueued does.
const (
	textColumns = `text.row, text.id, text.direction, text.number, text.via, text.body, text.type, text.time, text.state, text.reason,
	text.settled, text.seen, text.trigger, text.automatic, text.origin, text.ref`
	queuedColumns = `text.call_id, text.cseq, ` + textColumns
)

// scanTextRow reads textColumns, and before them what is given.
func scanTextRow(row *sql.Rows, before ...any) (t phone.Text, err error) {
	var at, settled sql.NullInt64
	err = row.Scan(append(before, &t.Row, &t.ID, &t.Direction, &t.Number, &t.Via, &t.Body, &t.Type, &at, &t.State, &t.Reason,
		&settled, &t.Seen, &t.Trigger, &t.Automatic, &t.Origin, &t.Ref)...)
	t.Time, t.Settled = moment(at), moment(settled)
	return t, err
}

func scanQueued(row *sql.Rows) (q phone.QueuedText, err error) {
	q.Text, err = scanTextRow(row, &q.CallID, &q.CSeq)
	return q, err
}

// Text returns a text; CodeNotFound where there is none, or it was deleted.
func (s *Store) Text(ctx context.Context, id phone.TextID) (phone.Text, error) {
	return s.oneText(ctx, `id = ? AND deleted IS NULL`, id)
}

// TextByRef returns the text that a gateway names so, deleted or not; CodeNotFound.
func (s *Store) TextByRef(ctx context.Context, via, ref string) (phone.Text, error) {
	return s.oneText(ctx, `via = ? AND ref = ? AND ref <> ''`, via, ref)
}

// SentRefs returns how a gateway names the texts that it has sent since a moment, and of which nothing more is known.
func (s *Store) SentRefs(ctx context.Context, via string, since time.Time) ([]string, error) {
	return rows(ctx, s, "read texts", func(row *sql.Rows) (ref string, err error) {
		err = row.Scan(&ref)
		return ref, err
	}, `SELECT ref FROM text WHERE via = ? AND ref <> '' AND state = 'sent' AND row >= ? ORDER BY row`, via, since.UnixMilli())
}

// oneText returns the newest text of a condition.
func (s *Store) oneText(ctx context.Context, where string, args ...any) (phone.Text, error) {
	const op = "read text"
	found, err := rows(ctx, s, op, func(row *sql.Rows) (phone.Text, error) { return scanTextRow(row) },
		`SELECT `+textColumns+` FROM text WHERE `+where+` ORDER BY row DESC LIMIT 1`, args...)
	if err != nil {
		return phone.Text{}, err
	}
	if len(found) == 0 {
		return phone.Text{}, noText(op)
	}
	return found[0], nil
}

// QueuedTexts returns the texts that wait, oldest first.
func (s *Store) QueuedTexts(ctx context.Context) ([]phone.QueuedText, error) {
	return rows(ctx, s, "read texts", scanQueued,
		`SELECT `+queuedColumns+` FROM text WHERE state = 'waiting' AND deleted IS NULL ORDER BY row`)
}

// QueuedText returns one of them; CodeNotFound where it does not wait, or was deleted.
func (s *Store) QueuedText(ctx context.Context, id phone.TextID) (phone.QueuedText, error) {
	const op = "read text"
	found, err := rows(ctx, s, op, scanQueued,
		`SELECT `+queuedColumns+` FROM text WHERE id = ? AND state = 'waiting' AND deleted IS NULL`, id)
	if err != nil {
		return phone.QueuedText{}, err
	}
	if len(found) == 0 {
		return phone.QueuedText{}, noText(op)
	}
	return found[0], nil
}

// UnseenTexts counts the received texts that are not seen.
func (s *Store) UnseenTexts(ctx context.Context) (count int, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT coalesce(sum(unread), 0) FROM thread WHERE unread > 0`).Scan(&count)
	return count, s.failed("count texts", err)
}
