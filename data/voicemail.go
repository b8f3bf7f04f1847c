package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// AddVoicemails inserts messages, all or none; one whose ID is there already, deleted or not, stays as it is.
func (s *Store) AddVoicemails(ctx context.Context, list []phone.Voicemail) error {
	return s.change(ctx, "save voice message", func(tx *sql.Tx) error {
		for _, v := range list {
			wave := v.Wave
			if wave == nil {
				wave = []byte{}
			}
			_, err := tx.ExecContext(ctx, `
				INSERT INTO voicemail (row, id, call, account, number, name, blocked, received, length, heard, done, note, wave, search, version, updated)
				VALUES ((
					WITH RECURSIVE place (row) AS (VALUES (?) UNION ALL SELECT row + 1 FROM place WHERE row IN (SELECT row FROM voicemail))
					SELECT max(row) FROM place
				), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
				ON CONFLICT (id) DO NOTHING`,
				v.Received.UnixMilli(), v.ID, v.Call, v.Account, v.Number, v.Name, v.Blocked, v.Received.UnixMicro(), v.Length.Microseconds(),
				v.Heard || v.Done, v.Done, v.Note, wave, searchable(v), time.Now().UnixMicro())
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// searchable is what a message is searched by.
func searchable(v phone.Voicemail) string {
	return strings.Join([]string{folded(v.Name), v.Number, folded(v.Note)}, "\n")
}

// MarkVoicemails marks messages; no matter where there is none.
func (s *Store) MarkVoicemails(ctx context.Context, ids []phone.VoicemailID, mark phone.VoicemailMark) error {
	set := map[phone.VoicemailMark]string{
		phone.MarkHeard: `heard = 1`, phone.MarkUnheard: `heard = 0, done = 0`, phone.MarkDone: `heard = 1, done = 1`, phone.MarkOpen: `done = 0`,
	}[mark]
	return s.voicemails(ctx, "mark voice message", ids, `UPDATE voicemail SET `+set+`, version = version + 1, updated = ?2 WHERE id IN (SELECT value FROM json_each(?1))`,
		time.Now().UnixMicro())
}

// DeleteVoicemails deletes messages, or with back set brings them back; no matter where there is none.
func (s *Store) DeleteVoicemails(ctx context.Context, ids []phone.VoicemailID, back bool) error {
	if back {
		return s.voicemails(ctx, "bring voice message back", ids, `
			UPDATE voicemail SET deleted = NULL, version = version + 1, updated = ?2 WHERE id IN (SELECT value FROM json_each(?1)) AND deleted IS NOT NULL`,
			time.Now().UnixMicro())
	}
	return s.voicemails(ctx, "delete voice message", ids, `
		UPDATE voicemail SET deleted = ?2, version = version + 1, updated = ?2 WHERE id IN (SELECT value FROM json_each(?1)) AND deleted IS NULL`,
		time.Now().UnixMicro())
}

// DropVoicemails removes rows for good, with their tombstones.
func (s *Store) DropVoicemails(ctx context.Context, ids []phone.VoicemailID) error {
	return s.voicemails(ctx, "remove voice message", ids, `DELETE FROM voicemail WHERE id IN (SELECT value FROM json_each(?1))`)
}

// voicemails changes messages: the statement has their ids as ?1, and args from ?2 on.
func (s *Store) voicemails(ctx context.Context, op string, ids []phone.VoicemailID, statement string, args ...any) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return s.failed(op, err)
	}
	return s.change(ctx, op, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, statement, append([]any{string(list)}, args...)...)
		return err
	})
}

// NoteVoicemail changes the note of a message; CodeNotFound where there is none.
func (s *Store) NoteVoicemail(ctx context.Context, id phone.VoicemailID, note string) error {
	const op = "note"
	return s.change(ctx, op, func(tx *sql.Tx) error {
		v := phone.Voicemail{Note: note}
		err := tx.QueryRowContext(ctx, `SELECT name, number FROM voicemail WHERE id = ?`, id).Scan(&v.Name, &v.Number)
		if errors.Is(err, sql.ErrNoRows) {
			return noVoicemail(op)
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE voicemail SET note = ?, search = ?, version = version + 1, updated = ? WHERE id = ?`,
			note, searchable(v), time.Now().UnixMicro(), id)
		return err
	})
}

func noVoicemail(op string) error {
	return &phone.Error{Code: phone.CodeNotFound, Op: op, Err: errors.New("there is no such voice message")}
}
