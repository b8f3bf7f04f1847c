package data_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// textReads are all ways to read texts and the trigger log.
func textReads(store *data.Store) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"one":     func(ctx context.Context) error { _, err := store.Text(ctx, "a"); return err },
		"by ref":  func(ctx context.Context) error { _, err := store.TextByRef(ctx, "1001@pbx.example", "SM1"); return err },
		"queue":   func(ctx context.Context) error { _, err := store.QueuedTexts(ctx); return err },
		"queued":  func(ctx context.Context) error { _, err := store.QueuedText(ctx, "b"); return err },
		"threads": func(ctx context.Context) error { _, _, err := store.Threads(ctx, phone.ThreadQuery{}); return err },
		"thread":  func(ctx context.Context) error { _, err := store.Thread(ctx, zoe); return err },
		"timeline": func(ctx context.Context) error {
			_, err := store.Timeline(ctx, phone.TimelineQuery{Number: zoe, Limit: 1})
			return err
		},
		"search": func(ctx context.Context) error {
			_, err := store.SearchTexts(ctx, phone.TextSearch{Text: "hello", Limit: 1})
			return err
		},
		"unseen": func(ctx context.Context) error { _, err := store.UnseenTexts(ctx); return err },
		"log": func(ctx context.Context) error {
			_, _, err := store.Triggered(ctx, phone.TriggerLogQuery{})
			return err
		},
		"waiting":   func(ctx context.Context) error { _, err := store.WaitingTriggers(ctx); return err },
		"triggered": func(ctx context.Context) error { _, err := store.TriggeredText(ctx, "b"); return err },
		"since": func(ctx context.Context) error {
			_, err := store.TriggeredSince(ctx, phone.MissedCallTrigger, zoe, noon, 0)
			return err
		},
		"in a row": func(ctx context.Context) error {
			_, err := store.AutomaticInRow(ctx, zoe, noon, time.Minute)
			return err
		},
	}
}

// textWrites are all ways to change what someTexts puts there.
func textWrites(store *data.Store) map[string]func(context.Context) error {
	ids := []phone.TextID{"a"}
	return map[string]func(context.Context) error{
		"add": func(ctx context.Context) error {
			_, err := store.AddTexts(ctx, []phone.QueuedText{received("new", zoe, "Hello", 9)}, nil, false)
			return err
		},
		"try": func(ctx context.Context) error { return store.TryText(ctx, "b", 2) },
		"settle": func(ctx context.Context) error {
			_, err := store.SettleText(ctx, "b", phone.TextOutcome{State: phone.TextSent, At: noon})
			return err
		},
		"withhold":      func(ctx context.Context) error { return store.WithholdText(ctx, "b") },
		"see":           func(ctx context.Context) error { return store.SeeTexts(ctx, zoe, noon.Add(time.Hour).UnixMilli()) },
		"draft":         func(ctx context.Context) error { return store.SaveDraft(ctx, zoe, "Dear") },
		"features":      func(ctx context.Context) error { return store.SaveFeatures(ctx, zoe, phone.TextFeatures{Notes: true}) },
		"stop":          func(ctx context.Context) error { return store.SetStopped(ctx, zoe, noon) },
		"delete":        func(ctx context.Context) error { return store.DeleteTexts(ctx, ids, false) },
		"delete thread": func(ctx context.Context) error { _, err := store.DeleteThread(ctx, zoe); return err },
		"drop":          func(ctx context.Context) error { return store.DropTexts(ctx, time.Now().Add(time.Hour)) },
		"log": func(ctx context.Context) error {
			_, err := store.SaveTriggered(ctx, []phone.Triggered{triggered("", zoe, 9)})
			return err
		},
		"cut log": func(ctx context.Context) error { return store.DropTriggered(ctx, noon.Add(time.Hour)) },
	}
}

// someTexts has one of Zoë's, one to her that waits, one that was deleted, and a row of the trigger log.
func someTexts(t *testing.T, dir string) *data.Store {
	t.Helper()
	store := open(t, dir)
	addTexts(t, store, received("a", zoe, "Hello", 1), written("b", zoe, "Hello", 2), received("c", zoe, "Hello", 3))
	require.NoError(t, store.DeleteTexts(t.Context(), []phone.TextID{"c"}, false))
	row := triggered("Zoë", zoe, 1)
	row.Outcome, row.Sent = phone.TriggerSent, "b"
	saveTriggered(t, store, row)
	return store
}

// textState is all that a store says of texts.
func textState(t *testing.T, store *data.Store) string {
	t.Helper()
	threads, _, err := store.Threads(t.Context(), phone.ThreadQuery{})
	require.NoError(t, err)
	items, err := store.Timeline(t.Context(), phone.TimelineQuery{Number: zoe, Limit: 100})
	require.NoError(t, err)
	var texts []phone.Text
	for _, item := range items {
		texts = append(texts, *item.Text)
	}
	queued, err := store.QueuedTexts(t.Context())
	require.NoError(t, err)
	log, _, err := store.Triggered(t.Context(), phone.TriggerLogQuery{})
	require.NoError(t, err)
	return fmt.Sprintf("%+v\n%+v\n%+v\n%+v\n%v", threads, texts, queued, log, found(t, store, "hello"))
}

// A text that does not fit takes those with it that would have, and the draft stays.
func TestTextsAreAddedAllOrNone(t *testing.T) {
	dir := t.TempDir()
	store := someTexts(t, dir)
	require.NoError(t, store.SaveDraft(t.Context(), zoe, "Dear"))
	before := textState(t, store)
	data.LimitPages(t, store)
	small, large := written("small", zoe, "Hello", 4), written("large", maxim, strings.Repeat("hello ", 100_000), 5)
	added, err := store.AddTexts(t.Context(), []phone.QueuedText{small, large}, nil, true)
	requireStorage(t, err, "the disk is full", dir)
	require.Empty(t, added)
	requireStorage(t, store.SaveDraft(t.Context(), maxim, large.Body), "the disk is full", dir)
	long := triggered("", zoe, 1)
	long.Text = large.Body
	saved, err := store.SaveTriggered(t.Context(), []phone.Triggered{triggered("", zoe, 1), long})
	requireStorage(t, err, "the disk is full", dir)
	require.Empty(t, saved)
	require.Equal(t, before, textState(t, store))
	require.NoError(t, store.SeeTexts(t.Context(), zoe, noon.Add(time.Hour).UnixMilli()), "the connection is of use again")
}

func TestTextsThatCannotBeWrittenStayAsTheyWere(t *testing.T) {
	store := someTexts(t, t.TempDir())
	before := textState(t, store)
	data.RefuseWrites(t, store)
	for name, write := range textWrites(store) {
		t.Run(name, func(t *testing.T) {
			requireStorage(t, write(t.Context()), "cannot be written")
			require.Equal(t, before, textState(t, store))
		})
	}
}

func TestDamagedTextsAreTold(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, someTexts(t, dir).Close())
	store := open(t, dir)
	path := filepath.Join(dir, "callward.db")
	intact, err := os.ReadFile(path)
	require.NoError(t, err)
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	require.NoError(t, err)
	defer file.Close()
	_, err = file.WriteAt([]byte(strings.Repeat("\xff", len(intact)-4096)), 4096)
	require.NoError(t, err)
	for name, read := range textReads(store) {
		t.Run(name, func(t *testing.T) { requireStorage(t, read(t.Context()), path, "damaged") })
	}
	require.NoError(t, os.WriteFile(path, intact, 0o600)) // for the end
}
