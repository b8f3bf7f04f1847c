package proc

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// ListensAt returns the addresses at which process pid takes UDP datagrams and TCP connections.
func ListensAt(pid int) ([]netip.AddrPort, error) {
	dir := filepath.Join("/proc", strconv.Itoa(pid))
	files, err := os.ReadDir(filepath.Join(dir, "fd"))
	if err != nil {
		return nil, err
	}
	own := map[string]bool{}
	for _, file := range files {
		target, _ := os.Readlink(filepath.Join(dir, "fd", file.Name()))
		if inode, ok := strings.CutPrefix(target, "socket:["); ok {
			own[strings.TrimSuffix(inode, "]")] = true
		}
	}
	var found []netip.AddrPort
	for _, table := range []string{"udp", "udp6", "tcp", "tcp6"} {
		text, err := os.ReadFile(filepath.Join(dir, "net", table))
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			fields := strings.Fields(line)
			// 07 is a UDP socket that is not connected, 0A a TCP one that listens.
			if len(fields) > 9 && own[fields[9]] && (fields[3] == "07" || fields[3] == "0A") {
				at, err := fromTable(fields[1])
				if err != nil {
					return nil, err
				}
				found = append(found, at)
			}
		}
	}
	return found, nil
}

// fromTable reads an address as /proc/net has it: words of the machine's own byte order in hexadecimal, and a port.
func fromTable(text string) (netip.AddrPort, error) {
	host, port, _ := strings.Cut(text, ":")
	b, err := hex.DecodeString(host)
	if err != nil {
		return netip.AddrPort{}, err
	}
	for word := range slices.Chunk(b, 4) {
		slices.Reverse(word)
	}
	addr, ok := netip.AddrFromSlice(b)
	number, err := strconv.ParseUint(port, 16, 16)
	if !ok || err != nil {
		return netip.AddrPort{}, fmt.Errorf("address %q: %w", text, err)
	}
	return netip.AddrPortFrom(addr.Unmap(), uint16(number)), nil
}
