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
INSERT INTO goose_db_version VALUES(5,4,1,'2026-11-26 17:00:00');
INSERT INTO goose_db_version VALUES(6,5,1,'2026-11-26 20:00:00');
INSERT INTO goose_db_version VALUES(7,6,1,'2026-11-26 22:00:00');
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
, voicemail_after_ms INTEGER NOT NULL DEFAULT 0, voicemail_provider INTEGER NOT NULL DEFAULT 0 CHECK (voicemail_provider IN (0, 1)), voicemail_status INTEGER NOT NULL DEFAULT 0, voicemail_number TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO account VALUES('01a20b30-36c4-7cc9-8f85-d663752be3f3','1002@pbx.example','2001:db8::1',5061,'proxy.example:5070','auth','Agnès "A"','tls',90000,'GB','9','9','/etc/ca.pem',0,2,1795484038853320,1795484038853320,0,0,0,'');
INSERT INTO account VALUES('01a20b30-36c4-7cc1-bcbc-bc150d6f706f','1001@pbx.example','2001:db8::1',5061,'proxy.example:5070','auth','Agnès "A"','tls',90000,'GB','9','9','/etc/ca.pem',1,1,1795484038853672,NULL,0,0,0,'');
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
, anyway INTEGER NOT NULL DEFAULT 0 CHECK (anyway IN (0, 1))) STRICT;
INSERT INTO call VALUES(1774785600123,'01a20b30-36c6-7696-a713-f3240cf6dda0','in','+442079460018','','Zoë','1001@pbx.example',1774785600123456,1774785601123456,1774785660123456,'answered','The other side ended the call.',200,0,1795484038854452,0);
INSERT INTO call VALUES(1774785600124,'01a20b30-36c6-7700-a713-f3240cf6dda0','out','+442079460019','020 7946 0019','Łukasz','1001@pbx.example',1774785600123999,NULL,1774785600999999,'busy','The line is busy.',486,0,1795484038854452,0);
INSERT INTO call VALUES(1774792800123,'01a20b30-36c7-7302-b3cc-fca0d638ed61','in','+442079460018','','Zoë','1001@pbx.example',1774792800123456,NULL,NULL,'','',200,0,1795484038855220,1);
CREATE VIRTUAL TABLE call_text USING fts5 (
	name, number, flag,
	content = '', contentless_delete = 1, tokenize = 'trigram remove_diacritics 1'
);
CREATE VIRTUAL TABLE call_trigram USING fts5vocab (call_text, row);
INSERT INTO call_text (rowid, name, number, flag)
SELECT row, name || '  ', number || '  ', iif(result = 'missed', 'mis', '') FROM call ORDER BY row;
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
INSERT INTO contact VALUES(1,'01a20b30-3700-7000-8000-000000000001','Zoë Lee','Lee Plumbing','zoe lee','Calls in the morning.',X'89504e470d0a1a0a',2,1795484038855220,NULL);
INSERT INTO contact VALUES(2,'01a20b30-3700-7000-8000-000000000002','Max','','max','',NULL,2,1795484038855220,1795484038855220);
CREATE TABLE contact_number (
	contact INTEGER NOT NULL REFERENCES contact (row) ON DELETE CASCADE,
	place   INTEGER NOT NULL,
	label   TEXT    NOT NULL,
	text    TEXT    NOT NULL, -- as it was written
	number  TEXT    NOT NULL, -- in normal form; '' where it has none
	PRIMARY KEY (contact, place)
) STRICT, WITHOUT ROWID;
INSERT INTO contact_number VALUES(1,0,'work','020 7946 0018','+442079460018');
INSERT INTO contact_number VALUES(1,1,'SIP','zoe@lee.example','zoe@lee.example');
INSERT INTO contact_number VALUES(2,0,'','1003','1003');
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
INSERT INTO entry VALUES(1,'01a20b30-3800-7000-8000-000000000001','contact','all',0,'+442079460018','020 7946 0018','Zoë','zoe','01a20b30-3700-7000-8000-000000000001',1795484038855220,NULL,1,1795484038855221,1,1795484038855221,NULL);
INSERT INTO entry VALUES(2,'01a20b30-3800-7000-8000-000000000002','prefix','voicemail',0,'+1900','','Premium','premium','',1795484038855220,NULL,0,NULL,1,1795484038855221,NULL);
INSERT INTO entry VALUES(3,'01a20b30-3800-7000-8000-000000000003','number','through',1,'+19005550123','','','','',1795484038855220,NULL,0,NULL,2,1795484038855221,1795484038855221);
CREATE TABLE entry_count (
	through INTEGER PRIMARY KEY,
	count   INTEGER NOT NULL
) STRICT;
INSERT INTO entry_count VALUES(0,2);
INSERT INTO entry_count VALUES(1,0);
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
INSERT INTO screened VALUES(1,1795484038855221,'call','+442079460018','Zoë Lee','1001@pbx.example','all','contact',1,'Zoë','020 7946 0018','From','02079460018@pbx.example','+442079460018','');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',5);
CREATE UNIQUE INDEX account_address ON account (lower(address)) WHERE deleted IS NULL;
CREATE UNIQUE INDEX account_default ON account (is_default) WHERE is_default = 1 AND deleted IS NULL;
CREATE INDEX call_alive ON call (row) WHERE result = '';
CREATE INDEX call_missed ON call (row, started) WHERE result = 'missed';
CREATE INDEX call_unseen ON call (row) WHERE result = 'missed' AND seen = 0;
CREATE INDEX call_back ON call (number, row, started) WHERE direction = 'out' AND answered IS NOT NULL;
CREATE INDEX contact_by_number ON contact_number (number, contact) WHERE number <> '';
CREATE UNIQUE INDEX entry_place ON entry (iif(kind = 'contact', contact, number), kind) WHERE deleted IS NULL;
CREATE INDEX entry_newest ON entry (through) WHERE deleted IS NULL;
CREATE INDEX entry_number ON entry (through, number, kind, mode, expires) WHERE deleted IS NULL;
CREATE INDEX entry_name ON entry (through, sort) WHERE deleted IS NULL;
CREATE INDEX entry_blocked ON entry (through, blocked) WHERE deleted IS NULL;
CREATE INDEX entry_expires ON entry (expires) WHERE expires IS NOT NULL AND deleted IS NULL;
CREATE INDEX entry_contact ON entry (contact) WHERE contact <> '';
CREATE INDEX screened_time ON screened (time);
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
CREATE TRIGGER entry_count_update AFTER UPDATE OF through, deleted ON entry
WHEN (new.through, new.deleted IS NULL) <> (old.through, old.deleted IS NULL) BEGIN
	UPDATE entry_count SET count = count + (through = new.through AND new.deleted IS NULL) - (through = old.through AND old.deleted IS NULL);
END;
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
INSERT INTO voicemail VALUES(1764100000000,'01990000-0000-7000-8000-0000000000f1','','1001@pbx.example','+442079460018','Zoë',1,1764100000000000,12500000,0,0,'',X'00ff','zoe
+442079460018
',1,1764100012000000,NULL);
CREATE INDEX voicemail_deleted ON voicemail (deleted);
CREATE INDEX voicemail_unheard ON voicemail (deleted, heard, row, blocked);
CREATE INDEX voicemail_blocked ON voicemail (deleted, blocked);
CREATE INDEX voicemail_number ON voicemail (deleted, number);
CREATE INDEX voicemail_call ON voicemail (call) WHERE call <> '' AND deleted IS NULL;
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
CREATE INDEX text_later ON text (max(time / 1000, 1), row) WHERE row <> max(time / 1000, 1);
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
CREATE VIRTUAL TABLE text_word USING fts5 (
	body,
	content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8'
);
CREATE INDEX call_thread ON call (number, row) WHERE result <> '';
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
INSERT INTO text VALUES(1764100000000,'01990000-0000-7000-8000-000000000101','in','+442079460018','1001@pbx.example','Grüße aus 東京','',1764100000000000,'received','',NULL,0,'',0,'origin 1','','',0,1,1764100000000000,NULL);
INSERT INTO text VALUES(1764100000001,'01990000-0000-7000-8000-000000000102','out','+442079460018','1001@pbx.example','I will call back.','',1764100000001000,'waiting','There is no connection.',NULL,0,'missed-call',0,'','','call-id 2',3,2,1764100000002000,NULL);
INSERT INTO text VALUES(1764100000002,'01990000-0000-7000-8000-000000000103','in','+442079460018','1001@pbx.example','Deleted','',1764100000002000,'received','',NULL,1,'',0,'origin 3','','',0,2,1764100000003000,1764100000003000);
INSERT INTO text_word(rowid,body) VALUES(1764100000000,'gruße aus 東 京'),(1764100000001,'i will call back'),(1764100000002,'deleted');
INSERT INTO thread(number,name,search,last,unread,draft,drafted,notes,composing,stopped,gone,gone_draft) VALUES('+442079460018','Zoë','zoe
+442079460018',1764100000001,1,'Dear',1764100000009,1,0,1764100000000000,NULL,'');
INSERT INTO triggered VALUES(1764100000001,1764100000000000,'missed-call',0,'Missed call at 10:42','01990000-0000-7000-8000-0000000000c1','','','+442079460018','Zoë','1001@pbx.example','sent','','',1764100000001000,'I will call back.','01990000-0000-7000-8000-000000000102','zoe
+442079460018');
COMMIT;
