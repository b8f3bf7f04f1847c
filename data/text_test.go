package data_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

const (
	zoe   = "+442079460018"
	maxim = "+442079460021"
)

// received is a text that somebody sent some minutes after noon, written one of the agent's that waits.
func received(id phone.TextID, number, body string, minutes int) phone.QueuedText {
	return phone.QueuedText{Text: phone.Text{
		ID: id, Direction: phone.In, Number: number, Via: "1001@pbx.example", Body: body,
		Time: noon.Add(time.Duration(minutes) * time.Minute), State: phone.TextReceived, Origin: "origin of " + string(id),
	}}
}

func written(id phone.TextID, number, body string, minutes int) phone.QueuedText {
	t := received(id, number, body, minutes)
	t.Direction, t.State, t.Origin, t.CallID = phone.Out, phone.TextWaiting, "", "call-id of "+string(id)
	return t
}

func addTexts(t testing.TB, store *data.Store, list ...phone.QueuedText) []phone.Text {
	t.Helper()
	added, err := store.AddTexts(t.Context(), list, nil, false)
	require.NoError(t, err)
	return added
}

// said are the ids of all texts in a thread, in order.
func said(t testing.TB, store *data.Store, number string) (ids []phone.TextID) {
	t.Helper()
	items, err := store.Timeline(t.Context(), phone.TimelineQuery{Number: number, Limit: 10_000})
	require.NoError(t, err)
	for _, item := range items {
		if item.Text != nil {
			ids = append(ids, item.Text.ID)
		}
	}
	return ids
}

func oneText(t testing.TB, store *data.Store, id phone.TextID) phone.Text {
	t.Helper()
	one, err := store.Text(t.Context(), id)
	require.NoError(t, err)
	return one
}

func threadOf(t testing.TB, store *data.Store, number string) phone.Thread {
	t.Helper()
	th, err := store.Thread(t.Context(), number)
	require.NoError(t, err)
	return th
}

func TestATextComesBackAsItWas(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	a := received("a", zoe, "Grüße\r\n\x00😀👩‍👩‍👧 שלום", 1)
	a.Seen, a.Automatic = true, true
	b := written("b", zoe, "", 2)
	b.Reason, b.Settled, b.Trigger, b.Ref, b.CSeq, b.Type = "There is no connection.", noon, phone.MissedCallTrigger, "SM1", 7, "image/png"
	added := addTexts(t, store, a, b)
	require.Equal(t, noon.Add(time.Minute).UnixMilli(), added[0].Row)
	a.Row, a.First, b.Row = added[0].Row, true, added[1].Row
	require.Equal(t, []phone.Text{a.Text, b.Text}, added)
	require.NoError(t, store.Close())
	store = open(t, dir)
	a.First = false
	require.Equal(t, a.Text, oneText(t, store, "a"))
	require.Equal(t, b.Text, oneText(t, store, "b"))
	queued, err := store.QueuedTexts(t.Context())
	require.NoError(t, err)
	require.Equal(t, []phone.QueuedText{b}, queued)
	one, err := store.QueuedText(t.Context(), "b")
	require.NoError(t, err)
	require.Equal(t, b, one)
	byRef, err := store.TextByRef(t.Context(), b.Via, "SM1")
	require.NoError(t, err)
	require.Equal(t, b.Text, byRef)
	for _, missing := range []func() error{
		func() error { _, err := store.Text(t.Context(), "none"); return err },
		func() error { _, err := store.QueuedText(t.Context(), "a"); return err },
		func() error { _, err := store.TextByRef(t.Context(), b.Via, ""); return err },
		func() error { _, err := store.TextByRef(t.Context(), "other", "SM1"); return err },
		func() error {
			_, err := store.SettleText(t.Context(), "none", phone.TextOutcome{State: phone.TextSent})
			return err
		},
		func() error {
			_, err := store.SettleText(t.Context(), "a", phone.TextOutcome{State: phone.TextSent})
			return err
		},
	} {
		require.Equal(t, phone.CodeNotFound, phone.CodeOf(missing()))
	}
	require.NoError(t, store.TryText(t.Context(), "none", 1))
	require.NoError(t, store.TryText(t.Context(), "b", 8))
	one, err = store.QueuedText(t.Context(), "b")
	require.NoError(t, err)
	require.Equal(t, uint32(8), one.CSeq)
}

// Texts of one millisecond stay in the order in which they came, in one burst and in the next, also where the row of one
// that was withheld is free.
func TestTextsOfOneMomentStayInOrder(t *testing.T) {
	store := open(t, t.TempDir())
	var want []phone.TextID
	for burst := range 3 {
		var list []phone.QueuedText
		for i := range 400 {
			id := phone.TextID(fmt.Sprint(burst, " ", i))
			list, want = append(list, written(id, zoe, "x", 0)), append(want, id)
		}
		addTexts(t, store, list...)
		require.NoError(t, store.WithholdText(t.Context(), want[0]))
		want = want[1:]
	}
	addTexts(t, store, received("last", zoe, "x", 0))
	require.Equal(t, append(want, "last"), said(t, store, zoe))
	queued, err := store.QueuedTexts(t.Context())
	require.NoError(t, err)
	require.Len(t, queued, len(want))
	require.Equal(t, want[0], queued[0].ID)
}

func TestATextThatComesTwiceIsThereOnce(t *testing.T) {
	store := open(t, t.TempDir())
	a, again := received("a", zoe, "Hello", 1), received("again", zoe, "Hello", 2)
	again.Origin = a.Origin
	require.Len(t, addTexts(t, store, a, again), 1)
	require.Empty(t, addTexts(t, store, again))
	require.NoError(t, store.DeleteTexts(t.Context(), []phone.TextID{"a"}, false))
	require.Empty(t, addTexts(t, store, again), "it was deleted")
	require.Zero(t, threadOf(t, store, zoe).Unread)
	again.Direction, again.State = phone.Out, phone.TextSent
	require.Len(t, addTexts(t, store, again), 1, "what is sent has no origin")
	for _, id := range []phone.TextID{"x", "y"} {
		other := received(id, zoe, "", 3)
		other.Origin = ""
		require.Len(t, addTexts(t, store, other), 1)
	}
}

func TestTheFirstTextOfANumberIsKnown(t *testing.T) {
	store := open(t, t.TempDir())
	first := func(list ...phone.QueuedText) (is []bool) {
		for _, text := range addTexts(t, store, list...) {
			is = append(is, text.First)
		}
		return is
	}
	require.Equal(t, []bool{true, false, true}, first(received("a", zoe, "", 1), received("b", zoe, "", 2), received("c", maxim, "", 3)))
	require.Equal(t, []bool{false, false}, first(written("d", "1003", "", 4), received("e", "1003", "", 5)), "the agent has written before")
	require.NoError(t, store.DeleteTexts(t.Context(), []phone.TextID{"c"}, false))
	require.Equal(t, []bool{true}, first(received("f", maxim, "", 6)))
}

func TestAStateNeverGoesBack(t *testing.T) {
	const waiting, sent, delivered, failed = phone.TextWaiting, phone.TextSent, phone.TextDelivered, phone.TextFailed
	for _, tt := range []struct {
		was, to phone.TextState
		goes    bool
	}{
		{waiting, waiting, true},
		{waiting, sent, true},
		{waiting, delivered, true},
		{waiting, failed, true},
		{sent, waiting, false},
		{sent, sent, false},
		{sent, delivered, true},
		{sent, failed, true},
		{delivered, waiting, false},
		{delivered, sent, false},
		{delivered, failed, false},
		{delivered, delivered, false},
		{failed, waiting, true},
		{failed, sent, true},
		{failed, delivered, true},
		{failed, failed, true},
	} {
		t.Run(fmt.Sprint(tt.was, " ", tt.to), func(t *testing.T) {
			store := open(t, t.TempDir())
			a := written("a", zoe, "Hello", 1)
			a.State, a.Reason, a.Settled, a.Ref = tt.was, "was", noon, "SM1"
			want := addTexts(t, store, a)[0]
			if tt.goes {
				want.State, want.Reason, want.Settled = tt.to, "is", noon.Add(time.Minute)
			}
			got, err := store.SettleText(t.Context(), "a", phone.TextOutcome{State: tt.to, Reason: "is", At: noon.Add(time.Minute)})
			require.NoError(t, err)
			require.Equal(t, want, got)
			require.Equal(t, want, oneText(t, store, "a"))
			want.Ref = "SM2"
			got, err = store.SettleText(t.Context(), "a", phone.TextOutcome{State: tt.to, Reason: "is", Ref: "SM2", At: noon.Add(time.Minute)})
			require.NoError(t, err)
			require.Equal(t, want, got)
		})
	}
}

// What was sent while it was deleted is not sent again when it comes back.
func TestADeletedTextIsSettledToo(t *testing.T) {
	store := open(t, t.TempDir())
	addTexts(t, store, written("a", zoe, "Hello", 1), written("b", zoe, "Hello", 2))
	require.NoError(t, store.DeleteTexts(t.Context(), []phone.TextID{"a", "b"}, false))
	_, err := store.QueuedText(t.Context(), "a")
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
	queued, err := store.QueuedTexts(t.Context())
	require.NoError(t, err)
	require.Empty(t, queued)
	_, err = store.SettleText(t.Context(), "a", phone.TextOutcome{State: phone.TextSent, At: noon})
	require.NoError(t, err)
	require.NoError(t, store.DeleteTexts(t.Context(), []phone.TextID{"a", "b"}, true))
	queued, err = store.QueuedTexts(t.Context())
	require.NoError(t, err)
	require.Len(t, queued, 1)
	require.Equal(t, phone.TextID("b"), queued[0].ID)
}

func TestAWithheldTextLeavesNothing(t *testing.T) {
	store := open(t, t.TempDir())
	addTexts(t, store, written("a", zoe, "Hello", 1), received("b", maxim, "", 1))
	require.NoError(t, store.WithholdText(t.Context(), "a"))
	require.NoError(t, store.WithholdText(t.Context(), "none"))
	require.NoError(t, store.WithholdText(t.Context(), "b"), "it does not wait")
	require.NoError(t, store.DeleteTexts(t.Context(), []phone.TextID{"a"}, true))
	require.Empty(t, said(t, store, zoe))
	require.Equal(t, []phone.TextID{"b"}, said(t, store, maxim))
	require.Empty(t, found(t, store, "hello"))
	part, total, err := store.Threads(t.Context(), phone.ThreadQuery{})
	require.NoError(t, err)
	require.Equal(t, 1, total)
	require.Equal(t, maxim, part[0].Number)
	require.True(t, addTexts(t, store, received("c", zoe, "", 2))[0].First)
}

func TestDeletedTextsStayUntilTheyAreDropped(t *testing.T) {
	store := open(t, t.TempDir())
	var list []phone.QueuedText
	var ids []phone.TextID
	for i := range 1200 {
		ids = append(ids, phone.TextID(fmt.Sprint(i)))
		list = append(list, received(ids[i], zoe, "Hello", i))
	}
	addTexts(t, store, list...)
	require.NoError(t, store.DeleteTexts(t.Context(), ids[:1100], false))
	require.NoError(t, store.DropTexts(t.Context(), time.Now().Add(-time.Hour)))
	require.NoError(t, store.DeleteTexts(t.Context(), ids[:1], true))
	require.Equal(t, append(ids[:1:1], ids[1100:]...), said(t, store, zoe))
	require.NoError(t, store.DropTexts(t.Context(), time.Now().Add(time.Hour)))
	require.NoError(t, store.DeleteTexts(t.Context(), ids, true))
	require.Equal(t, append(ids[:1:1], ids[1100:]...), said(t, store, zoe))
	require.Len(t, found(t, store, "hello"), 101)
	require.Len(t, addTexts(t, store, list[1]), 1, "nothing is known of it any more")
}

func TestManyReadWhileTextsCome(t *testing.T) {
	store := open(t, t.TempDir())
	const count = 200
	done := make(chan struct{})
	var group errgroup.Group
	for range 4 {
		group.Go(func() error {
			for {
				th, err := store.Thread(t.Context(), zoe)
				if err != nil {
					return err
				}
				items, err := store.Timeline(t.Context(), phone.TimelineQuery{Number: zoe, Limit: count})
				if err != nil {
					return err
				}
				hits, err := store.SearchTexts(t.Context(), phone.TextSearch{Text: "hel", Limit: count})
				if err != nil {
					return err
				}
				if len(items) < th.Unread || len(hits) < len(items) {
					return fmt.Errorf("%d unread, %d read then, %d found then", th.Unread, len(items), len(hits))
				}
				select {
				case <-done:
					return nil
				default:
				}
			}
		})
	}
	var want []phone.TextID
	for i := range count {
		want = append(want, phone.TextID(fmt.Sprint(i)))
		addTexts(t, store, received(want[i], zoe, "Hello", i))
	}
	close(done)
	require.NoError(t, group.Wait())
	require.True(t, slices.Equal(want, said(t, store, zoe)))
}
