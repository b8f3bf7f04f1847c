// Package migration holds the database's schema as steps from one version to
// the next. A step that was released is never edited: what changes is a new one.
package migration

import "embed"

// Files are the steps, named NNNNN_what.sql, for goose. There are none back.
//
//go:embed *.sql
var Files embed.FS
