package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/callward/callward/phone"
)

// readThreads reads threads, with their last texts: the first of what these say, since the whole may be long.
const readThreads = `
	SELECT thread.number, thread.name, thread.unread, thread.draft, thread.notes, thread.composing, thread.stopped,
		iif(thread.unread > 0, (SELECT min(row) FROM text WHERE text.number = thread.number AND direction = 'in' AND seen = 0 AND deleted IS NULL), 0),
		text.row, text.id, text.direction, text.via, substr(text.body, 1, 256), text.type, text.time, text.state, text.reason, text.settled,
		text.seen, text.trigger, text.automatic, text.origin, text.ref
	FROM thread LEFT JOIN text ON text.row = thread.last `

func scanThread(row *sql.Rows) (t phone.Thread, err error) {
	var (
		at, settled, stopped, last                    sql.NullInt64
		id, direction, via, body, kind, state, reason sql.NullString
		trigger, origin, ref                          sql.NullString
		seen, automatic                               sql.NullBool
	)
	err = row.Scan(&t.Number, &t.Name, &t.Unread, &t.Draft, &t.Features.Notes, &t.Features.Composing, &stopped, &t.FirstUnread,
		&last, &id, &direction, &via, &body, &kind, &at, &state, &reason, &settled, &seen, &trigger, &automatic, &origin, &ref)
	t.Stopped = moment(stopped)
	if id.String == "" {
		return t, err
	}
	t.Via = via.String
	t.Last = phone.Text{
		ID: phone.TextID(id.String), Row: last.Int64, Direction: phone.Direction(direction.String), Number: t.Number, Via: via.String,
		Body: firstLine(body.String), Type: kind.String, Time: moment(at), State: phone.TextState(state.String), Reason: reason.String,
		Settled: moment(settled), Seen: seen.Bool, Trigger: phone.TriggerName(trigger.String), Automatic: automatic.Bool,
		Origin: origin.String, Ref: ref.String,
	}
	return t, err
}

// firstLine returns the first line of a text that says something.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(strings.ReplaceAll(text, "\r", "\n")), "\n")
	for !utf8.ValidString(line) && line != "" && !utf8.RuneStart(line[len(line)-1]) {
		line = line[:len(line)-1]
	}
	return strings.TrimSpace(line)
}

// Threads returns a part of the threads, the one with the newest text or draft first, and how many the query chooses in all.
func (s *Store) Threads(ctx context.Context, q phone.ThreadQuery) (part []phone.Thread, total int, err error) {
	const op = "read threads"
	where, args, err := chosenThreads(q)
	if err != nil {
		return nil, 0, s.failed(op, err)
	}
	if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM thread WHERE `+where, args...).Scan(&total); err != nil {
		return nil, 0, s.failed(op, err)
	}
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	part, err = rows(ctx, s, op, scanThread, readThreads+`WHERE thread.rowid IN (
		SELECT rowid FROM thread WHERE `+where+` ORDER BY place DESC, number DESC LIMIT ? OFFSET ?
	) ORDER BY thread.place DESC, thread.number DESC`, append(args, limit, q.Offset)...)
	return part, total, err
}

// chosenThreads is the condition of a query.
func chosenThreads(q phone.ThreadQuery) (where string, args []any, err error) {
	where = `place > 0`
	if q.Unread {
		where = `unread > 0`
	}
	text := searched(q.Search)
	if text == "" {
		return where, nil, nil
	}
	where, args = where+` AND (search LIKE ? ESCAPE '\'`, []any{like(folded(text))}
	if digits := searchedDigits(text); digits != "" {
		where, args = where+` OR number LIKE ? ESCAPE '\'`, append(args, like(digits))
	}
	if len(q.Named) > 0 {
		list, err := json.Marshal(q.Named)
		if err != nil {
			return "", nil, err
		}
		where, args = where+` OR number IN (SELECT value FROM json_each(?))`, append(args, string(list))
	}
	return where + `)`, args, nil
}

// Thread returns that of a number, empty where there is none.
func (s *Store) Thread(ctx context.Context, number string) (phone.Thread, error) {
	found, err := rows(ctx, s, "read thread", scanThread, readThreads+`WHERE thread.number = ?`, number)
	if err != nil || len(found) == 0 {
		return phone.Thread{Number: number}, err
	}
	return found[0], nil
}
