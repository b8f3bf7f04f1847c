package phone_test

import (
	"errors"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// practiceRig is a rig with no account.
func practiceRig(t *testing.T, setting string) *rig {
	r := newRig(t)
	r.store.accounts = nil
	r.store.settings["practice"] = setting
	r.start()
	return r
}

func TestPracticeIsOnWhileThereIsNoAccount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := practiceRig(t, "")
		require.True(t, r.exchange.running())
		require.True(t, r.Snapshot().Practice)
		require.Equal(t, phone.PracticeAccount, r.Snapshot().Accounts[0].Account.ID)
		require.NoError(t, r.PracticeRing(t.Context(), "hidden"))
		require.Equal(t, []string{"ring hidden"}, r.exchange.log)
		id, err := r.Dial(t.Context(), phone.CallRequest{Number: "600"})
		require.NoError(t, err)

		require.NoError(t, r.AddAccount(t.Context(), phone.Account{Address: bob}, phone.Secret{}, false))
		events := besidesHistory(r.happened())
		require.False(t, r.exchange.running())
		require.False(t, r.Snapshot().Practice)
		require.Empty(t, r.Snapshot().Calls, "its call is over")
		require.Equal(t, id, r.store.saved()[0].ID)
		require.Len(t, r.Snapshot().Accounts, 1)
		require.True(t, r.Snapshot().Accounts[0].Account.Default, "the first is the default")
		require.Equal(t, phone.EventPractice, events[len(events)-1].Kind)
		require.Equal(t, "off", events[len(events)-1].Text)
		fails(t, phone.CodeState, r.PracticeRing(t.Context(), ""))

		// And on again with the last one gone.
		require.NoError(t, r.RemoveAccount(t.Context(), bob))
		r.happened()
		require.True(t, r.Snapshot().Practice)
		r.close()
	})
}

func TestPracticeAsSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := practiceRig(t, "off")
		require.False(t, r.Snapshot().Practice)
		_, err := r.Dial(t.Context(), phone.CallRequest{Number: "600"})
		fails(t, phone.CodeNoAccount, err)
		require.NoError(t, r.SetPractice(t.Context(), true))
		require.NoError(t, r.SetPractice(t.Context(), true), "twice is once")
		r.happened()
		require.True(t, r.Snapshot().Practice)
		require.Equal(t, "on", r.store.settings["practice"])

		// By setting it stays on beside accounts, which calls go by.
		require.NoError(t, r.AddAccount(t.Context(), phone.Account{Address: bob}, phone.Secret{}, false))
		r.happened()
		require.True(t, r.Snapshot().Practice)
		_, err = r.Dial(t.Context(), phone.CallRequest{Number: "600"})
		require.NoError(t, err)
		require.Equal(t, bob, r.call().Account)

		r.store.fill(full())
		fails(t, phone.CodeStorage, r.SetPractice(t.Context(), false))
		require.True(t, r.Snapshot().Practice)
		r.store.fill(nil)
		require.NoError(t, r.SetPractice(t.Context(), false))
		r.happened()
		require.False(t, r.Snapshot().Practice)
		require.Equal(t, "off", r.store.settings["practice"])
		r.close()
	})
}

func TestPracticeThatCannotStartIsSaidAndTheRestRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.store.accounts = nil
		r.exchange.err = &phone.Error{Code: phone.CodeInternal, Err: errors.New("no sockets")}
		r.events = r.Subscribe()
		r.start()
		require.False(t, r.Snapshot().Practice)
		fails(t, phone.CodeInternal, r.SetPractice(t.Context(), true))
		r.exchange.err = nil
		r.close()
	})
}
