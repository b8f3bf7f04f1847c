-- +goose Up

-- Texts are read by row: when one was written or received, in milliseconds since 1970, or the next that was free.
CREATE TABLE text (
	row       INTEGER PRIMARY KEY,
	id        TEXT    NOT NULL UNIQUE,
	direction TEXT    NOT NULL CHECK (direction IN ('in', 'out')),
	number    TEXT    NOT NULL, -- names the thread
	via       TEXT    NOT NULL,
	body      TEXT    NOT NULL,
	type      TEXT    NOT NULL,
	time      INTEGER NOT NULL,
	state     TEXT    NOT NULL CHECK (state IN ('received', 'waiting', 'sent', 'delivered', 'failed')),
	reason    TEXT    NOT NULL,
	settled   INTEGER,
	seen      INTEGER NOT NULL CHECK (seen IN (0, 1)),
	trigger   TEXT    NOT NULL, -- its name; '' for none
	automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),
	origin    TEXT    NOT NULL,
	ref       TEXT    NOT NULL,
	call_id   TEXT    NOT NULL, -- of its MESSAGE
	cseq      INTEGER NOT NULL,
	version   INTEGER NOT NULL,
	updated   INTEGER NOT NULL,
	deleted   INTEGER
) STRICT;

CREATE INDEX text_thread ON text (number, row) WHERE deleted IS NULL;
CREATE INDEX text_unseen ON text (number, row) WHERE direction = 'in' AND seen = 0 AND deleted IS NULL;
CREATE INDEX text_waiting ON text (row) WHERE state = 'waiting' AND deleted IS NULL;
CREATE INDEX text_trigger ON text (number, row) WHERE trigger <> '' AND deleted IS NULL;
CREATE UNIQUE INDEX text_origin ON text (origin) WHERE direction = 'in' AND origin <> '';
CREATE INDEX text_ref ON text (via, ref) WHERE ref <> '';
CREATE INDEX text_deleted ON text (deleted, number) WHERE deleted IS NOT NULL;
-- Those that came later in a millisecond than another.
CREATE INDEX text_later ON text (max(time / 1000, 1), row) WHERE row <> max(time / 1000, 1);

-- What has been written with a number. Who writes texts keeps last and unread: what is counted here is in text.
CREATE TABLE thread (
	number      TEXT    PRIMARY KEY,
	name        TEXT    NOT NULL DEFAULT '', -- what the sender calls itself
	search      TEXT    NOT NULL,            -- name and number in lower case and without accents
	last        INTEGER NOT NULL DEFAULT 0,  -- the row of its newest text; 0 for none
	unread      INTEGER NOT NULL DEFAULT 0,
	draft       TEXT    NOT NULL DEFAULT '',
	drafted     INTEGER NOT NULL DEFAULT 0,  -- in milliseconds since 1970; 0 for no draft
	notes       INTEGER NOT NULL DEFAULT 0 CHECK (notes IN (0, 1)),
	composing   INTEGER NOT NULL DEFAULT 0 CHECK (composing IN (0, 1)),
	stopped     INTEGER,
	gone        INTEGER, -- when it was deleted with its draft, which was:
	gone_draft  TEXT    NOT NULL DEFAULT '',
	place       INTEGER NOT NULL AS (max(last, drafted)) VIRTUAL -- 0 for one that is not listed
) STRICT;

CREATE INDEX thread_place ON thread (place, number) WHERE place > 0;
CREATE INDEX thread_unread ON thread (place, number, unread) WHERE unread > 0;
CREATE INDEX thread_gone ON thread (gone) WHERE gone IS NOT NULL;

-- The words of texts, as the program has cut and folded them. Each prefix that is common is found as fast as a word.
CREATE VIRTUAL TABLE text_word USING fts5 (
	body,
	content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8'
);

-- Threads show the calls with their number.
CREATE INDEX call_thread ON call (number, row) WHERE result <> '';

-- The trigger log.
CREATE TABLE triggered (
	row       INTEGER PRIMARY KEY,
	time      INTEGER NOT NULL,
	trigger   TEXT    NOT NULL, -- its name
	test      INTEGER NOT NULL CHECK (test IN (0, 1)),
	event     TEXT    NOT NULL,
	call      TEXT    NOT NULL,
	voicemail TEXT    NOT NULL,
	message   TEXT    NOT NULL,
	number    TEXT    NOT NULL,
	name      TEXT    NOT NULL,
	via       TEXT    NOT NULL,
	outcome   TEXT    NOT NULL CHECK (outcome IN ('waiting', 'sent', 'withheld', 'failed')),
	why       TEXT    NOT NULL,
	reason    TEXT    NOT NULL,
	due       INTEGER,
	text      TEXT    NOT NULL,
	sent      TEXT    NOT NULL, -- the id of the text; '' for none
	search    TEXT    NOT NULL  -- name and number in lower case and without accents
) STRICT;

CREATE INDEX triggered_time ON triggered (time);
CREATE INDEX triggered_outcome ON triggered (outcome);
CREATE INDEX triggered_sent ON triggered (sent) WHERE sent <> '';
CREATE INDEX triggered_number ON triggered (number, trigger, max(time, coalesce(due, 0))) WHERE test = 0 AND outcome IN ('sent', 'waiting');
