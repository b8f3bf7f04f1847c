// Package sipua is SIP (RFC 3261) as the phone needs it, over the parser,
// transports and transactions of sipgo: an [Endpoint] sends and receives, a
// registration keeps an account reachable, a subscription learns what waits in
// its voicemail, and [Dialogs] are the calls. [Agent] puts one line per account
// together and satisfies [phone.Signalling].
//
// What came from the network never ends a goroutine: it is answered, dropped or
// logged. Passwords and credentials never reach a log or the trace.
package sipua
