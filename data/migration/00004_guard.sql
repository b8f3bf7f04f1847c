-- +goose Up

-- A contact is read by row; sort is its name, or company, in lower case and without accents.
CREATE TABLE contact (
	row     INTEGER PRIMARY KEY,
	id      TEXT    NOT NULL UNIQUE,
	name    TEXT    NOT NULL,
	company TEXT    NOT NULL,
	sort    TEXT    NOT NULL,
	note    TEXT    NOT NULL,
	picture BLOB, -- NULL where there is none
	version INTEGER NOT NULL,
	updated INTEGER NOT NULL,
	deleted INTEGER
) STRICT;

CREATE TABLE contact_number (
	contact INTEGER NOT NULL REFERENCES contact (row) ON DELETE CASCADE,
	place   INTEGER NOT NULL,
	label   TEXT    NOT NULL,
	text    TEXT    NOT NULL, -- as it was written
	number  TEXT    NOT NULL, -- in normal form; '' where it has none
	PRIMARY KEY (contact, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_by_number ON contact_number (number, contact) WHERE number <> '';

-- What is blacklisted, and what is always let through.
CREATE TABLE entry (
	row     INTEGER PRIMARY KEY,
	id      TEXT    NOT NULL UNIQUE,
	kind    TEXT    NOT NULL CHECK (kind IN ('number', 'contact', 'prefix', 'hidden', 'contacts')),
	mode    TEXT    NOT NULL CHECK (mode IN ('voicemail', 'all', 'through')),
	through INTEGER NOT NULL CHECK (through = (mode = 'through')), -- which list it is on
	number  TEXT    NOT NULL, -- in normal form, or a prefix
	text    TEXT    NOT NULL, -- as it was typed; '' where that is number
	name    TEXT    NOT NULL,
	sort    TEXT    NOT NULL, -- the name in lower case and without accents
	contact TEXT    NOT NULL, -- its id; '' for none
	since   INTEGER NOT NULL,
	expires INTEGER,
	blocked INTEGER NOT NULL DEFAULT 0, -- how many calls and texts
	last    INTEGER,
	version INTEGER NOT NULL,
	updated INTEGER NOT NULL,
	deleted INTEGER
) STRICT;

-- One entry for each number, for each prefix and for each contact.
CREATE UNIQUE INDEX entry_place ON entry (iif(kind = 'contact', contact, number), kind) WHERE deleted IS NULL;
CREATE INDEX entry_newest ON entry (through) WHERE deleted IS NULL;
-- By number, and all that the list in memory is loaded from.
CREATE INDEX entry_number ON entry (through, number, kind, mode, expires) WHERE deleted IS NULL;
CREATE INDEX entry_name ON entry (through, sort) WHERE deleted IS NULL;
CREATE INDEX entry_blocked ON entry (through, blocked) WHERE deleted IS NULL;
CREATE INDEX entry_expires ON entry (expires) WHERE expires IS NOT NULL AND deleted IS NULL;
CREATE INDEX entry_contact ON entry (contact) WHERE contact <> '';

-- How many entries there are on each list. Who inserts counts them: with a trigger a
-- million entries would take half as long again.
CREATE TABLE entry_count (
	through INTEGER PRIMARY KEY,
	count   INTEGER NOT NULL
) STRICT;
INSERT INTO entry_count VALUES (0, 0), (1, 0);

-- +goose StatementBegin
CREATE TRIGGER entry_count_update AFTER UPDATE OF through, deleted ON entry
WHEN (new.through, new.deleted IS NULL) <> (old.through, old.deleted IS NULL) BEGIN
	UPDATE entry_count SET count = count + (through = new.through AND new.deleted IS NULL) - (through = old.through AND old.deleted IS NULL);
END;
-- +goose StatementEnd

-- The screening log.
CREATE TABLE screened (
	row        INTEGER PRIMARY KEY,
	time       INTEGER NOT NULL,
	kind       TEXT    NOT NULL CHECK (kind IN ('call', 'text')),
	number     TEXT    NOT NULL,
	name       TEXT    NOT NULL,
	account    TEXT    NOT NULL,
	mode       TEXT    NOT NULL,
	entry_kind TEXT    NOT NULL,
	entry      INTEGER NOT NULL, -- its row
	entry_name TEXT    NOT NULL,
	entry_text TEXT    NOT NULL,
	header     TEXT    NOT NULL,
	received   TEXT    NOT NULL,
	normal     TEXT    NOT NULL,
	text       TEXT    NOT NULL
) STRICT;

CREATE INDEX screened_time ON screened (time);

ALTER TABLE call ADD COLUMN anyway INTEGER NOT NULL DEFAULT 0 CHECK (anyway IN (0, 1)); -- called although it was blocked
