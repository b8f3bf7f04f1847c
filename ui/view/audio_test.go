package view

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestDevicesAreOfferedByRole(t *testing.T) {
	f := &fakePhone{
		devices: []phone.Device{
			{Name: "Built-in", Role: phone.Speaker, Default: true},
			{Name: "Headset", Role: phone.Speaker, Chosen: true},
			{Name: "Built-in mic", Role: phone.Microphone, Default: true, Chosen: true},
		},
		volumes: map[phone.DeviceRole]int{phone.Speaker: 80},
	}
	m, q := newMain(f)
	m.Audio.Read()
	q.run()
	require.Equal(t, DeviceChoice{Options: []string{"System default", "Built-in", "Headset"}, Chosen: 2, Volume: 80}, m.Audio.Speaker)
	require.Equal(t, DeviceChoice{Options: []string{"System default", "Built-in mic"}, Volume: 100}, m.Audio.Microphone)
	m.Audio.Choose(phone.Speaker, "Headset")
	m.Audio.Choose(phone.Speaker, "System default")
	m.Audio.Choose(phone.Speaker, "Nothing")
	m.Audio.SetVolume(phone.Speaker, 80)
	m.Audio.SetVolume(phone.RingDevice, 30)
	q.run()
	require.Equal(t, []string{"device speaker ", "volume ring"}, f.log)
}

func TestAMachineWithNoSoundIsSaid(t *testing.T) {
	m, q := newMain(&fakePhone{})
	m.Audio.Read()
	q.run()
	require.Contains(t, m.Audio.Notice, "There is no sound")
	require.Equal(t, []string{"System default"}, m.Audio.Microphone.Options)
	m.Audio.SetVolume(phone.Speaker, 50)
	q.run()
	require.Contains(t, m.Audio.Notice, "There is no sound", "it is still so")
}

func TestTheMicrophoneIsTested(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Audio.TestMicrophone()
	m.Audio.TestRing()
	require.True(t, m.Audio.Testing)
	require.Contains(t, m.Audio.Notice, "Say something")
	q.run()
	require.Equal(t, []string{"test microphone"}, f.log, "one at a time")
	require.False(t, m.Audio.Testing)
	require.Empty(t, m.Audio.Notice, "how loud it was is not known")
	for _, tt := range []struct {
		levels []float64
		want   string
	}{{[]float64{-127, -90}, "Nothing was heard"}, {[]float64{-127, -30, -90}, ""}} {
		m.Audio.Hear(-10) // before
		m.Audio.TestMicrophone()
		for _, level := range tt.levels {
			m.Audio.Hear(level)
		}
		q.run()
		require.True(t, strings.HasPrefix(m.Audio.Notice, tt.want) && (tt.want != "") == (m.Audio.Notice != ""), m.Audio.Notice)
	}
	f.err = &phone.Error{Code: phone.CodeNoSound}
	m.Audio.TestRing()
	q.run()
	require.Contains(t, m.Audio.Notice, "There is no sound")
}

func TestPractice(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	s := snapshot()
	s.Practice = true
	m.Show(s)
	require.True(t, m.Practice.On)
	m.Practice.Ring("jo")
	m.Practice.Switch(false)
	q.run()
	require.Equal(t, []string{"ring jo", "practice off"}, f.log)
	f.err = &phone.Error{Code: phone.CodeState}
	m.Practice.Ring("jo")
	q.run()
	require.NotEmpty(t, m.Practice.Notice)
}

func TestANoticeStaysUntilItIsDismissed(t *testing.T) {
	m, _ := newMain(&fakePhone{})
	m.Happened(phone.Event{Kind: phone.EventNotice, Text: "History cannot be written."})
	require.Equal(t, "History cannot be written.", m.Notice)
	m.Dismiss()
	require.Empty(t, m.Notice)
}
