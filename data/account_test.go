package data_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

func newAccount(t *testing.T, address string) phone.Account {
	id, err := data.NewID()
	require.NoError(t, err)
	return phone.Account{
		ID: phone.AccountID(id), Address: address, Server: "2001:db8::1", Port: 5061, Proxy: "proxy.example:5070", AuthUser: "auth",
		DisplayName: "Agnès \"A\"", Transport: phone.TLS, Interval: 90 * time.Second, Country: "GB", DialPrefix: "9", StripPrefix: "9",
		CAFile: "/etc/ca.pem",
	}
}

func accounts(t *testing.T, store *data.Store) []phone.Account {
	all, err := store.Accounts(t.Context())
	require.NoError(t, err)
	return all
}

func TestAccountsComeBackAsTheyWereSaved(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	require.Empty(t, accounts(t, store))
	first, second := newAccount(t, "1001@pbx.example"), newAccount(t, "1002@pbx.example")
	require.NoError(t, store.SaveAccount(t.Context(), first))
	require.NoError(t, store.SaveAccount(t.Context(), second))
	first.Address, first.Port = "1003@pbx.example", 0
	require.NoError(t, store.SaveAccount(t.Context(), first))
	require.NoError(t, store.Close())
	require.Equal(t, []phone.Account{first, second}, accounts(t, open(t, dir)))
}

func TestOneAccountAtMostIsTheDefault(t *testing.T) {
	store := open(t, t.TempDir())
	var saved []phone.Account
	for _, address := range []string{"a@x", "b@x", "c@x"} {
		acc := newAccount(t, address)
		acc.Default = true
		saved = append(saved, acc)
	}
	var wait sync.WaitGroup
	for _, acc := range saved {
		wait.Go(func() { require.NoError(t, store.SaveAccount(t.Context(), acc)) })
	}
	wait.Wait()
	require.NoError(t, store.SaveAccount(t.Context(), saved[1]))
	for _, acc := range accounts(t, store) {
		require.Equal(t, acc.ID == saved[1].ID, acc.Default, acc.Address)
	}
}

func TestTwoAccountsCannotShareAnAddress(t *testing.T) {
	store := open(t, t.TempDir())
	first := newAccount(t, "alice@pbx.example")
	require.NoError(t, store.SaveAccount(t.Context(), first))
	err := store.SaveAccount(t.Context(), newAccount(t, "Alice@PBX.example"))
	require.Equal(t, phone.CodeExists, phone.CodeOf(err), err)
	require.Len(t, accounts(t, store), 1)

	require.NoError(t, store.DeleteAccount(t.Context(), first.ID))
	require.NoError(t, store.SaveAccount(t.Context(), newAccount(t, "Alice@PBX.example")), "a deleted account's address is free")
}

func TestARefusedAccountLeavesTheDefaultAlone(t *testing.T) {
	store := open(t, t.TempDir())
	first := newAccount(t, "alice@pbx.example")
	first.Default = true
	require.NoError(t, store.SaveAccount(t.Context(), first))
	double := newAccount(t, first.Address)
	double.Default = true
	require.Error(t, store.SaveAccount(t.Context(), double))
	require.Equal(t, []phone.Account{first}, accounts(t, store))
}

func TestADeletedAccountLeavesATombstone(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	acc := newAccount(t, "alice@pbx.example")
	acc.Default = true
	require.NoError(t, store.SaveAccount(t.Context(), acc))
	require.NoError(t, store.DeleteAccount(t.Context(), acc.ID))
	require.NoError(t, store.DeleteAccount(t.Context(), acc.ID))
	require.NoError(t, store.DeleteAccount(t.Context(), "nobody"))
	require.Empty(t, accounts(t, store))

	var version, deleted int64
	require.NoError(t, raw(t, dir).QueryRow(`SELECT version, deleted FROM account WHERE id = ?`, acc.ID).Scan(&version, &deleted))
	require.EqualValues(t, 2, version, "saved and deleted")
	require.InDelta(t, time.Now().UnixMicro(), deleted, 60e6)

	require.NoError(t, store.SaveAccount(t.Context(), acc))
	require.Equal(t, []phone.Account{acc}, accounts(t, store), "saved again, it is back")
}

func TestAnAccountNeedsAnID(t *testing.T) {
	err := open(t, t.TempDir()).SaveAccount(t.Context(), phone.Account{Address: "a@x"})
	require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
}
