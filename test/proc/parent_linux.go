package proc

import "syscall"

// diesWithParent has the kernel end the program when this process ends, however that comes.
func diesWithParent(attr *syscall.SysProcAttr) { attr.Pdeathsig = syscall.SIGKILL }
