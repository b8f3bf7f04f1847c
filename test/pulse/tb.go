package pulse

import "testing"

// New starts a server for t, points the process of the test to it, and stops it
// when t ends. Where PulseAudio is not installed, t fails.
func New(t testing.TB) *Server {
	t.Helper()
	s, err := Start(t.TempDir())
	if err != nil {
		t.Fatalf("no sound server to test with: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	for name, value := range s.Vars() {
		t.Setenv(name, value)
	}
	return s
}
