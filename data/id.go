package data

import (
	"fmt"

	"github.com/google/uuid"
)

// NewID returns a new UUIDv7 (RFC 9562, 5.7): ids made later sort later. Any
// goroutine. It fails where the system has no randomness to give.
func NewID() (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("make an id: %w", err)
	}
	return id.String(), nil
}
