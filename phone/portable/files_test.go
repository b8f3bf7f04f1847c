package portable_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/portable"
)

// book keeps what is imported, and gives it to be exported. With fail set, it fails after the first.
type book struct {
	contacts []phone.Contact
	drafts   []phone.EntryDraft
	entries  []phone.Entry
	fail     error
}

func (b *book) ImportContacts(_ context.Context, each func(yield func(int, phone.Contact) error) error, report *phone.ImportReport, progress phone.Progress) error {
	return each(func(_ int, c phone.Contact) error {
		b.contacts = append(b.contacts, c)
		report.Added++
		progress(report.Added, 0)
		return b.fail
	})
}

func (b *book) ImportEntries(_ context.Context, each func(yield func(int, phone.EntryDraft) error) error, report *phone.ImportReport, progress phone.Progress) error {
	return each(func(_ int, d phone.EntryDraft) error {
		b.drafts = append(b.drafts, d)
		report.Added++
		progress(report.Added, 0)
		return b.fail
	})
}

func (b *book) EachContact(_ context.Context, yield func(phone.Contact) error) error {
	for _, c := range b.contacts {
		if err := errors.Join(yield(c), b.fail); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) EachEntry(_ context.Context, yield func(phone.Entry) error) error {
	for _, e := range b.entries {
		if err := errors.Join(yield(e), b.fail); err != nil {
			return err
		}
	}
	return nil
}

// fullBook has two contacts, of whom the second has more numbers, and an entry.
func fullBook() *book {
	return &book{
		contacts: []phone.Contact{
			{Name: "Eve", Numbers: []phone.ContactNumber{{Label: "mobile", Text: "+15550100"}}},
			{Name: "Jo", Company: "Lee", Numbers: []phone.ContactNumber{{Label: "work", Text: "020 7946"}, {Label: "sip", Text: "jo@pbx.example"}, {Label: "home", Text: "12"}}},
		},
		entries: []phone.Entry{{Kind: phone.KindNumber, Number: "+15550100", Name: "Eve", Mode: phone.BlockAll}},
	}
}

func unwatched(int, int) {}

// texts are the numbers of contacts as they are written.
func texts(contacts []phone.Contact) (all [][]string) {
	for _, c := range contacts {
		row := []string{c.Name, c.Company}
		for _, n := range c.Numbers {
			row = append(row, n.Text)
		}
		all = append(all, row)
	}
	return all
}

func TestWhatIsExportedIsImportedTheSame(t *testing.T) {
	dir, full := t.TempDir(), fullBook()
	for name, begins := range map[string]string{"all.vcf": "BEGIN:VCARD", "all.csv": "Name", "ALL.CSV": "Name", "all": "BEGIN:VCARD"} {
		path := filepath.Join(dir, name)
		require.NoError(t, portable.Files{Book: full}.ExportContacts(t.Context(), path, false))
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(text[:min(20, len(text))]), begins, name)
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, "it is for its owner alone")
		got, told := &book{}, 0
		report, err := portable.Files{Book: got}.ImportContacts(t.Context(), path, nil, func(done, _ int) { told = done })
		require.NoError(t, err)
		require.Equal(t, phone.ImportReport{Added: 2}, report)
		require.Equal(t, 2, told)
		require.ElementsMatch(t, texts(full.contacts), texts(got.contacts), name)
	}
	path := filepath.Join(dir, "blacklist")
	require.NoError(t, portable.Files{Book: full}.ExportBlacklist(t.Context(), path, false))
	got := &book{}
	report, err := portable.Files{Book: got}.ImportBlacklist(t.Context(), path, unwatched)
	require.NoError(t, err)
	require.Equal(t, phone.ImportReport{Added: 1}, report)
	require.Equal(t, []phone.EntryDraft{{Kind: phone.KindNumber, Number: "+15550100", Name: "Eve", Mode: phone.BlockAll}}, got.drafts)
}

func TestWhatIsLeftOutOfAFileIsReported(t *testing.T) {
	dir := t.TempDir()
	contacts, list := filepath.Join(dir, "a.csv"), filepath.Join(dir, "b.csv")
	require.NoError(t, os.WriteFile(contacts, []byte("Name,Phone\nEve,\"1\nJo,2\n"), 0o600))
	require.NoError(t, os.WriteFile(list, []byte("number,mode\n1,sometimes\n2,all\n"), 0o600))
	files := portable.Files{Book: &book{}}
	report, err := files.ImportContacts(t.Context(), contacts, nil, unwatched)
	require.NoError(t, err)
	require.Equal(t, []int{1, 1}, []int{report.Added, report.SkippedCount})
	report, err = files.ImportBlacklist(t.Context(), list, unwatched)
	require.NoError(t, err)
	require.Equal(t, phone.ImportReport{
		Added: 1, SkippedCount: 1, Skipped: []phone.Skipped{{Line: 2, What: "1", Why: "Its mode is neither voicemail nor all: sometimes."}},
	}, report)
}

func TestColumnsThatAreChosen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	require.NoError(t, os.WriteFile(path, []byte("Name,Phone,Phone\nEve,1,2\n"), 0o600))
	got := &book{}
	files := portable.Files{Book: got}
	table, err := files.Preview(path)
	require.NoError(t, err)
	require.Len(t, table.Columns, 3)
	table.Columns[1] = portable.Column{}
	_, err = files.ImportContacts(t.Context(), path, table.Columns, unwatched)
	require.NoError(t, err)
	_, err = files.ImportContacts(t.Context(), path, table.Columns[:1], unwatched)
	require.NoError(t, err)
	require.Equal(t, [][]string{{"Eve", "", "2"}, {"Eve", "", "1", "2"}}, texts(got.contacts), "those of another file do not fit")
	table, err = files.Preview(filepath.Join(t.TempDir(), "none.vcf"))
	require.NoError(t, err)
	require.Nil(t, table)
}

func TestFilesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	nothing := filepath.Join(dir, "nothing.csv")
	require.NoError(t, os.WriteFile(nothing, nil, 0o600))
	folder := filepath.Join(dir, "folder.csv")
	require.NoError(t, os.Mkdir(folder, 0o700))
	files := portable.Files{Book: &book{}}
	for path, code := range map[string]phone.Code{nothing: phone.CodeInvalid, folder: phone.CodeInvalid, filepath.Join(dir, "none.csv"): phone.CodeStorage} {
		_, err := files.ImportBlacklist(t.Context(), path, unwatched)
		require.Equal(t, code, phone.CodeOf(err), path)
		_, err = files.ImportContacts(t.Context(), path, nil, unwatched)
		require.Equal(t, code, phone.CodeOf(err), path)
		if path != nothing {
			_, err = files.Preview(path)
			require.Equal(t, code, phone.CodeOf(err), path)
		}
	}
	_, err := files.ImportBlacklist(t.Context(), os.DevNull, unwatched)
	require.ErrorContains(t, err, "no ordinary file", "a device may never end")
}

// TestAnImportThatIsCancelled ends where nothing of a file is taken, and so nobody asks whether it goes on.
func TestAPathIsSaidOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none", "people.vcf")
	files := portable.Files{Book: fullBook()}
	_, err := files.ImportContacts(t.Context(), path, nil, unwatched)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.Equal(t, 1, strings.Count(err.Error(), path), err.Error())
	err = files.ExportContacts(t.Context(), path, false)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.Equal(t, 1, strings.Count(err.Error(), path), err.Error())
}

func TestAnImportThatIsCancelled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	require.NoError(t, os.WriteFile(path, []byte("number,name\n"+strings.Repeat("none,x\n", 100_000)), 0o600))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	files := portable.Files{Book: &book{}}
	_, err := files.ImportBlacklist(ctx, path, unwatched)
	require.Equal(t, phone.CodeCancelled, phone.CodeOf(err))
	_, err = files.ImportContacts(ctx, path, nil, unwatched)
	require.Equal(t, phone.CodeCancelled, phone.CodeOf(err))
}

// exports are both ways to write a file of a book.
func exports(b *book) map[string]func(context.Context, string, bool) error {
	files := portable.Files{Book: b}
	return map[string]func(context.Context, string, bool) error{"contacts.vcf": files.ExportContacts, "contacts.csv": files.ExportContacts, "blacklist.csv": files.ExportBlacklist}
}

func TestAFileThatIsThereIsKept(t *testing.T) {
	for name, export := range exports(fullBook()) {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte("mine"), 0o644))
		err := export(t.Context(), path, false)
		require.Equal(t, phone.CodeExists, phone.CodeOf(err))
		require.Contains(t, phone.Sentence(err), "choose another name")
		requireText(t, "mine", path)
		require.NoError(t, export(t.Context(), path, true))
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(text), "Eve")
		requireAlone(t, dir, name)
	}
}

func TestAnExportThatFailsLeavesNothing(t *testing.T) {
	half := fullBook()
	half.fail = errors.New("the disk is gone")
	for name, export := range exports(half) {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		require.ErrorIs(t, export(t.Context(), path, false), half.fail)
		requireAlone(t, dir)
		require.NoError(t, os.WriteFile(path, []byte("mine"), 0o600))
		require.ErrorIs(t, export(t.Context(), path, true), half.fail)
		requireText(t, "mine", path)
		requireAlone(t, dir, name)
	}
}

func TestWhereNoFileCanBe(t *testing.T) {
	for name, export := range exports(fullBook()) {
		dir := t.TempDir()
		require.Equal(t, phone.CodeStorage, phone.CodeOf(export(t.Context(), filepath.Join(dir, "none", name), false)))
		require.NoError(t, os.Mkdir(filepath.Join(dir, name), 0o700))
		require.Equal(t, phone.CodeExists, phone.CodeOf(export(t.Context(), filepath.Join(dir, name), false)))
		require.Equal(t, phone.CodeStorage, phone.CodeOf(export(t.Context(), filepath.Join(dir, name), true)))
		requireAlone(t, dir, name)
	}
}

// TestAnImportThatFails gives the error of the book as it is, and what was done by then.
func TestAnImportThatFails(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	require.NoError(t, os.WriteFile(path, []byte("number,name\n1,Eve\n2,Jo\n"), 0o600))
	b := &book{fail: errors.New("stop")}
	report, err := portable.Files{Book: b}.ImportBlacklist(t.Context(), path, unwatched)
	require.ErrorIs(t, err, b.fail)
	require.Equal(t, 1, report.Added)
	report, err = portable.Files{Book: b}.ImportContacts(t.Context(), path, nil, unwatched)
	require.ErrorIs(t, err, b.fail)
	require.Equal(t, 1, report.Added)
}

func requireText(t *testing.T, want, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, want, string(text))
}

// requireAlone looks for what was left in a folder beside some files.
func requireAlone(t *testing.T, dir string, names ...string) {
	t.Helper()
	found, err := os.ReadDir(dir)
	require.NoError(t, err)
	var left []string
	for _, f := range found {
		left = append(left, f.Name())
	}
	require.ElementsMatch(t, names, left)
}
