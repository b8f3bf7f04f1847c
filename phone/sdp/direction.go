package sdp

// Direction says which ways a stream flows, seen from the end that states it
// (RFC 3264, 5.1). It is a set of two bits, so that what two ends allow
// together is their bitwise and.
type Direction uint8

// The four directions.
const (
	Inactive Direction = 0
	SendOnly Direction = 1
	RecvOnly Direction = 2
	SendRecv Direction = SendOnly | RecvOnly
)

// Sends reports whether the end that states d sends.
func (d Direction) Sends() bool { return d&SendOnly != 0 }

// Receives reports whether the end that states d receives.
func (d Direction) Receives() bool { return d&RecvOnly != 0 }

// Mirror returns d as the other end sees it.
func (d Direction) Mirror() Direction { return d&SendOnly<<1 | d&RecvOnly>>1 }

// String returns the attribute's name.
func (d Direction) String() string {
	return [...]string{"inactive", "sendonly", "recvonly", "sendrecv"}[d&SendRecv]
}

// parseDirection reports the direction that an attribute names.
func parseDirection(name string) (Direction, bool) {
	for d := Inactive; d <= SendRecv; d++ {
		if d.String() == name {
			return d, true
		}
	}
	return 0, false
}
