package data_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// writerDir is set in the environment of a process that is to be killed.
const writerDir = "CALLWARD_TEST_WRITER_DIR"

// imported is how many entries a writer imports at once.
const imported = 20

// writeForEver saves calls, voice messages, texts, contacts and entries in turn, and prints what is on the disk.
func writeForEver(dir string) {
	ctx := context.Background()
	store, err := data.Open(ctx, dir)
	for err == nil {
		for _, write := range []func(context.Context, *data.Store) (string, error){
			writeCall, writeMessages, deleteMessage, writeTexts, deleteTexts, writeContact, writeEntry, writeImport, removeEntry,
		} {
			var done string
			if done, err = write(ctx, store); err != nil {
				break
			}
			fmt.Println(done)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func writeCall(ctx context.Context, store *data.Store) (string, error) {
	id, err := data.NewID()
	if err != nil {
		return "", err
	}
	return "call " + id, store.SaveCall(ctx, phone.CallRecord{
		ID: phone.CallID(id), Direction: phone.In, Account: "1001@pbx.example", Started: time.Now(),
	})
}

// writeMessages saves two voice messages at once, which have one note.
func writeMessages(ctx context.Context, store *data.Store) (string, error) {
	id, err := data.NewID()
	if err != nil {
		return "", err
	}
	a, b := message(phone.VoicemailID(id+" a"), "Zoë", 1), message(phone.VoicemailID(id+" b"), "Max", 2)
	a.Note, b.Note = id, id
	return "messages " + id, store.AddVoicemails(ctx, []phone.Voicemail{a, b})
}

func deleteMessage(ctx context.Context, store *data.Store) (string, error) {
	id, err := data.NewID()
	if err != nil {
		return "", err
	}
	if err := store.AddVoicemails(ctx, []phone.Voicemail{message(phone.VoicemailID(id), "Zoë", 1)}); err != nil {
		return "", err
	}
	return "deleted " + id, store.DeleteVoicemails(ctx, []phone.VoicemailID{phone.VoicemailID(id)}, false)
}

// writeTexts saves two texts at once, in a thread of their own.
func writeTexts(ctx context.Context, store *data.Store) (string, error) {
	id, err := data.NewID()
	if err != nil {
		return "", err
	}
	_, err = store.AddTexts(ctx, []phone.QueuedText{
		received(phone.TextID(id+" a"), id, "killed", 1), written(phone.TextID(id+" b"), id, "killed", 1),
	}, nil, false)
	return "texts " + id, err
}

func deleteTexts(ctx context.Context, store *data.Store) (string, error) {
	saved, err := writeTexts(ctx, store)
	if err != nil {
		return "", err
	}
	number := strings.TrimPrefix(saved, "texts ")
	_, err = store.DeleteThread(ctx, number)
	return "no texts " + number, err
}

func writeContact(ctx context.Context, store *data.Store) (string, error) {
	id, err := data.NewID()
	if err != nil {
		return "", err
	}
	return "contact " + id, store.SaveContacts(ctx, []phone.Contact{{
		ID: phone.ContactID(id), Name: "Zoë", Numbers: []phone.ContactNumber{{Text: "1003", Number: "1003"}, {Text: id, Number: id}},
	}})
}

func writeEntry(ctx context.Context, store *data.Store) (string, error) {
	e, err := newEntry("")
	if err != nil {
		return "", err
	}
	_, err = store.SaveEntry(ctx, e)
	return "entry " + string(e.ID), err
}

// removeEntry adds an entry, counts a call at it, and removes it.
func removeEntry(ctx context.Context, store *data.Store) (string, error) {
	e, err := newEntry("")
	if err != nil {
		return "", err
	}
	rule, err := store.SaveEntry(ctx, e)
	if err == nil {
		err = store.SaveScreened(ctx, []phone.Screened{{Time: time.Now(), Kind: phone.ScreenedCall, Verdict: phone.Verdict{Row: rule.Row}}})
	}
	if err == nil {
		_, err = store.DeleteEntries(ctx, []phone.EntryID{e.ID}, false)
	}
	return "removed " + string(e.ID), err
}

// writeImport imports entries whose names tell which import they are of.
func writeImport(ctx context.Context, store *data.Store) (string, error) {
	id, err := data.NewID()
	if err != nil {
		return "", err
	}
	err = store.ImportEntries(ctx, func(yield func(phone.Entry) error) error {
		for range imported {
			e, err := newEntry(id)
			if err == nil {
				err = yield(e)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}, &phone.ImportReport{})
	return "import " + id, err
}

func newEntry(name string) (phone.Entry, error) {
	id, err := data.NewID()
	return phone.Entry{
		ID: phone.EntryID(id), Kind: phone.KindNumber, Number: id, Text: id, Name: name, Mode: phone.BlockAll, Since: time.Now(),
	}, err
}

// What was saved is there after the process was killed at any moment, and what was not whole is not.
func TestKillLosesNothingThatWasSaved(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("needs SIGKILL")
	}
	kills := 20
	if os.Getenv("CALLWARD_SOAK") != "" {
		kills = 200
	}
	var (
		dir   string
		saved []string
		total int
	)
	for i := range kills {
		if i%20 == 0 { // what is there is looked at whole each time
			dir, total, saved = t.TempDir(), total+len(saved), nil
		}
		saved = append(saved, killWriter(t, dir, 1+rand.IntN(40))...)

		store, err := data.Open(t.Context(), dir)
		require.NoError(t, err)
		there := allThere(t, store)
		for _, one := range saved {
			require.True(t, there[one], one)
		}
		require.NoError(t, store.Close())
	}
	t.Logf("%d kills, %d writes", kills, total+len(saved))
}

// allThere returns what a writer would say of all that is in a store.
func allThere(t *testing.T, store *data.Store) map[string]bool {
	there := map[string]bool{}
	for _, rec := range calls(t, store, 0) {
		there["call "+string(rec.ID)] = true
		require.Equal(t, phone.Missed, rec.Result, "closed at the start after the kill")
	}
	messagesThere(t, store, there)
	textsThere(t, store, there)
	contacts, _, err := store.Contacts(t.Context(), phone.ContactQuery{})
	require.NoError(t, err)
	for _, c := range contacts {
		there["contact "+string(c.ID)] = true
		require.Len(t, c.Numbers, 2, "a contact has all its numbers")
	}
	entries, total, err := store.Entries(t.Context(), phone.EntryQuery{}, time.Now())
	require.NoError(t, err)
	require.Len(t, entries, total)
	imports := map[string]int{}
	for _, e := range entries {
		there["entry "+string(e.ID)] = true
		imports[e.Name]++
	}
	delete(imports, "")
	for id, count := range imports {
		there["import "+id] = true
		require.Equal(t, imported, count, "an import is there whole or not at all")
	}
	log, _, err := store.Screened(t.Context(), phone.ScreenedQuery{})
	require.NoError(t, err)
	for _, r := range log {
		e, _, err := store.Entry(t.Context(), r.Verdict.Row, "")
		require.NoError(t, err)
		require.Equal(t, 1, e.Blocked, "counted with its row of the log")
		there["removed "+string(e.ID)] = r.Entry == ""
	}
	return there
}

func messagesThere(t *testing.T, store *data.Store, there map[string]bool) {
	messages, _, err := store.Voicemails(t.Context(), phone.VoicemailQuery{})
	require.NoError(t, err)
	together := map[string]int{}
	for _, v := range messages {
		together[v.Note]++
	}
	delete(together, "") // of those that are yet to be deleted
	for id, count := range together {
		there["messages "+id] = true
		require.Equal(t, 2, count, "they are there both or not at all")
	}
	ids, err := store.VoicemailIDs(t.Context())
	require.NoError(t, err)
	for id, deleted := range ids {
		there["deleted "+string(id)] = deleted
	}
}

// textsThere looks at each thread: its texts are there both, and found, or not at all.
func textsThere(t *testing.T, store *data.Store, there map[string]bool) {
	threads, total, err := store.Threads(t.Context(), phone.ThreadQuery{})
	require.NoError(t, err)
	require.Len(t, found(t, store, "killed"), 2*total)
	require.Equal(t, total, unseenTexts(t, store))
	for _, th := range threads {
		require.Equal(t, []phone.TextID{phone.TextID(th.Number + " a"), phone.TextID(th.Number + " b")}, said(t, store, th.Number))
		require.Equal(t, th.Number+" b", string(th.Last.ID))
		there["texts "+th.Number] = true
	}
	for _, number := range data.EmptyThreads(t, store) {
		there["no texts "+number] = true
	}
}

// killWriter runs a writer, kills it some moment after it has saved count things, and
// returns all that it said were saved.
func killWriter(t *testing.T, dir string, count int) (saved []string) {
	writer := exec.CommandContext(t.Context(), os.Args[0])
	writer.Env = append(os.Environ(), writerDir+"="+dir)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, writer.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if saved = append(saved, lines.Text()); len(saved) == count {
			time.AfterFunc(rand.N(3*time.Millisecond), func() { _ = writer.Process.Kill() })
		}
	}
	require.Error(t, writer.Wait(), "killed")
	require.GreaterOrEqual(t, len(saved), count)
	return saved
}
