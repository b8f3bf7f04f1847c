package phone_test

import (
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

const bob = "bob@pbx.example"

func full() error { return &phone.Error{Code: phone.CodeStorage, Op: "save"} }

func TestRunOpensWhatIsStored(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		require.Equal(t, []string{"open " + alice}, r.sip.log)
		require.Equal(t, "hunter2", r.sip.secrets["a1"])
		status := r.Snapshot().Accounts[0]
		require.Equal(t, phone.Registering, status.State)
		require.NotEmpty(t, status.Reason)

		r.sip.AccountChanged("a1", phone.Registered, nil)
		events := r.happened()
		require.Len(t, events, 1)
		require.Equal(t, phone.Registered, events[0].Account.State)
		require.Empty(t, events[0].Account.Reason)
		require.Empty(t, events[0].Account.Code)
		r.sip.AccountChanged("a1", phone.Registered, nil)
		require.Empty(t, r.happened(), "nothing changed")

		r.sip.AccountChanged("a1", phone.Failed, &phone.Error{Code: phone.CodeAuth})
		r.happened()
		status = r.Snapshot().Accounts[0]
		require.Equal(t, phone.CodeAuth, status.Code)
		require.Contains(t, status.Reason, "Wrong password")
		r.sip.AccountChanged("gone", phone.Registered, nil)
		require.Empty(t, r.happened())
	})
}

func TestAddAccount(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		add := phone.Account{Address: "sip:bob@PBX.example"}
		require.NoError(t, r.AddAccount(t.Context(), add, phone.NewSecret("word"), true))
		require.Len(t, r.store.accounts, 2)
		stored := r.store.accounts[1]
		require.Equal(t, bob, stored.Address)
		require.NotEmpty(t, stored.ID)
		require.False(t, stored.Default)
		require.Equal(t, "word", r.secrets.texts[stored.ID].Reveal())
		require.Equal(t, "word", r.sip.secrets[stored.ID])
		require.Len(t, r.Snapshot().Accounts, 2)

		// The same address again: a change.
		r.happened()
		add.Address, add.DisplayName, add.Default = "BOB@pbx.example", "Bob", true
		require.NoError(t, r.AddAccount(t.Context(), add, phone.Secret{}, false))
		require.Len(t, r.store.accounts, 2)
		changed := r.store.accounts[1]
		require.Equal(t, stored.ID, changed.ID)
		require.Equal(t, "Bob", changed.DisplayName)
		require.Equal(t, "word", r.sip.secrets[stored.ID], "the password stays")
		accounts := r.Snapshot().Accounts
		require.Len(t, accounts, 2)
		require.False(t, accounts[0].Account.Default, "the default has moved")
		require.True(t, accounts[1].Account.Default)
		require.Equal(t, []phone.EventKind{phone.EventAccount, phone.EventAccount}, r.kinds(), "both have changed")

		// Another change keeps the default, too.
		add.Address, add.Default = bob, false
		require.NoError(t, r.AddAccount(t.Context(), add, phone.NewSecret("new"), true))
		require.True(t, r.store.accounts[1].Default)
		require.Equal(t, "new", r.sip.secrets[stored.ID])

		_, err := r.Dial(t.Context(), phone.CallRequest{Number: "1001"})
		require.NoError(t, err)
		require.Equal(t, bob, r.call().Account, "calls go by the default")
	})
}

func TestAddAccountThatFailsChangesNothing(t *testing.T) {
	tests := map[string]struct {
		address string
		spoil   func(r *rig)
		code    phone.Code
	}{
		"wrong input": {"bob", func(*rig) {}, phone.CodeInvalid},
		"full disk":   {bob, func(r *rig) { r.store.fill(full()) }, phone.CodeStorage},
		"no keyring":  {bob, func(r *rig) { r.secrets.err = &phone.Error{Code: phone.CodeKeyring} }, phone.CodeKeyring},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			run(t, func(t *testing.T, r *rig) {
				r.happened()
				test.spoil(r)
				fails(t, test.code, r.AddAccount(t.Context(), phone.Account{Address: test.address}, phone.NewSecret("x"), true))
				require.Len(t, r.Snapshot().Accounts, 1)
				require.Len(t, r.store.accounts, 1)
				require.Len(t, r.secrets.texts, 1, "no password without an account")
				require.Empty(t, r.happened())
			})
		})
	}
}

func TestRetryAccount(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		require.NoError(t, r.RetryAccount(t.Context(), "sip:ALICE@pbx.example"))
		require.Equal(t, "refresh a1", r.sip.log[len(r.sip.log)-1])
		fails(t, phone.CodeNotFound, r.RetryAccount(t.Context(), bob))
	})
}

func TestRemoveAccountEndsItsCalls(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		require.NoError(t, r.AddAccount(t.Context(), phone.Account{Address: bob}, phone.Secret{}, false))
		_, d, _ := r.talk()
		kept, err := r.Dial(t.Context(), phone.CallRequest{Number: "1002", Account: bob})
		require.NoError(t, err)
		r.happened()
		fails(t, phone.CodeNotFound, r.RemoveAccount(t.Context(), "nobody@pbx.example"))
		require.NoError(t, r.RemoveAccount(t.Context(), "sip:alice@PBX.example"))
		require.Equal(t, []string{"end"}, d.log)
		require.Equal(t, kept, r.call().ID)
		require.Equal(t, "close a1", r.sip.log[len(r.sip.log)-1])
		require.Empty(t, r.secrets.texts)
		require.Len(t, r.store.accounts, 1)
		require.Len(t, r.Snapshot().Accounts, 1)
		events := besidesHistory(r.happened())
		require.Len(t, events, 3)
		require.Equal(t, phone.EventCallEnded, events[0].Kind)
		require.Equal(t, phone.Off, events[1].Account.State)
		require.True(t, events[2].Account.Account.Default, "the default is passed on")
		require.True(t, r.store.accounts[0].Default)
		require.Equal(t, "open "+bob, r.sip.log[len(r.sip.log)-2], "it stays registered as it was")
		r.sip.AccountChanged("a1", phone.Failed, errors.New("late"))
		require.Empty(t, r.happened())
		fails(t, phone.CodeNotFound, r.RemoveAccount(t.Context(), alice))

		_, err = r.Dial(t.Context(), phone.CallRequest{Number: "1001"})
		require.NoError(t, err)
	})
}

func TestAPasswordThatCannotBeReadIsSaid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.secrets.err = &phone.Error{Code: phone.CodeKeyring, Err: errors.New("the keyring is locked")}
		r.events = r.Subscribe()
		r.start()
		require.Len(t, r.Snapshot().Accounts, 1)
		r.close()
	})
}
