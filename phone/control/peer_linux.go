package control

import (
	"fmt"
	"net"
	"os"
	"syscall"
)

// checkPeer fails unless the program at the other end is this user's.
func checkPeer(conn net.Conn) error {
	return checkPeerUID(conn, os.Getuid())
}

func checkPeerUID(conn net.Conn, uid int) error {
	socket, ok := conn.(syscall.Conn)
	if !ok {
		return fmt.Errorf("the connection is a %T, no socket", conn)
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return err
	}
	var peer *syscall.Ucred
	var asked error
	err = raw.Control(func(fd uintptr) {
		peer, asked = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	})
	switch {
	case err != nil:
		return err
	case asked != nil:
		return asked
	case int(peer.Uid) != uid:
		return fmt.Errorf("it belongs to user %d", peer.Uid)
	}
	return nil
}
