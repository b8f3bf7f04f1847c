package control

import (
	"context"
	"log/slog"
	"net"
)

// The limits, for the tests from outside.
const (
	QueueLength  = queueLength
	WriteTimeout = writeTimeout
	OpTimeout    = opTimeout
)

// ServeConn serves one client.
func ServeConn(ctx context.Context, ph Phone, conn net.Conn) {
	newSession(ph, slog.New(slog.DiscardHandler), conn).serve(ctx)
}
