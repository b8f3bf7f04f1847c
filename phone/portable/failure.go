package portable

import (
	"context"
	"errors"
	"fmt"

	"github.com/callward/callward/phone"
)

// invalid is the error for a file that is not what it should be.
func invalid(format string, args ...any) error {
	return &phone.Error{Code: phone.CodeInvalid, Op: "import", Field: "file", Err: fmt.Errorf(format, args...)}
}

func unreadable(err error) error {
	if errors.Is(err, context.Canceled) {
		return &phone.Error{Code: phone.CodeCancelled, Op: "import", Err: err}
	}
	return &phone.Error{Code: phone.CodeStorage, Op: "import", Err: fmt.Errorf("the file cannot be read; check the disk and its permissions: %w", err)}
}

func unwritable(err error) error {
	return &phone.Error{Code: phone.CodeStorage, Op: "export", Err: fmt.Errorf("the file cannot be written; check the disk and the folder's permissions: %w", err)}
}
