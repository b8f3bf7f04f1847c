-- +goose Up

-- The inbox. A message is read by row: when it was received, in milliseconds since 1970, or the next that was free.
-- search is name, number and note as they are searched, in lower case and without accents.
CREATE TABLE voicemail (
	row      INTEGER PRIMARY KEY,
	id       TEXT    NOT NULL UNIQUE,
	call     TEXT    NOT NULL, -- its id; '' for a blocked caller
	account  TEXT    NOT NULL,
	number   TEXT    NOT NULL,
	name     TEXT    NOT NULL,
	blocked  INTEGER NOT NULL CHECK (blocked IN (0, 1)),
	received INTEGER NOT NULL,
	length   INTEGER NOT NULL, -- in microseconds
	heard    INTEGER NOT NULL CHECK (heard IN (0, 1)),
	done     INTEGER NOT NULL CHECK (done IN (0, 1) AND done <= heard),
	note     TEXT    NOT NULL,
	wave     BLOB    NOT NULL,
	search   TEXT    NOT NULL,
	version  INTEGER NOT NULL,
	updated  INTEGER NOT NULL,
	deleted  INTEGER
) STRICT;

-- Each has all that its query looks at, so that a count reads no message. Rows come at the end of an index, newest last.
CREATE INDEX voicemail_deleted ON voicemail (deleted);
CREATE INDEX voicemail_unheard ON voicemail (deleted, heard, row, blocked);
CREATE INDEX voicemail_blocked ON voicemail (deleted, blocked);
CREATE INDEX voicemail_number ON voicemail (deleted, number);
CREATE INDEX voicemail_call ON voicemail (call) WHERE call <> '' AND deleted IS NULL;

-- Who takes the messages of an account.
ALTER TABLE account ADD COLUMN voicemail_after_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN voicemail_provider INTEGER NOT NULL DEFAULT 0 CHECK (voicemail_provider IN (0, 1));
ALTER TABLE account ADD COLUMN voicemail_status INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN voicemail_number TEXT NOT NULL DEFAULT '';
