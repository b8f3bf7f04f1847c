//go:build !linux

package control

import "net"

// checkPeer leaves it to the folder's mode, or the pipe's access list, that
// only the owner gets in.
func checkPeer(net.Conn) error { return nil }
