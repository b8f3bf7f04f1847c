//go:build !linux

package proc

import "syscall"

// diesWithParent does nothing here: the labs run on Linux.
func diesWithParent(*syscall.SysProcAttr) {}
