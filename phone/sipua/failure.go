package sipua

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"syscall"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// failedTo classifies an error of sending to a server and says it in words. One
// that is classified stays as it is.
func failedTo(op string, to hop, err error) error {
	var classified *phone.Error
	if errors.As(err, &classified) {
		return err
	}
	var untrusted *tls.CertificateVerificationError
	var timeout net.Error
	switch {
	case errors.As(err, &untrusted):
		return &phone.Error{Code: phone.CodeCertificate, Op: op, Err: distrust(untrusted)}
	case errors.Is(err, syscall.ECONNREFUSED):
		err = fmt.Errorf("%s refuses the connection", to.addr)
	case errors.Is(err, sip.ErrTransactionTimeout), errors.Is(err, context.DeadlineExceeded),
		errors.As(err, &timeout) && timeout.Timeout():
		return noAnswer(op, to)
	default:
		err = fmt.Errorf("%s cannot be reached: %w", to.addr, err)
	}
	return &phone.Error{Code: phone.CodeUnreachable, Op: op, Err: err}
}

func noAnswer(op string, from hop) error {
	return &phone.Error{Code: phone.CodeNoAnswer, Op: op, Err: fmt.Errorf("no answer from %s", from.addr)}
}

// distrust says whose certificate is not trusted, and who issued it.
func distrust(err *tls.CertificateVerificationError) error {
	if len(err.UnverifiedCertificates) == 0 {
		return err.Err
	}
	cert := err.UnverifiedCertificates[0]
	return fmt.Errorf("the certificate of %q, issued by %q, is not trusted: %w", nameIn(cert), cert.Issuer.String(), err.Err)
}

// nameIn returns whom a certificate is for.
func nameIn(cert *x509.Certificate) string {
	switch {
	case cert.Subject.CommonName != "":
		return cert.Subject.CommonName
	case len(cert.DNSNames) > 0:
		return cert.DNSNames[0]
	case len(cert.IPAddresses) > 0:
		return cert.IPAddresses[0].String()
	}
	return cert.Subject.String()
}
