//go:build !windows

package machine

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// free returns how many bytes the disk of a folder has left for its owner.
func free(dir string) (int64, error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}

// syncFolder has the name of a file outlive a power cut.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
