// Package ui is the window: it puts the pages together, brings what happens in
// the phone to them, and gives what waits to other goroutines.
package ui
