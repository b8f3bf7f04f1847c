package data

import (
	"context"
	"fmt"

	"github.com/pressly/goose/v3"

	"github.com/callward/callward/data/migration"
)

// migrate brings the schema up to date, a step per transaction, and refuses one that
// is ahead of this program. What is there is copied aside before.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := s.steps()
	if err != nil {
		return err
	}
	current, known, err := steps.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > known {
		return newer{found: current, known: known}
	}
	if current > 0 && current < known {
		if err := s.copyAside(ctx, known); err != nil {
			return err
		}
	}
	if _, err := steps.Up(ctx); err != nil {
		return fmt.Errorf("bring the schema from version %d to %d: %w", current, known, err)
	}
	return nil
}

func (s *Store) steps() (*goose.Provider, error) {
	return goose.NewProvider(goose.DialectSQLite3, s.write, migration.Files, goose.WithDisableGlobalRegistry(true))
}
