// Package phone is the heart of Callward: accounts, calls, legs, events and
// errors, and the one loop that owns the calls. It imports the standard
// library alone. What it needs of the world (SIP, media, sound, numbers, the
// store, the practice exchange) it declares as ports in port_*.go; the packages
// below it and data satisfy them, and cmd/callward puts them together.
package phone
