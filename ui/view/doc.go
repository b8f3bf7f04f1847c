// Package view is what the screens show and what they do, without drawing: a
// presenter for each screen, with its state. A presenter and all that hangs on it
// is used by one goroutine, that of the screen. What may wait is given to a
// Worker, and comes back on that goroutine.
package view
