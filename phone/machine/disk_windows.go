package machine

import "golang.org/x/sys/windows"

// free returns how many bytes the disk of a folder has left for its owner.
func free(dir string) (int64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var left uint64
	if err := windows.GetDiskFreeSpaceEx(name, &left, nil, nil); err != nil {
		return 0, err
	}
	return int64(left), nil
}

// syncFolder does nothing: a folder cannot be synced here.
func syncFolder(string) error { return nil }
