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
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-24 04:23:27');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-26 13:50:00');
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
CREATE TABLE IF NOT EXISTS "call" (
	row        INTEGER PRIMARY KEY,
	id         TEXT    NOT NULL UNIQUE,
	direction  TEXT    NOT NULL CHECK (direction IN ('in', 'out')),
	number     TEXT    NOT NULL,
	dialled    TEXT    NOT NULL DEFAULT '',
	name       TEXT    NOT NULL,
	account    TEXT    NOT NULL,
	started    INTEGER NOT NULL,
	answered   INTEGER,
	ended      INTEGER,
	result     TEXT    NOT NULL, -- '' while the call is alive
	reason     TEXT    NOT NULL DEFAULT '',
	sip_status INTEGER NOT NULL,
	seen       INTEGER NOT NULL DEFAULT 0 CHECK (seen IN (0, 1)), -- of a missed call
	updated    INTEGER NOT NULL
) STRICT;
INSERT INTO call VALUES(1774785600123,'01a20b30-36c6-7696-a713-f3240cf6dda0','in','+442079460018','','Zoë','1001@pbx.example',1774785600123456,1774785601123456,1774785660123456,'answered','The other side ended the call.',200,0,1795484038854452);
INSERT INTO call VALUES(1774785600124,'01a20b30-36c6-7700-a713-f3240cf6dda0','out','+442079460019','020 7946 0019','Łukasz','1001@pbx.example',1774785600123999,NULL,1774785600999999,'busy','The line is busy.',486,0,1795484038854452);
INSERT INTO call VALUES(1774792800123,'01a20b30-36c7-7302-b3cc-fca0d638ed61','in','+442079460018','','Zoë','1001@pbx.example',1774792800123456,NULL,NULL,'','',200,0,1795484038855220);
CREATE VIRTUAL TABLE call_text USING fts5 (
	name, number, flag,
	content = '', contentless_delete = 1, tokenize = 'trigram remove_diacritics 1'
);
CREATE VIRTUAL TABLE call_trigram USING fts5vocab (call_text, row);
INSERT INTO call_text (rowid, name, number, flag)
SELECT row, name || '  ', number || '  ', iif(result = 'missed', 'mis', '') FROM call ORDER BY row;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',4);
CREATE UNIQUE INDEX account_address ON account (lower(address)) WHERE deleted IS NULL;
CREATE UNIQUE INDEX account_default ON account (is_default) WHERE is_default = 1 AND deleted IS NULL;
CREATE INDEX call_alive ON call (row) WHERE result = '';
CREATE INDEX call_missed ON call (row, started) WHERE result = 'missed';
CREATE INDEX call_unseen ON call (row) WHERE result = 'missed' AND seen = 0;
CREATE INDEX call_back ON call (number, row, started) WHERE direction = 'out' AND answered IS NOT NULL;
CREATE TRIGGER call_text_insert AFTER INSERT ON call BEGIN
	INSERT INTO call_text (rowid, name, number, flag)
	VALUES (new.row, new.name || '  ', new.number || '  ', iif(new.result = 'missed', 'mis', ''));
END;
CREATE TRIGGER call_text_update AFTER UPDATE OF name, number, result ON call
WHEN (new.name, new.number, new.result = 'missed') <> (old.name, old.number, old.result = 'missed') BEGIN
	UPDATE call_text SET name = new.name || '  ', number = new.number || '  ', flag = iif(new.result = 'missed', 'mis', '')
	WHERE rowid = new.row;
END;
CREATE TRIGGER call_text_delete AFTER DELETE ON call BEGIN
	DELETE FROM call_text WHERE rowid = old.row;
END;
COMMIT;
