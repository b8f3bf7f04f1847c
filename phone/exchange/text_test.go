package exchange_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestRobotsWriteBack(t *testing.T) {
	t.Parallel()
	_, h := start(t)
	robots := map[string]string{
		"600": "You wrote: Grüße, שלום 👩‍👩‍👧", "601": "This is 601. ", "602": "This is 602. ", "603": "This is 603. ", "604": "This is 604. ",
		"605": "This is 605. ", "606": "This is 606. ", "607": "This is 607. ", "+442079460123": "This is Jo Harper. ", "+441632960456": "This is a number ",
	}
	for number := range robots {
		require.Equal(t, 200, h.write(number, "Grüße, שלום 👩‍👩‍👧"), number)
	}
	for range len(robots) {
		m := h.read(t)
		from, shown := m.Caller.Shown()
		require.True(t, shown)
		want, writes := robots[from.User]
		require.True(t, writes, "%q writes, from a number that nobody wrote to", from.User)
		require.True(t, strings.HasPrefix(m.Text, want), m.Text)
		require.Equal(t, from.User == "600", m.Text == want)
		delete(robots, from.User)
	}
}

func TestTheEchoQuotesTheBeginningOfALongText(t *testing.T) {
	t.Parallel()
	_, h := start(t)
	require.Equal(t, 200, h.write("600", strings.Repeat("é", 20_000)))
	require.Equal(t, "You wrote: "+strings.Repeat("é", 500)+"…", h.read(t).Text)
}

func TestTextsThatNobodyReads(t *testing.T) {
	t.Parallel()
	_, h := start(t)
	for _, number := range []string{"699", "jo", "anonymous"} {
		require.Equal(t, 404, h.write(number, "Hello"), number)
	}
}

func TestStopWhileARobotThinks(t *testing.T) {
	t.Parallel()
	x, h := start(t)
	require.Equal(t, 200, h.write("600", "Hello"))
	began := time.Now()
	require.NoError(t, x.Stop())
	require.Less(t, time.Since(began), 900*time.Millisecond)
}
