package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/callward/callward/phone"
)

// voicemailColumns are what scanVoicemail reads.
const voicemailColumns = `id, call, account, number, name, blocked, received, length, heard, done, note, wave`

// Voicemails returns a part of the inbox, newest first, and how many the query chooses in all.
func (s *Store) Voicemails(ctx context.Context, q phone.VoicemailQuery) (part []phone.Voicemail, total int, err error) {
	const op = "read inbox"
	where, args, err := chosenVoicemails(q)
	if err != nil {
		return nil, 0, s.failed(op, err)
	}
	if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM voicemail WHERE `+where, args...).Scan(&total); err != nil {
		return nil, 0, s.failed(op, err)
	}
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	part, err = rows(ctx, s, op, scanVoicemail, `SELECT `+voicemailColumns+`
		FROM (SELECT row AS at FROM voicemail WHERE `+where+` ORDER BY row DESC LIMIT ? OFFSET ?) CROSS JOIN voicemail ON voicemail.row = at`,
		append(args, limit, q.Offset)...)
	return part, total, err
}

// chosenVoicemails is the condition of a query.
func chosenVoicemails(q phone.VoicemailQuery) (where string, args []any, err error) {
	where = `deleted IS NULL`
	switch q.Filter {
	case phone.UnheardVoicemails:
		where += ` AND heard = 0`
	case phone.BlockedVoicemails:
		where += ` AND blocked = 1`
	}
	if len(q.Numbers) > 0 {
		list, err := json.Marshal(q.Numbers)
		if err != nil {
			return "", nil, err
		}
		where, args = where+` AND number IN (SELECT value FROM json_each(?))`, append(args, string(list))
	}
	text := searched(q.Search)
	if text == "" {
		return where, args, nil
	}
	where, args = where+` AND (search LIKE ? ESCAPE '\'`, append(args, like(folded(text)))
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

// Voicemail returns a message, also where it was deleted; CodeNotFound where there is none.
func (s *Store) Voicemail(ctx context.Context, id phone.VoicemailID) (phone.Voicemail, error) {
	const op = "read voice message"
	found, err := rows(ctx, s, op, scanVoicemail, `SELECT `+voicemailColumns+` FROM voicemail WHERE id = ?`, id)
	if err != nil {
		return phone.Voicemail{}, err
	}
	if len(found) == 0 {
		return phone.Voicemail{}, noVoicemail(op)
	}
	return found[0], nil
}

func scanVoicemail(row *sql.Rows) (phone.Voicemail, error) { return scanVoicemailRow(row) }

// scanVoicemailRow reads voicemailColumns, and before them what is given.
func scanVoicemailRow(row *sql.Rows, before ...any) (v phone.Voicemail, err error) {
	var received sql.NullInt64
	var length int64
	err = row.Scan(append(before, &v.ID, &v.Call, &v.Account, &v.Number, &v.Name, &v.Blocked, &received, &length, &v.Heard, &v.Done, &v.Note, &v.Wave)...)
	v.Received, v.Length = moment(received), time.Duration(length)*time.Microsecond
	return v, err
}

// VoicemailCounts counts the messages that are not deleted.
func (s *Store) VoicemailCounts(ctx context.Context) (c phone.VoicemailCounts, err error) {
	err = s.read.QueryRowContext(ctx, `
		SELECT (SELECT count(*) FROM voicemail WHERE heard = 0 AND deleted IS NULL AND blocked = 0),
			(SELECT count(*) FROM voicemail WHERE heard = 0 AND deleted IS NULL AND blocked = 1),
			(SELECT count(*) FROM voicemail WHERE deleted IS NULL)`).Scan(&c.Unheard, &c.Blocked, &c.All)
	return c, s.failed("count voice messages", err)
}

// VoicemailIDs returns all ids; those that were deleted have true.
func (s *Store) VoicemailIDs(ctx context.Context) (map[phone.VoicemailID]bool, error) {
	type known struct {
		id      phone.VoicemailID
		deleted bool
	}
	found, err := rows(ctx, s, "read inbox", func(row *sql.Rows) (k known, err error) {
		err = row.Scan(&k.id, &k.deleted)
		return k, err
	}, `SELECT id, deleted IS NOT NULL FROM voicemail`)
	if err != nil {
		return nil, err
	}
	ids := make(map[phone.VoicemailID]bool, len(found))
	for _, k := range found {
		ids[k.id] = k.deleted
	}
	return ids, nil
}

// VoicemailsToDrop returns the messages that were deleted before a moment.
func (s *Store) VoicemailsToDrop(ctx context.Context, deleted time.Time) ([]phone.VoicemailID, error) {
	return rows(ctx, s, "read inbox", scanVoicemailID, `SELECT id FROM voicemail WHERE deleted < ?`, deleted.UnixMicro())
}

// HeardVoicemails returns the messages that were heard, are not deleted, and were received before a moment.
func (s *Store) HeardVoicemails(ctx context.Context, before time.Time) ([]phone.VoicemailID, error) {
	return rows(ctx, s, "read inbox", scanVoicemailID, `SELECT id FROM voicemail WHERE deleted IS NULL AND heard = 1 AND received < ?`, before.UnixMicro())
}

func scanVoicemailID(row *sql.Rows) (id phone.VoicemailID, err error) {
	err = row.Scan(&id)
	return id, err
}
