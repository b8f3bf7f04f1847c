package control

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPeerIsAskedForItsUser(t *testing.T) {
	listener, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	require.NoError(t, err)
	defer listener.Close()
	client, err := net.Dial("unix", listener.Addr().String())
	require.NoError(t, err)
	defer client.Close()
	conn, err := listener.Accept()
	require.NoError(t, err)
	defer conn.Close()

	require.NoError(t, checkPeer(conn))
	require.ErrorContains(t, checkPeerUID(conn, os.Getuid()+1), "belongs to user")
	one, two := net.Pipe()
	defer one.Close()
	defer two.Close()
	require.Error(t, checkPeer(one))
}
