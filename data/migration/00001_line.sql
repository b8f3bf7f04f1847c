-- +goose Up

-- Times are microseconds since 1970 in UTC; NULL where it did not happen.
-- A row that others may hold a copy of counts its changes in version, and stays as a
-- tombstone with deleted set.

CREATE TABLE account (
	id           TEXT    PRIMARY KEY,
	address      TEXT    NOT NULL,
	server       TEXT    NOT NULL,
	port         INTEGER NOT NULL CHECK (port BETWEEN 0 AND 65535),
	proxy        TEXT    NOT NULL,
	auth_user    TEXT    NOT NULL,
	display_name TEXT    NOT NULL,
	transport    TEXT    NOT NULL,
	interval_ms  INTEGER NOT NULL,
	country      TEXT    NOT NULL,
	dial_prefix  TEXT    NOT NULL,
	strip_prefix TEXT    NOT NULL,
	ca_file      TEXT    NOT NULL,
	is_default   INTEGER NOT NULL CHECK (is_default IN (0, 1)),
	version      INTEGER NOT NULL,
	updated      INTEGER NOT NULL,
	deleted      INTEGER
) STRICT;

CREATE UNIQUE INDEX account_address ON account (lower(address)) WHERE deleted IS NULL;
CREATE UNIQUE INDEX account_default ON account (is_default) WHERE is_default = 1 AND deleted IS NULL;

CREATE TABLE setting (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE call (
	id         TEXT    PRIMARY KEY,
	direction  TEXT    NOT NULL CHECK (direction IN ('in', 'out')),
	number     TEXT    NOT NULL,
	name       TEXT    NOT NULL,
	account    TEXT    NOT NULL,
	started    INTEGER NOT NULL,
	answered   INTEGER,
	ended      INTEGER,
	result     TEXT    NOT NULL, -- '' while the call is alive
	sip_status INTEGER NOT NULL,
	updated    INTEGER NOT NULL
) STRICT;

CREATE INDEX call_started ON call (started DESC, id DESC);
CREATE INDEX call_alive ON call (id) WHERE result = '';
