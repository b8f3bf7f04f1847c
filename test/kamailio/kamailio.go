// Package kamailio runs the Kamailio SIP server as the registrar and proxy of a lab.
package kamailio

import (
	_ "embed"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"text/template"
	"time"

	"github.com/callward/callward/test/cert"
	"github.com/callward/callward/test/proc"
)

//go:embed kamailio.cfg.tmpl
var configText string

var config = template.Must(template.New("kamailio.cfg").Parse(configText))

// patience is how long the server may take to start and to stop.
const patience = 15 * time.Second

// ErrNotInstalled says what is missing.
var ErrNotInstalled = errors.New("kamailio is needed: make test installs it (Debian: kamailio, kamailio-tls-modules, kamailio-presence-modules)")

// Options say what server it shall be. What is zero gets a default.
type Options struct {
	// Host is the IP address to listen at; 127.0.0.1 by default.
	Host string
	// Port is for UDP and TCP, TLSPort for TLS where TLS names a certificate; free ones by default.
	Port, TLSPort int
	TLS           cert.Pair
	// Users are names and passwords.
	Users map[string]string
	// Algorithm is "MD5" (the default) or "SHA-256".
	Algorithm string
	// QOP is "auth" (the default) or "none"; Kamailio asks for "auth-int" but cannot check it.
	QOP string
	// NonceSeconds is how long a nonce is good for; 300 by default.
	NonceSeconds int
	// MinExpires and MaxExpires bound registrations, in seconds; 10 and 3600 by default.
	MinExpires, MaxExpires int
	// Forbid has wrong passwords answered by 403 instead of another challenge.
	Forbid bool
	// Voicemail has it take PUBLISH and SUBSCRIBE of message summaries (RFC 3842).
	Voicemail bool
	// Shell runs a command elsewhere, such as in a network namespace: it is put before the server's own. May be nil.
	Shell []string
}

// Server is a running Kamailio. Its methods may be called from any goroutine.
type Server struct {
	*proc.Process
	Options
}

// Start runs a server with all its files in dir and returns once it listens.
func Start(dir string, o Options) (*Server, error) {
	path, err := exec.LookPath("kamailio")
	if err != nil {
		// Debian puts it into /usr/sbin, which is not in everybody's path.
		if path, err = exec.LookPath("/usr/sbin/kamailio"); err != nil {
			return nil, ErrNotInstalled
		}
	}
	if o, err = o.complete(); err != nil {
		return nil, err
	}
	file, err := o.write(dir)
	if err != nil {
		return nil, err
	}
	args := append(o.Shell, path, "-f", file, "-DD", "-E", "-m", "32", "-M", "8",
		"-Y", dir, "-w", dir, "-P", filepath.Join(dir, "kamailio.pid"))
	p, err := proc.Start("kamailio", exec.Command(args[0], args[1:]...))
	if err != nil {
		return nil, err
	}
	s := &Server{p, o}
	// Said by the first worker; all sockets are bound before that.
	if _, err := p.WaitFor(0, "lab: ready", patience); err != nil {
		return nil, errors.Join(err, p.Stop(patience), errors.New(p.Log()))
	}
	return s, nil
}

// Address is where the server listens: HOST:PORT, for "tls" the port of TLS.
func (s *Server) Address(transport string) string {
	port := s.Port
	if transport == "tls" {
		port = s.TLSPort
	}
	return fmt.Sprintf("%s:%d", s.Host, port)
}

// Addr is where the server listens for UDP and TCP.
func (s *Server) Addr() netip.AddrPort {
	return netip.AddrPortFrom(netip.MustParseAddr(s.Host), uint16(s.Port))
}

// Requests returns how many requests of a method the server has taken, retransmissions included.
func (s *Server) Requests(method string) int { return s.Count("lab: " + method + " ") }

func (o Options) complete() (Options, error) {
	def := func(value *int, otherwise int) {
		if *value == 0 {
			*value = otherwise
		}
	}
	for _, port := range []*int{&o.Port, &o.TLSPort} {
		if *port == 0 {
			free, err := proc.FreePort()
			if err != nil {
				return o, err
			}
			*port = free
		}
	}
	def(&o.NonceSeconds, 300)
	def(&o.MinExpires, 10)
	def(&o.MaxExpires, 3600)
	if o.Host == "" {
		o.Host = "127.0.0.1"
	}
	if o.Algorithm == "" {
		o.Algorithm = "MD5"
	}
	if o.QOP == "" {
		o.QOP = "auth"
	}
	return o, nil
}

func (o Options) write(dir string) (string, error) {
	path := filepath.Join(dir, "kamailio.cfg")
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	// The module wants a qop even where the challenge shall leave it out.
	c := struct {
		Options
		QOP, ChallengeFlags string
	}{o, o.QOP, "1"}
	if o.QOP == "none" {
		c.QOP, c.ChallengeFlags = "auth", "0"
	}
	return path, errors.Join(config.Execute(file, c), file.Close())
}
