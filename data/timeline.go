package data

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"

	"github.com/callward/callward/phone"
)

// Timeline returns a part of what stands in a thread, in order, also for Back: texts, calls that have ended, and voice
// messages. Calls and messages of callers who hide are of many, and stand in no thread.
func (s *Store) Timeline(ctx context.Context, q phone.TimelineQuery) ([]phone.ThreadItem, error) {
	limit := max(q.Limit, 1)
	kinds := []struct {
		kind           phone.PlaceKind
		columns, where string
		scan           func(*sql.Rows) (phone.ThreadItem, error)
	}{
		{phone.PlaceText, textColumns + ` FROM text`, `deleted IS NULL`, scanTextItem},
		{phone.PlaceCall, callColumns + ` FROM call`, `result <> ''`, scanCallItem},
		{phone.PlaceVoicemail, voicemailColumns + ` FROM voicemail`, `deleted IS NULL`, scanVoicemailItem},
	}
	if q.Number == "" {
		kinds = kinds[:1]
	}
	var all []phone.ThreadItem
	for _, k := range kinds {
		from, to, order := bounds(q, k.kind)
		found, err := rows(ctx, s, "read thread", k.scan, `SELECT row, `+k.columns+`
			WHERE number = ? AND `+k.where+` AND row BETWEEN ? AND ? ORDER BY row `+order+` LIMIT ?`, q.Number, from, to, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b phone.ThreadItem) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Kind, b.Kind)) })
	if limit = min(limit, len(all)); q.Back {
		return all[len(all)-limit:], nil
	}
	return all[:limit], nil
}

// bounds are the rows of a kind that a query chooses, and in which order it reads them.
func bounds(q phone.TimelineQuery, kind phone.PlaceKind) (from, to int64, order string) {
	from, to, order = math.MinInt64, math.MaxInt64, "ASC"
	at := phone.Place{Row: q.From.Row, Kind: kind}
	if q.Back {
		order = "DESC"
	}
	switch {
	case q.From == phone.Place{}:
	case q.Back && at.Before(q.From):
		to = q.From.Row
	case q.Back:
		to = q.From.Row - 1
	case at.Before(q.From):
		from = q.From.Row + 1
	default:
		from = q.From.Row
	}
	return from, to, order
}

func scanTextItem(row *sql.Rows) (item phone.ThreadItem, err error) {
	t, err := scanTextRow(row, &item.Row)
	item.Kind, item.Text = phone.PlaceText, &t
	return item, err
}

func scanCallItem(row *sql.Rows) (item phone.ThreadItem, err error) {
	c, err := scanCall(row, &item.Row)
	item.Kind, item.Call = phone.PlaceCall, &c
	return item, err
}

func scanVoicemailItem(row *sql.Rows) (item phone.ThreadItem, err error) {
	v, err := scanVoicemailRow(row, &item.Row)
	item.Kind, item.Voicemail = phone.PlaceVoicemail, &v
	return item, err
}
