-- +goose Up

-- Calls are listed, searched and read by row: when the call started, in milliseconds
-- since 1970, or the next that was free. So the newest come first in the index of
-- their text too, and no other call ever gets the row of one that was deleted a while ago.
CREATE TABLE call_by_row (
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

-- What was missed before there was a count of it is no news.
INSERT INTO call_by_row (row, id, direction, number, name, account, started, answered, ended, result, sip_status, seen, updated)
SELECT place + max(started / 1000 - place) OVER (ORDER BY place), id, direction, number, name, account, started, answered, ended,
	result, sip_status, result = 'missed', updated
FROM (SELECT *, row_number() OVER (ORDER BY started, id) AS place FROM call);

DROP TABLE call;
ALTER TABLE call_by_row RENAME TO call;

CREATE INDEX call_alive ON call (row) WHERE result = '';
CREATE INDEX call_missed ON call (row, started) WHERE result = 'missed';
CREATE INDEX call_unseen ON call (row) WHERE result = 'missed' AND seen = 0;
CREATE INDEX call_back ON call (number, row, started) WHERE direction = 'out' AND answered IS NOT NULL;

-- Two spaces end each text, so that each of its characters begins a trigram. flag is
-- 'mis' for a missed call: few of many are found at once.
CREATE VIRTUAL TABLE call_text USING fts5 (
	name, number, account, flag,
	content = '', contentless_delete = 1, tokenize = 'trigram remove_diacritics 1'
);
CREATE VIRTUAL TABLE call_trigram USING fts5vocab (call_text, row);

INSERT INTO call_text (rowid, name, number, account, flag)
SELECT row, name || '  ', number || '  ', account || '  ', iif(result = 'missed', 'mis', '') FROM call ORDER BY row;

-- +goose StatementBegin
CREATE TRIGGER call_text_insert AFTER INSERT ON call BEGIN
	INSERT INTO call_text (rowid, name, number, account, flag)
	VALUES (new.row, new.name || '  ', new.number || '  ', new.account || '  ', iif(new.result = 'missed', 'mis', ''));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER call_text_update AFTER UPDATE OF name, number, account, result ON call
WHEN (new.name, new.number, new.account, new.result = 'missed') <> (old.name, old.number, old.account, old.result = 'missed') BEGIN
	UPDATE call_text SET name = new.name || '  ', number = new.number || '  ', account = new.account || '  ',
		flag = iif(new.result = 'missed', 'mis', '')
	WHERE rowid = new.row;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER call_text_delete AFTER DELETE ON call BEGIN
	DELETE FROM call_text WHERE rowid = old.row;
END;
-- +goose StatementEnd
