// Package control lets other programs work a running phone: a local socket
// that its owner alone can open, with a line of JSON for each request, answer
// and event. Server is the phone's end, Client the other. docs/control.md
// describes the protocol. Claim sees to it that a profile has one phone.
package control
