package view

import "github.com/callward/callward/phone"

// CallRobot calls a number of the practice exchange, whichever account other calls go out by.
func (m *Main) CallRobot(number string) {
	for _, acc := range m.Accounts.all {
		if acc.Account.ID == phone.PracticeAccount {
			m.CallNumber(number, acc.Account.Address)
		}
	}
}
