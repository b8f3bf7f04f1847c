package proc

import (
	"fmt"
	"net"
)

// FreePort returns a port of 127.0.0.1 that neither UDP nor TCP uses now, even, with the next one free too, as RTP wants it.
func FreePort() (int, error) {
	for range 100 {
		conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
		if err != nil {
			return 0, err
		}
		port := conn.LocalAddr().(*net.UDPAddr).Port
		_ = conn.Close()
		if port%2 == 0 && free(port) && free(port+1) {
			return port, nil
		}
	}
	return 0, fmt.Errorf("no free port on 127.0.0.1")
}

func free(port int) bool {
	address := fmt.Sprintf("127.0.0.1:%d", port)
	udp, err := net.ListenPacket("udp4", address)
	if err != nil {
		return false
	}
	defer udp.Close()
	tcp, err := net.Listen("tcp4", address)
	if err != nil {
		return false
	}
	return tcp.Close() == nil
}
