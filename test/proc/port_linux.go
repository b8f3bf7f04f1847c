package proc

import (
	"fmt"
	"os"
	"strings"
)

// UDPBound reports whether a socket of this machine is bound to a UDP port of IPv4.
func UDPBound(port uint16) (bool, error) {
	table, err := os.ReadFile("/proc/net/udp")
	return strings.Contains(string(table), fmt.Sprintf(":%04X 00000000:0000 07", port)), err
}
