// Package netns gives a lab a network of its own: two network namespaces with a cable between them, whose addresses and
// host names it may change as it likes. Nothing of it is seen outside.
package netns

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/callward/callward/test/proc"
)

// patience is how long a namespace may take to be there.
const patience = 10 * time.Second

// localhost is what every hosts file begins with.
const localhost = "127.0.0.1 localhost\n::1 localhost\n"

// holdScript is run in a new host, and keeps it alive.
const holdScript = `mount --bind "$0" /etc/hosts && mount --bind "$1" /etc/resolv.conf && echo ready && exec sleep infinity`

// Host is one end of the cable: a network namespace with a hosts file of its own. Its methods may be called from any goroutine.
type Host struct {
	holder *proc.Process // keeps the namespaces alive
	enter  []string
	link   string
	// hosts and resolver are what stands for /etc/hosts and /etc/resolv.conf.
	hosts, resolver string
}

// Pair makes two hosts with a cable between them and no address, with their files in dir. Close ends them. It fails where this user
// may not make namespaces.
func Pair(dir string) (near, far *Host, err error) {
	own := []string{"--user", "--map-root-user"}
	if os.Getuid() == 0 {
		own = nil
	}
	if near, err = newHost(dir, "near", nil, own); err != nil {
		return nil, nil, err
	}
	// The far host belongs to the same user namespace, so that the cable's end can be put there.
	within := near.enter
	if own == nil {
		within = nil
	}
	if far, err = newHost(dir, "far", within, nil); err != nil {
		near.Close()
		return nil, nil, err
	}
	err = near.ip("link", "add", near.link, "type", "veth", "peer", "name", far.link, "netns", strconv.Itoa(far.holder.Pid()))
	for _, h := range []*Host{near, far} {
		if err == nil {
			err = h.ip("link", "set", "lo", "up")
		}
		if err == nil {
			err = h.ip("link", "set", h.link, "up")
		}
	}
	if err != nil {
		near.Close()
		far.Close()
		return nil, nil, err
	}
	return near, far, nil
}

func newHost(dir, name string, within, own []string) (*Host, error) {
	h := &Host{link: name, hosts: filepath.Join(dir, name+"-hosts"), resolver: filepath.Join(dir, name+"-resolv.conf")}
	if err := errors.Join(os.WriteFile(h.hosts, []byte(localhost), 0o644), os.WriteFile(h.resolver, nil, 0o644)); err != nil {
		return nil, err
	}
	args := append(append(append([]string(nil), within...), "unshare", "--net", "--mount"), own...)
	args = append(args, "sh", "-c", holdScript, h.hosts, h.resolver)
	var err error
	if h.holder, err = proc.Start("network namespace "+name, exec.Command(args[0], args[1:]...)); err != nil {
		return nil, err
	}
	if _, err := h.holder.WaitFor(0, "^ready$", patience); err != nil {
		h.holder.Kill()
		return nil, fmt.Errorf("%w: %s", err, h.holder.Log())
	}
	h.enter = []string{"nsenter", "--target", strconv.Itoa(h.holder.Pid()), "--net", "--mount"}
	if os.Getuid() != 0 {
		h.enter = append(h.enter, "--user", "--preserve-credentials")
	}
	return h, nil
}

// Close ends the namespaces. What runs in them goes on without a network.
func (h *Host) Close() { h.holder.Kill() }

// Shell is put before a command to run it on the host.
func (h *Host) Shell() []string { return h.enter }

// AddAddress gives the host an address such as 10.77.0.1/24.
func (h *Host) AddAddress(prefix string) error { return h.ip("address", "add", prefix, "dev", h.link) }

// RemoveAddress takes it away.
func (h *Host) RemoveAddress(prefix string) error {
	return h.ip("address", "delete", prefix, "dev", h.link)
}

// SetName has a host name mean an address from now on, and every other that was set forgotten.
func (h *Host) SetName(name, address string) error {
	return os.WriteFile(h.hosts, fmt.Appendf(nil, "%s%s %s\n", localhost, address, name), 0o644)
}

// SetNameserver has the host ask a DNS server at an IP address for the names that it does not know.
func (h *Host) SetNameserver(address string) error {
	return os.WriteFile(h.resolver, fmt.Appendf(nil, "nameserver %s\n", address), 0o644)
}

func (h *Host) ip(args ...string) error {
	command := append(append([]string(nil), h.enter...), "ip")
	command = append(command, args...)
	out, err := exec.Command(command[0], command[1:]...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("ip %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return nil
}
