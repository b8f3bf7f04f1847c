package view

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestWhatIsBlockedNowIsInTheLogThatIsShown(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Go(PageSettings)
	m.BlockedLog.Watched = true
	m.BlockedLog.Read()
	q.run()
	require.Zero(t, m.BlockedLog.Len())
	f.Rows = []phone.Screened{{Row: 1, Time: noon, Kind: phone.ScreenedCall, Number: "+442079460018", Verdict: phone.Verdict{Mode: phone.BlockAll}}}
	m.Happened(phone.Event{Kind: phone.EventScreening})
	q.run()
	require.Equal(t, 1, m.BlockedLog.Len())
}
