package page

// onChange has refresh called when a presenter changes, after all that was called then before.
func onChange(changed *func(), refresh func()) {
	before := *changed
	*changed = func() {
		if before != nil {
			before()
		}
		refresh()
	}
}
