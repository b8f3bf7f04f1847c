-- +goose Up

-- A search is of names and numbers. The account is shared by all of an agent's calls: its digits found
-- them all, or, where they were left out afterwards, took as long.
DROP TRIGGER call_text_insert;
DROP TRIGGER call_text_update;
DROP TRIGGER call_text_delete;
DROP TABLE call_trigram;
DROP TABLE call_text;

-- Two spaces end each text, so that each of its characters begins a trigram. flag is
-- 'mis' for a missed call: few of many are found at once.
CREATE VIRTUAL TABLE call_text USING fts5 (
	name, number, flag,
	content = '', contentless_delete = 1, tokenize = 'trigram remove_diacritics 1'
);
CREATE VIRTUAL TABLE call_trigram USING fts5vocab (call_text, row);

INSERT INTO call_text (rowid, name, number, flag)
SELECT row, name || '  ', number || '  ', iif(result = 'missed', 'mis', '') FROM call ORDER BY row;

-- +goose StatementBegin
CREATE TRIGGER call_text_insert AFTER INSERT ON call BEGIN
	INSERT INTO call_text (rowid, name, number, flag)
	VALUES (new.row, new.name || '  ', new.number || '  ', iif(new.result = 'missed', 'mis', ''));
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER call_text_update AFTER UPDATE OF name, number, result ON call
WHEN (new.name, new.number, new.result = 'missed') <> (old.name, old.number, old.result = 'missed') BEGIN
	UPDATE call_text SET name = new.name || '  ', number = new.number || '  ', flag = iif(new.result = 'missed', 'mis', '')
	WHERE rowid = new.row;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER call_text_delete AFTER DELETE ON call BEGIN
	DELETE FROM call_text WHERE rowid = old.row;
END;
-- +goose StatementEnd
