package view

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// shouting says everything in capitals.
type shouting struct{ english }

func (shouting) L(text string, _ ...any) string { return strings.ToUpper(text) }

// oneSkipped is a file of which one card is left out.
type oneSkipped struct{ Files }

func (oneSkipped) ImportBlacklist(context.Context, string, phone.Progress) (phone.ImportReport, error) {
	return phone.ImportReport{SkippedCount: 1, Skipped: []phone.Skipped{{Line: 4, What: "Max {{.Orr}}", Why: "It has no number."}}}, nil
}

func TestWhatWasLeftOutIsSaidInTheUsersLanguage(t *testing.T) {
	q := &queue{}
	f := &FileWork{Changed: func() {}, files: oneSkipped{}, worker: q, words: shouting{}, Path: "/x.csv"}
	f.Go()
	for len(q.todo) > 0 && f.Report == nil {
		next := q.todo[0]
		q.todo = q.todo[1:]
		next()
	}
	require.Equal(t, []phone.Skipped{{Line: 4, What: "Max {{.Orr}}", Why: "IT HAS NO NUMBER."}}, f.Report.Skipped)
}
