package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestAccountsAreListedWithTheirState(t *testing.T) {
	m, q := newMain(&fakePhone{})
	s := snapshot()
	s.Accounts = append(s.Accounts, phone.AccountStatus{Account: phone.Account{ID: "a2", Address: "bob@b.example"}, State: phone.Failed, Reason: "Wrong password."},
		phone.AccountStatus{Account: phone.Account{ID: phone.PracticeAccount}, State: phone.Registered})
	m.Show(s)
	require.Equal(t, []AccountRow{
		{Address: alice, State: "Registered", Default: true},
		{Address: "bob@b.example", Level: Bad, State: "Wrong password."},
	}, m.Accounts.List)
	m.Accounts.Retry("bob@b.example")
	m.Accounts.Remove(alice)
	q.run()
}

func TestAnAccountIsAdded(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Accounts.Add()
	form := m.Accounts.Form
	require.True(t, form.Default, "the first one")
	form.Address, form.Password, form.Port, form.Interval, form.Country = " bob@b.example ", "secret", "5070", "600", "gb"
	m.Accounts.Save()
	require.True(t, form.Saving)
	m.Accounts.Save()
	q.run()
	require.Equal(t, []string{"save bob@b.example secret"}, f.log, "once")
	require.Equal(t, 5070, f.saved.Port)
	require.Equal(t, 10*time.Minute, f.saved.Interval)
	require.Equal(t, "GB", f.saved.Country)
	require.Nil(t, m.Accounts.Form)
	require.Empty(t, form.Password, "it is kept nowhere else")
}

func TestWhatIsWrongIsSaidBesideItsField(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Show(snapshot())
	m.Accounts.Add()
	form := m.Accounts.Form
	form.Port = "none"
	m.Accounts.Save()
	require.Contains(t, form.Errors["port"], "number from 1 to 65535")
	form.Port, form.Address = "", "ALICE@pbx.example"
	m.Accounts.Save()
	require.Equal(t, "This account is there already.", form.Errors["address"])
	f.err = &phone.Error{Code: phone.CodeInvalid, Field: "server"}
	form.Address = "bob@b.example"
	m.Accounts.Save()
	q.run()
	require.Contains(t, form.Errors, "server")
	require.Same(t, form, m.Accounts.Form)
	m.Accounts.Cancel()
	require.Nil(t, m.Accounts.Form)
}

func TestAnAccountIsChanged(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	s := snapshot()
	s.Accounts[0].Account.Port, s.Accounts[0].Account.Interval = 5061, 90*time.Second
	m.Show(s)
	m.Accounts.Edit("nobody@b.example")
	require.Nil(t, m.Accounts.Form)
	m.Accounts.Edit(alice)
	form := m.Accounts.Form
	require.False(t, form.New)
	require.Equal(t, "5061", form.Port)
	require.Equal(t, "90", form.Interval)
	require.Empty(t, form.Password)
	form.DisplayName = "Alice"
	m.Accounts.Save()
	q.run()
	require.Equal(t, []string{"save " + alice}, f.log, "the password stays")
	require.Equal(t, "Alice", f.saved.DisplayName)
}
