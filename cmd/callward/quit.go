package main

import "context"

type quitCommand struct{}

// Run returns once the program has ended, so that what follows in a script
// finds it gone.
func (quitCommand) Run(env *environment) error {
	ctx, cancel := context.WithTimeout(env.ctx, requestTimeout)
	defer cancel()
	client, err := env.connect(ctx)
	if err != nil {
		return err
	}
	defer client.Close()
	return client.Quit(ctx)
}
