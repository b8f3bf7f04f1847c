package data_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// inboxReads are all ways to read the inbox.
func inboxReads(store *data.Store) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"list": func(ctx context.Context) error {
			_, _, err := store.Voicemails(ctx, phone.VoicemailQuery{})
			return err
		},
		"one": func(ctx context.Context) error {
			_, err := store.Voicemail(ctx, "a")
			return err
		},
		"counts": func(ctx context.Context) error {
			_, err := store.VoicemailCounts(ctx)
			return err
		},
		"ids": func(ctx context.Context) error {
			_, err := store.VoicemailIDs(ctx)
			return err
		},
		"to drop": func(ctx context.Context) error {
			_, err := store.VoicemailsToDrop(ctx, noon)
			return err
		},
		"heard": func(ctx context.Context) error {
			_, err := store.HeardVoicemails(ctx, noon)
			return err
		},
	}
}

// inboxWrites are all ways to change what someMessages puts there.
func inboxWrites(store *data.Store) map[string]func(context.Context) error {
	ids := []phone.VoicemailID{"a"}
	return map[string]func(context.Context) error{
		"add": func(ctx context.Context) error {
			return store.AddVoicemails(ctx, []phone.Voicemail{message("new", "Max", 4)})
		},
		"mark":   func(ctx context.Context) error { return store.MarkVoicemails(ctx, ids, phone.MarkHeard) },
		"note":   func(ctx context.Context) error { return store.NoteVoicemail(ctx, "a", "Call back") },
		"delete": func(ctx context.Context) error { return store.DeleteVoicemails(ctx, ids, false) },
		"drop":   func(ctx context.Context) error { return store.DropVoicemails(ctx, ids) },
	}
}

// A message that does not fit takes those with it that would have.
func TestMessagesAreAddedAllOrNone(t *testing.T) {
	dir := t.TempDir()
	store := someMessages(t, dir)
	data.LimitPages(t, store)
	small, large := message("small", "Max", 4), message("large", "Max", 5)
	large.Note = strings.Repeat("x", 1<<20)
	requireStorage(t, store.AddVoicemails(t.Context(), []phone.Voicemail{small, large}), "the disk is full", dir)
	requireStorage(t, store.NoteVoicemail(t.Context(), "a", large.Note), "the disk is full", dir)
	ids, _ := inbox(t, store, phone.VoicemailQuery{})
	require.Equal(t, []phone.VoicemailID{"c", "b", "a"}, ids)
	require.NoError(t, store.AddVoicemails(t.Context(), []phone.Voicemail{small}), "the connection is of use again")
}

func TestAnInboxThatCannotBeWrittenStaysAsItWas(t *testing.T) {
	store := someMessages(t, t.TempDir())
	before, _, err := store.Voicemails(t.Context(), phone.VoicemailQuery{})
	require.NoError(t, err)
	data.RefuseWrites(t, store)
	for name, write := range inboxWrites(store) {
		t.Run(name, func(t *testing.T) {
			requireStorage(t, write(t.Context()), "cannot be written")
			after, _, err := store.Voicemails(t.Context(), phone.VoicemailQuery{})
			require.NoError(t, err)
			require.Equal(t, before, after)
		})
	}
}

func TestADamagedInboxIsTold(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, someMessages(t, dir).Close())
	store := open(t, dir)
	path := filepath.Join(dir, "callward.db")
	intact, err := os.ReadFile(path)
	require.NoError(t, err)
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	require.NoError(t, err)
	defer file.Close()
	_, err = file.WriteAt([]byte(strings.Repeat("\xff", len(intact)-4096)), 4096)
	require.NoError(t, err)
	for name, read := range inboxReads(store) {
		t.Run(name, func(t *testing.T) { requireStorage(t, read(t.Context()), path, "damaged") })
	}
	require.NoError(t, os.WriteFile(path, intact, 0o600)) // for the end
}
