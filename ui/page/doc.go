// Package page draws the screens: each shows a presenter of ui/view by the widgets
// of ui/widget. Everything in it is for Fyne's goroutine.
package page
