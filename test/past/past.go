// Package past gives a data folder a history of many calls, as years of work leave it.
package past

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver

	"github.com/callward/callward/data"
)

// fill writes calls that began 7 minutes from one to the next, the last at a moment, with 500 people. Every seventh came
// in and was missed, every fifth went out and was busy, the others were answered.
const fill = `
	WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
	INSERT INTO call (row, id, direction, number, name, account, started, answered, ended, result, sip_status, updated)
	SELECT (?2 - i * 420000000) / 1000, printf('01990000-0000-7000-8000-%012d', ?1 - i),
		CASE WHEN i % 7 = 0 OR i % 3 = 0 THEN 'in' ELSE 'out' END,
		printf('+44207946%04d', i * 37 % 500),
		CASE WHEN i % 4 = 0 THEN '' ELSE printf('%s %s',
			rtrim(substr('Anna BrunoChloeDavidElla FelixGraceHenryIris Jonas', i * 37 % 500 % 10 * 5 + 1, 5)),
			rtrim(substr('Smith  Miller Weber  Garcia Rossi  Novak  Nguyen Okafor Silva  ', i * 37 % 500 / 10 % 9 * 7 + 1, 7))) END,
		'alice@127.0.0.1', ?2 - i * 420000000,
		CASE WHEN i % 7 = 0 OR i % 5 = 0 THEN NULL ELSE ?2 - i * 420000000 + 4000000 END,
		?2 - i * 420000000 + 4000000 + i * 7919 % 600 * 1000000,
		CASE WHEN i % 7 = 0 THEN 'missed' WHEN i % 5 = 0 THEN 'busy' ELSE 'answered' END, 0, ?2
	FROM n`

// Fill makes a data folder with n calls in its history, the last at some time.
func Fill(ctx context.Context, dir string, n int, last time.Time) (err error) {
	store, err := data.Open(ctx, dir)
	if err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, "callward.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, fill, n, last.UnixMicro())
	return err
}
