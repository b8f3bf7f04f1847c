package machine

// Fill lets the disk take n bytes more of messages that begin from now on, and then fail with err.
func Fill(f *Files, n int, err error) {
	f.create = func(path string) (file, error) {
		made, err1 := create(path)
		return &fullDisk{file: made, left: n, err: err}, err1
	}
}

// fullDisk is a file on a disk that fills up.
type fullDisk struct {
	file
	left int
	err  error
}

func (d *fullDisk) Write(b []byte) (int, error) {
	n, err := d.file.Write(b[:min(d.left, len(b))])
	if d.left -= n; n < len(b) && err == nil {
		err = d.err
	}
	return n, err
}
