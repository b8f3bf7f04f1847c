package secret

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/zalando/go-keyring"
	"go.uber.org/goleak"

	"github.com/callward/callward/phone"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeRing is a keyring that works, fails or hangs.
type fakeRing struct {
	mu   sync.Mutex
	held map[string]string
	fail error
	hang chan struct{} // calls wait for it to be closed where it is not nil
}

func (r *fakeRing) call() (unlock func(), err error) {
	if r.hang != nil {
		<-r.hang
	}
	r.mu.Lock()
	return r.mu.Unlock, r.fail
}

func (r *fakeRing) Get(service, user string) (string, error) {
	unlock, err := r.call()
	defer unlock()
	if text, found := r.held[service+user]; found || err != nil {
		return text, err
	}
	return "", keyring.ErrNotFound
}

func (r *fakeRing) Set(service, user, text string) error {
	unlock, err := r.call()
	defer unlock()
	if err == nil {
		r.held[service+user] = text
	}
	return err
}

func (r *fakeRing) Delete(service, user string) error {
	unlock, err := r.call()
	defer unlock()
	if _, found := r.held[service+user]; !found && err == nil {
		return keyring.ErrNotFound
	}
	delete(r.held, service+user)
	return err
}

// broken is a keyring that is not there.
func broken() *fakeRing { return &fakeRing{fail: errors.New("no such service")} }

func working() *fakeRing { return &fakeRing{held: map[string]string{}} }

func with(t *testing.T, dir string, ring *fakeRing) *Store {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
	s := openWith(dir, ring)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func requirePassword(t *testing.T, s *Store, id phone.AccountID, want string) {
	t.Helper()
	got, err := s.Get(id)
	require.NoError(t, err)
	require.Equal(t, want, got.Reveal())
}

func requireCode(t *testing.T, err error, code phone.Code) {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, code, phone.CodeOf(err), err)
}

func passwordFile(t *testing.T, dir string) string {
	text, err := os.ReadFile(filepath.Join(dir, "passwords.json"))
	if errors.Is(err, os.ErrNotExist) {
		return ""
	}
	require.NoError(t, err)
	return string(text)
}

func TestPasswordsAreKeptWithAndWithoutAKeyring(t *testing.T) {
	for name, ring := range map[string]*fakeRing{"with": working(), "without": broken()} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "profile")
			s := with(t, dir, ring)
			_, err := s.Get("a")
			requireCode(t, err, phone.CodeNotFound)
			require.NoError(t, s.Delete("a"))
			const odd = "p\x00\xff\"ä\n€"
			require.NoError(t, s.Set("a", phone.NewSecret(odd)))
			require.NoError(t, s.Set("b", phone.NewSecret("old")))
			require.NoError(t, s.Set("b", phone.NewSecret("new")))
			requirePassword(t, s, "a", odd)
			s = with(t, dir, ring)
			requirePassword(t, s, "a", odd)
			requirePassword(t, s, "b", "new")
			require.NoError(t, s.Delete("a"))
			_, err = s.Get("a")
			requireCode(t, err, phone.CodeNotFound)
			require.NoError(t, s.Set("b", phone.Secret{}))
			_, err = s.Get("b")
			requireCode(t, err, phone.CodeNotFound)
			require.Equal(t, "{}", passwordFile(t, dir))
			require.Empty(t, ring.held)
		})
	}
}

func TestWithAKeyringNoPasswordIsInTheFolder(t *testing.T) {
	dir := t.TempDir()
	s := with(t, dir, working())
	require.NoError(t, s.Set("a", phone.NewSecret("hunter2")))
	require.Contains(t, s.Where(), "keyring")
	require.JSONEq(t, `{"a": {"keyring": true}}`, passwordFile(t, dir))
}

func TestWithoutAKeyringTheFileIsItsOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes are Unix's")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "passwords.json")
	s := with(t, dir, broken())
	require.NoError(t, s.Set("a", phone.NewSecret("hunter2")))
	require.Contains(t, s.Where(), path)
	require.Contains(t, s.Where(), "no such service")
	mode := func() os.FileMode {
		info, err := os.Stat(path)
		require.NoError(t, err)
		return info.Mode().Perm()
	}
	require.Equal(t, os.FileMode(0o600), mode())
	require.NoError(t, os.Chmod(path, 0o644))
	requirePassword(t, s, "a", "hunter2")
	require.Equal(t, os.FileMode(0o600), mode(), "what others could read is mended")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 1, "nothing is left of the replacing")
}

func TestAKeyringThatComesTakesThePasswordsOver(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, with(t, dir, broken()).Set("a", phone.NewSecret("hunter2")))
	ring := working()
	requirePassword(t, with(t, dir, ring), "a", "hunter2")
	require.Equal(t, map[string]string{"Callwarda": "hunter2"}, ring.held)
	require.JSONEq(t, `{"a": {"keyring": true}}`, passwordFile(t, dir))
}

func TestAKeyringThatIsGoneIsTold(t *testing.T) {
	dir := t.TempDir()
	ring := working()
	require.NoError(t, with(t, dir, ring).Set("a", phone.NewSecret("hunter2")))

	s := with(t, dir, broken())
	_, err := s.Get("a")
	requireCode(t, err, phone.CodeKeyring)
	require.ErrorContains(t, err, "unlock it")
	_, err = s.Get("never set")
	requireCode(t, err, phone.CodeNotFound)
	requireCode(t, s.Delete("a"), phone.CodeKeyring)

	require.NoError(t, s.Set("a", phone.NewSecret("changed")), "the file stands in")
	requirePassword(t, s, "a", "changed")
	requirePassword(t, with(t, dir, ring), "a", "changed")
}

func TestAKeyringThatRefusesOnePasswordLeavesItToTheFile(t *testing.T) {
	ring := working()
	s := with(t, t.TempDir(), ring)
	ring.fail = keyring.ErrSetDataTooBig
	require.NoError(t, s.Set("a", phone.NewSecret("hunter2")))
	requirePassword(t, s, "a", "hunter2")
}

func TestAKeyringThatHangsIsNotWaitedForLong(t *testing.T) {
	dir := t.TempDir()
	ring := working()
	require.NoError(t, with(t, dir, ring).Set("known", phone.NewSecret("there")))
	ring.hang = make(chan struct{})

	s := with(t, dir, ring) // 2 s
	require.Contains(t, s.Where(), "does not answer")
	require.NoError(t, s.Set("a", phone.NewSecret("hunter2")))
	requirePassword(t, s, "a", "hunter2")
	_, err := s.Get("never set")
	requireCode(t, err, phone.CodeNotFound)

	// Its user unlocks it while a password that it has is waited for.
	got := make(chan error, 1)
	go func() {
		_, err := s.Get("known")
		got <- err
	}()
	close(ring.hang)
	require.NoError(t, <-got)
	require.Contains(t, s.Where(), "system's keyring")
}

func TestADamagedFileIsToldAndLeftAsItIs(t *testing.T) {
	for _, text := range []string{"", "{", "null", `{"a": 7}`, "\x00"} {
		dir := t.TempDir()
		path := filepath.Join(dir, "passwords.json")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		s := with(t, dir, broken())
		_, err := s.Get("a")
		requireCode(t, err, phone.CodeKeyring)
		require.ErrorContains(t, err, path)
		requireCode(t, s.Set("a", phone.NewSecret("x")), phone.CodeKeyring)
		require.Equal(t, text, passwordFile(t, dir))
	}
}

func TestAFolderThatCannotBeWrittenIsTold(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(blocked, nil, 0o600))
	err := with(t, filepath.Join(blocked, "profile"), broken()).Set("a", phone.NewSecret("hunter2"))
	requireCode(t, err, phone.CodeKeyring)
	require.NotContains(t, err.Error(), "hunter2")
}

func TestManyAtOnce(t *testing.T) {
	for name, ring := range map[string]*fakeRing{"with": working(), "without": broken()} {
		t.Run(name, func(t *testing.T) {
			s := with(t, t.TempDir(), ring)
			var wait sync.WaitGroup
			for i := range 20 {
				id := phone.AccountID(strconv.Itoa(i))
				wait.Go(func() { require.NoError(t, s.Set(id, phone.NewSecret(string(id)))) })
			}
			wait.Wait()
			for i := range 20 {
				requirePassword(t, s, phone.AccountID(strconv.Itoa(i)), strconv.Itoa(i))
			}
		})
	}
}

func TestWithoutASessionBusNobodyIsAsked(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("D-Bus is Linux's")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	ring := &fakeRing{hang: make(chan struct{})}
	s := openWith(t.TempDir(), ring)
	require.Contains(t, s.Where(), "no D-Bus session")
	require.NoError(t, s.Close())
	require.NoError(t, s.Close())
	require.NoError(t, s.Delete("a"))
}
