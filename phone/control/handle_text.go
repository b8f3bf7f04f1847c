package control

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// textPart is how many texts are read at once.
const textPart = 1000

// sendText looks first whether the number is blacklisted: that restricts nothing, but is told.
func sendText(ctx context.Context, ph Phone, args TextSend) (any, error) {
	thread, err := ph.ThreadOf(ctx, args.Number, args.Account)
	if err != nil {
		return nil, err
	}
	t, err := ph.SendText(ctx, phone.TextRequest{Number: args.Number, Body: args.Text, Via: args.Account})
	return TextWritten{Text: newText(t), Blacklisted: blacklisted(thread)}, err
}

// threadOf returns the thread of a number as typed, "" for that of senders who hide. A sender whom nothing can be sent to
// is found by what it calls itself.
func threadOf(ctx context.Context, ph Phone, typed string) (phone.Thread, error) {
	if typed == "" {
		return ph.Thread(ctx, "")
	}
	t, err := ph.ThreadOf(ctx, typed, "")
	if code := phone.CodeOf(err); code != phone.CodeInvalid && code != phone.CodeNoAccount {
		return t, err
	}
	if t, unread := ph.Thread(ctx, typed); unread == nil && t.Last.ID != "" {
		return t, nil
	}
	return phone.Thread{}, err
}

func listTexts(ctx context.Context, ph Phone, args TextList) (any, error) {
	if args.Before < 0 || args.Limit < 0 {
		return nil, invalid("limit", "The limit is a number of texts, or 0 for all, and before a row, or 0.")
	}
	thread, err := threadOf(ctx, ph, args.Number)
	if err != nil {
		return nil, err
	}
	q := phone.TimelineQuery{Number: thread.Number, From: phone.Place{Row: args.Before}, Back: true, Limit: textPart}
	rows := []Text{} // the newest first, until all are there
	for {
		items, err := ph.Timeline(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, item := range slices.Backward(items) {
			if item.Text != nil && (args.Limit == 0 || len(rows) < args.Limit) {
				rows = append(rows, newText(*item.Text))
			}
		}
		if len(items) < q.Limit || args.Limit > 0 && len(rows) == args.Limit {
			slices.Reverse(rows)
			return rows, nil
		}
		q.From = items[0].Place
	}
}

func listThreads(ctx context.Context, ph Phone, args ThreadList) (any, error) {
	if args.Offset < 0 || args.Limit < 0 {
		return nil, invalid("limit", "Offset and limit are numbers of threads, from 0 on.")
	}
	found, _, err := ph.Threads(ctx, phone.ThreadQuery{Search: args.Search, Unread: args.Unread, Offset: args.Offset, Limit: args.Limit})
	return rowsOf(found, newThread), err
}

func searchTexts(ctx context.Context, ph Phone, args TextSearch) (any, error) {
	if args.Before < 0 || args.Limit < 0 {
		return nil, invalid("limit", "The limit is a number of texts, or 0 for all, and before a row, or 0.")
	}
	rows := []TextFound{}
	for before := args.Before; ; {
		q := phone.TextSearch{Text: args.Search, Before: before, Limit: textPart}
		if args.Limit > 0 {
			q.Limit = min(q.Limit, args.Limit-len(rows))
		}
		found, err := ph.SearchTexts(ctx, q)
		if err != nil {
			return nil, err
		}
		rows = append(rows, rowsOf(found, newTextFound)...)
		if len(found) < q.Limit || len(rows) == args.Limit {
			return rows, nil
		}
		before = found[len(found)-1].Text.Row
	}
}

func seeTexts(ctx context.Context, ph Phone, args TextSeen) (any, error) {
	thread, err := threadOf(ctx, ph, args.Number)
	if err != nil {
		return nil, err
	}
	to := args.To
	if to == 0 {
		to = thread.Last.Row
	}
	return nil, ph.SeeTexts(ctx, thread.Number, to)
}

func retryText(ctx context.Context, ph Phone, args TextRef) (any, error) {
	return nil, ph.RetryText(ctx, args.ID)
}

func deleteText(ctx context.Context, ph Phone, args TextRef) (any, error) {
	if _, err := ph.Text(ctx, args.ID); err != nil {
		return nil, err
	}
	return nil, ph.DeleteTexts(ctx, args.ID)
}

// restoreText fails where there is none, which shows afterwards: what is deleted is not found before.
func restoreText(ctx context.Context, ph Phone, args TextRef) (any, error) {
	if err := ph.RestoreTexts(ctx, args.ID); err != nil {
		return nil, err
	}
	_, err := ph.Text(ctx, args.ID)
	return nil, err
}

func getTextSettings(ctx context.Context, ph Phone, _ none) (any, error) {
	s, err := ph.TextSettings(ctx)
	return newTextSettings(s), err
}

func setTextSettings(ctx context.Context, ph Phone, args TextSettings) (any, error) {
	return nil, ph.SetTextSettings(ctx, args.textSettings())
}
