package data_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// timeline names what a part of a thread has.
func timeline(t testing.TB, store *data.Store, q phone.TimelineQuery) (names []string, items []phone.ThreadItem) {
	t.Helper()
	items, err := store.Timeline(t.Context(), q)
	require.NoError(t, err)
	for _, item := range items {
		switch item.Kind {
		case phone.PlaceText:
			names = append(names, string(item.Text.ID))
			require.Equal(t, item.Text.Row, item.Row)
		case phone.PlaceCall:
			names = append(names, string(item.Call.ID))
		case phone.PlaceVoicemail:
			names = append(names, string(item.Voicemail.ID))
		}
	}
	return names, items
}

// callAt and voicemailAt are with a number, some minutes after noon.
func callAt(t testing.TB, store *data.Store, id phone.CallID, number string, minutes int, result phone.Result) {
	t.Helper()
	require.NoError(t, store.SaveCall(t.Context(), phone.CallRecord{
		ID: id, Direction: phone.In, Number: number, Started: noon.Add(time.Duration(minutes) * time.Minute), Result: result,
	}))
}

func voicemailAt(t testing.TB, store *data.Store, id phone.VoicemailID, number string, minutes int) {
	t.Helper()
	v := message(id, "", minutes)
	v.Number = number
	require.NoError(t, store.AddVoicemails(t.Context(), []phone.Voicemail{v}))
}

func TestCallsAndVoicemailsStandBetweenTheTexts(t *testing.T) {
	store := open(t, t.TempDir())
	for _, number := range []string{zoe, maxim, ""} {
		addTexts(t, store, received(phone.TextID("text 1 "+number), number, "", 1), received(phone.TextID("text 3 "+number), number, "", 3),
			received(phone.TextID("gone "+number), number, "", 3))
		voicemailAt(t, store, phone.VoicemailID("voicemail 1 "+number), number, 1)
		voicemailAt(t, store, phone.VoicemailID("gone "+number), number, 2)
		callAt(t, store, phone.CallID("call 1 "+number), number, 1, phone.Missed)
		callAt(t, store, phone.CallID("call 2 "+number), number, 2, phone.Answered)
		callAt(t, store, phone.CallID("alive "+number), number, 4, "")
		require.NoError(t, store.DeleteTexts(t.Context(), []phone.TextID{phone.TextID("gone " + number)}, false))
		require.NoError(t, store.DeleteVoicemails(t.Context(), []phone.VoicemailID{phone.VoicemailID("gone " + number)}, false))
	}
	for _, number := range []string{zoe, maxim} {
		names, items := timeline(t, store, phone.TimelineQuery{Number: number, Limit: 100})
		require.Equal(t, []string{"text 1 " + number, "call 1 " + number, "voicemail 1 " + number, "call 2 " + number, "text 3 " + number}, names)
		for i, item := range items {
			before, _ := timeline(t, store, phone.TimelineQuery{Number: number, From: item.Place, Back: true, Limit: 100})
			require.Equal(t, names[:i], append([]string{}, before...))
			after, _ := timeline(t, store, phone.TimelineQuery{Number: number, From: item.Place, Limit: 100})
			require.Equal(t, names[i:], after)
		}
		require.Equal(t, phone.Missed, items[1].Call.Result)
		require.Equal(t, []byte{1, 2, 255}, items[2].Voicemail.Wave)
	}
	names, _ := timeline(t, store, phone.TimelineQuery{Limit: 100})
	require.Equal(t, []string{"text 1 ", "text 3 "}, names, "those who hide are many")
	names, _ = timeline(t, store, phone.TimelineQuery{Number: "1009", Back: true, Limit: 100})
	require.Empty(t, names)
}

// Whatever stands in a thread: from any place, its parts are those that a cut of the whole has.
func TestATimelineIsReadFromAnyPlace(t *testing.T) {
	store, n := open(t, t.TempDir()), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		number := fmt.Sprint(n)
		for i := range rapid.IntRange(0, 30).Draw(rt, "count") {
			name, minute := fmt.Sprint(n, " ", i), rapid.IntRange(0, 8).Draw(rt, "minute")
			switch rapid.IntRange(0, 3).Draw(rt, "kind") {
			case 0:
				callAt(t, store, phone.CallID(name), number, minute, phone.Missed)
			case 1:
				voicemailAt(t, store, phone.VoicemailID(name), number, minute)
			default:
				addTexts(t, store, received(phone.TextID(name), number, "", minute))
			}
		}
		all, whole := timeline(t, store, phone.TimelineQuery{Number: number, Limit: 100})
		for i := 1; i < len(whole); i++ {
			require.True(rt, whole[i-1].Before(whole[i].Place))
		}
		from := phone.Place{
			Row:  noon.Add(time.Duration(rapid.IntRange(-1, 9).Draw(rt, "from"))*time.Minute).UnixMilli() + int64(rapid.IntRange(0, 2).Draw(rt, "next")),
			Kind: phone.PlaceKind(rapid.IntRange(0, 4).Draw(rt, "kind")),
		}
		limit := rapid.IntRange(1, 10).Draw(rt, "limit")
		cut := 0
		for cut < len(whole) && whole[cut].Before(from) {
			cut++
		}
		before, _ := timeline(t, store, phone.TimelineQuery{Number: number, From: from, Back: true, Limit: limit})
		require.Equal(rt, strings.Join(all[max(0, cut-limit):cut], ","), strings.Join(before, ","))
		after, _ := timeline(t, store, phone.TimelineQuery{Number: number, From: from, Limit: limit})
		require.Equal(rt, strings.Join(all[cut:min(len(all), cut+limit)], ","), strings.Join(after, ","))
		last, _ := timeline(t, store, phone.TimelineQuery{Number: number, Back: true, Limit: limit})
		require.Equal(rt, strings.Join(all[max(0, len(all)-limit):], ","), strings.Join(last, ","))
	})
}
