PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-24 01:33:58');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-24 01:33:58');
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
INSERT INTO account VALUES('01a20b30-36c4-7cc9-8f85-d663752be3f3','1002@pbx.example','2001:db8::1',5061,'proxy.example:5070','auth','Agnès "A"','tls',90000,'GB','9','9','/etc/ca.pem',0,2,1795484038853320,1795484038853320);
INSERT INTO account VALUES('01a20b30-36c4-7cc1-bcbc-bc150d6f706f','1001@pbx.example','2001:db8::1',5061,'proxy.example:5070','auth','Agnès "A"','tls',90000,'GB','9','9','/etc/ca.pem',1,1,1795484038853672,NULL);
CREATE TABLE setting (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('practice','on');
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
INSERT INTO call VALUES('01a20b30-36c6-7696-a713-f3240cf6dda0','in','+442079460018','Zoë','1001@pbx.example',1774785600123456,1774785601123456,1774785660123456,'answered',200,1795484038854452);
INSERT INTO call VALUES('01a20b30-36c6-7c88-a26e-688e85eb8d67','in','+442079460018','Zoë','1001@pbx.example',1774789200123456,1774785601123456,1774785660123456,'answered',200,1795484038854842);
INSERT INTO call VALUES('01a20b30-36c7-7302-b3cc-fca0d638ed61','in','+442079460018','Zoë','1001@pbx.example',1774792800123456,NULL,NULL,'',200,1795484038855220);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',2);
CREATE UNIQUE INDEX account_address ON account (lower(address)) WHERE deleted IS NULL;
CREATE UNIQUE INDEX account_default ON account (is_default) WHERE is_default = 1 AND deleted IS NULL;
CREATE INDEX call_started ON call (started DESC, id DESC);
CREATE INDEX call_alive ON call (id) WHERE result = '';
COMMIT;
