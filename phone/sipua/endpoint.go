package sipua

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
)

// lateSockets is when sockets that the library opened after Close are closed.
const lateSockets = 100 * time.Millisecond

// EndpointConfig is what an [Endpoint] is made of. It does not change afterwards.
type EndpointConfig struct {
	// Account gives the address, the server and the transport. A server of its
	// own (Listen set) needs Address alone.
	Account  phone.Account
	Password phone.Secret
	// Listen is the IP:PORT that a server listens on, UDP and TCP; port 0 takes
	// any. Empty means: an ephemeral port of the local address that the
	// account's server is reached from.
	Listen string
	// Resolver looks names up; nil means the system's.
	Resolver *net.Resolver
	// Log gets what an operator should know; nil means none.
	Log *slog.Logger
	// Trace gets every message; nil means none.
	Trace *Trace
	// Timing holds the waits; the zero value means the usual ones.
	Timing Timing
}

// Endpoint is one SIP user agent with its sockets: it sends requests to the
// account's server and hands on those that come in. All methods may be called
// from any goroutine; what changes is guarded by mu.
type Endpoint struct {
	cfg EndpointConfig
	log *slog.Logger
	// user is the Contact's: nobody can guess it.
	user   string
	domain string
	ua     *sipgo.UserAgent
	names  resolver
	creds  *credentials
	tls    *tls.Config
	// adopted hands streams that were dialled here to the library, by "tcp" and "tls".
	adopted map[string]*adopter
	// fromServers and fromStrangers limit the requests that come in.
	fromServers, fromStrangers *allowance

	mu       sync.Mutex
	sock     *sockets
	streams  map[flow]*stream
	refusals map[netip.AddrPort]time.Time // of TCP
	seen     seen
	// flow is where the last REGISTER went, settled whether it was accepted
	// there, and flowUsed when UDP last went there.
	flow         flow
	settled      bool
	flowUsed     time.Time
	serviceRoute []sip.Uri
	servers      map[netip.Addr]string // with their names
	handler      func(*sip.Request, sip.ServerTransaction)
	lost         func()
	closed       bool

	binding sync.Mutex    // held while the sockets are replaced
	dialing chan struct{} // holds one while a connection is opened
	running sync.WaitGroup
}

// NewEndpoint returns an endpoint; a server listens at once, an account's opens
// its sockets when it first sends. Errors: CodeInvalid for a field that cannot be,
// CodeCertificate for a CA file that cannot be read, CodeUnreachable for an
// address that cannot be listened on.
func NewEndpoint(cfg EndpointConfig) (*Endpoint, error) {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Timing = cfg.Timing.orUsual()
	_, domain, ok := strings.Cut(cfg.Account.Address, "@")
	if !ok || domain == "" {
		return nil, &phone.Error{
			Code: phone.CodeInvalid, Op: "account", Field: "address",
			Err: errors.New("a SIP address is user@domain"),
		}
	}
	e := &Endpoint{
		cfg: cfg, log: cfg.Log, user: unguessable(), domain: domain,
		names:   resolver{cfg.Resolver},
		creds:   newCredentials(cfg.Account, cfg.Password),
		adopted: map[string]*adopter{"tcp": newAdopter(), "tls": newAdopter()},
		streams: map[flow]*stream{}, refusals: map[netip.AddrPort]time.Time{}, servers: map[netip.Addr]string{},
		dialing: make(chan struct{}, 1),

		fromServers:   newAllowance(serverRate, serverBurst),
		fromStrangers: newAllowance(strangerRate, strangerBurst),
	}
	var err error
	if e.tls, err = tlsConfig(cfg.Account.CAFile); err != nil {
		return nil, err
	}
	if e.ua, err = newUserAgent(e.log); err != nil {
		return nil, fmt.Errorf("user agent: %w", err)
	}
	e.ua.TransactionLayer().OnRequest(func(req *sip.Request, tx *sip.ServerTx) { e.receive(req, tx) })
	e.adopt()
	if cfg.Listen != "" {
		if err := e.listen(cfg.Listen); err != nil {
			return nil, errors.Join(err, e.Close())
		}
	}
	return e, nil
}

// newUserAgent returns the library's user agent, which neither dials nor looks
// names up: its streams are those that adopt gives it.
func newUserAgent(log *slog.Logger) (*sipgo.UserAgent, error) {
	quiet := slog.New(libraryLog{log.Handler()})
	return sipgo.NewUA(
		sipgo.WithUserAgentParser(newParser()),
		sipgo.WithUserAgentDNSResolver(&net.Resolver{PreferGo: true, Dial: noDNS}),
		sipgo.WithUserAgentTransportLayerOptions(
			tagInvites, // before the transaction layer has them
			sip.WithTransportLayerLogger(quiet),
			sip.WithTransportLayerTransports(sip.TransportsConfig{
				TCP: &sip.TransportTCP{DialerCreate: noDialer},
				TLS: &sip.TransportTLS{TransportTCP: &sip.TransportTCP{DialerCreate: noDialer}},
			})),
		sipgo.WithUserAgentTransactionLayerOptions(
			sip.WithTransactionLayerLogger(quiet),
			sip.WithTransactionLayerUnhandledResponseHandler(func(*sip.Response) {}),
			sip.WithTransactionLayerTerminateOnConnClose()),
	)
}

// OnRequest sets who gets the requests that passed the checks, each on a
// goroutine of its own. It is called once, before anything is sent or received.
func (e *Endpoint) OnRequest(handler func(req *sip.Request, tx sip.ServerTransaction)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.handler = handler
}

// Addr returns the address that the sockets are bound to; invalid while they are not.
func (e *Endpoint) Addr() netip.AddrPort {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.sock == nil {
		return netip.AddrPort{}
	}
	return e.sock.addr
}

func (e *Endpoint) isClosed() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.closed
}

// Close ends all transactions and connections and waits until nothing runs any more.
func (e *Endpoint) Close() error {
	e.binding.Lock() // no sockets are opened after this
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		e.binding.Unlock()
		return nil
	}
	e.closed = true
	sock := e.sock
	e.mu.Unlock()
	e.binding.Unlock()
	err := e.ua.Close()
	if sock != nil {
		err = errors.Join(err, sock.Close())
	}
	for _, a := range e.adopted {
		err = errors.Join(err, a.Close())
	}
	e.running.Wait()
	// For a request that was read just before, and is on a goroutine of its own,
	// the library opens a socket once it finds ours gone.
	time.AfterFunc(lateSockets, func() { _ = e.ua.TransportLayer().Close() })
	return err
}
