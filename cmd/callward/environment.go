package main

import (
	"context"
	"io"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

// requestTimeout is how long the program may take to answer.
const requestTimeout = 30 * time.Second

// environment is what a command has around it.
type environment struct {
	ctx     context.Context // done when the user interrupts
	profile string
	stdin   io.Reader
	stdout  io.Writer
	stderr  io.Writer
}

// profileDir returns the data folder, absolute: the one named, else the user's own.
func profileDir(named string) (string, error) {
	if named == "" {
		named = filepath.Join(xdg.DataHome, "callward")
	}
	return filepath.Abs(named)
}

// connect connects to the running program. It fails with notRunning where there is none.
func (env *environment) connect(ctx context.Context) (*control.Client, error) {
	client, err := control.Connect(ctx, env.profile)
	if phone.CodeOf(err) == phone.CodeNotRunning {
		return nil, notRunning(env.profile)
	}
	return client, err
}

// do asks the running program for op with args (nil for none) and decodes the
// answer into result (nil to pass it over).
func (env *environment) do(op string, args, result any) error {
	ctx, cancel := context.WithTimeout(env.ctx, requestTimeout)
	defer cancel()
	return env.doWithin(ctx, op, args, result)
}

// doPatiently is do for what may take minutes: the user ends it by an interrupt.
func (env *environment) doPatiently(op string, args, result any) error {
	return env.doWithin(env.ctx, op, args, result)
}

func (env *environment) doWithin(ctx context.Context, op string, args, result any) error {
	client, err := env.connect(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	return client.Do(ctx, op, args, result)
}
