package phone_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestEventsAreNumberedWithoutGapsAndTheSnapshotByTheLast(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		late := r.Subscribe()
		r.talk()
		require.NoError(t, r.Hangup(t.Context(), ""))
		synctest.Wait()
		last := r.Snapshot().Seq
		late.Close()
		late.Close()
		require.False(t, late.Lost())
		var got []uint64
		for e := range late.Events() {
			got = append(got, e.Seq)
			require.False(t, e.Time.IsZero())
		}
		require.Equal(t, last, got[len(got)-1])
		for i := range got[1:] {
			require.Equal(t, got[i]+1, got[i+1])
		}
	})
}

func TestASlowSubscriberIsDroppedAndHoldsNobodyUp(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		slow := r.Subscribe()
		_, _, m := r.talk()
		for range 5000 {
			m.tell(phone.MediaDTMF{Digit: '1'})
			r.happened()
		}
		require.Equal(t, phone.Active, r.call().State)
		events := 0
		for range slow.Events() {
			events++
		}
		require.Equal(t, 4096, events)
		require.True(t, slow.Lost())
		require.NoError(t, r.Hangup(t.Context(), ""))
		r.over()
	})
}

func TestTheEndOfRunEndsEverything(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, m := r.talk()
		_, ringing := r.ring("offer")
		r.happened()
		r.stop()
		kinds := r.kinds()
		require.Equal(t, []phone.EventKind{phone.EventCallEnded, phone.EventCallEnded}, kinds)
		_, open := <-r.events.Events()
		require.False(t, open)
		require.False(t, r.events.Lost())
		require.Equal(t, []string{"end"}, d.log)
		require.Equal(t, []string{"ring", "end"}, ringing.log)
		require.Equal(t, "close", m.log[len(m.log)-1])
		saved := r.store.saved()
		require.Equal(t, phone.Answered, saved[len(saved)-2].Result)
		require.Equal(t, phone.Declined, saved[len(saved)-1].Result)

		late := r.Subscribe()
		_, open = <-late.Events()
		require.False(t, open)
	})
}

// The disk is slow at the end: who comes meanwhile is neither served nor kept waiting.
func TestWhoComesWhileThePhoneEndsDoesNotHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.store.slow = make(chan struct{})
		r.start()
		_, err := r.Dial(t.Context(), "1001", "") // its row waits for the disk
		require.NoError(t, err)
		r.stop()
		late := r.Subscribe()
		asked := make(chan error, 1)
		go func() { _, err := r.Dial(t.Context(), "1002", ""); asked <- err }()
		time.Sleep(time.Second)
		late2 := r.Subscribe()
		close(r.store.slow)
		require.NoError(t, <-r.ended)
		if err := <-asked; err != nil {
			fails(t, phone.CodeNotRunning, err)
		}
		for range late.Events() {
			continue
		}
		for range late2.Events() {
			continue
		}
		require.Empty(t, r.Snapshot().Calls)
	})
}

func TestQuitIsToldOnce(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		select {
		case <-r.Quitting():
			t.Fatal("nobody asked")
		default:
		}
		r.Quit()
		r.Quit()
		<-r.Quitting()
	})
}

func TestRunFailsWhereWhatIsStoredCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.store.unread = full()
		events := r.Subscribe()
		fails(t, phone.CodeStorage, r.Run(t.Context()))
		_, open := <-events.Events()
		require.False(t, open)
		fails(t, phone.CodeNotRunning, r.Hangup(t.Context(), ""))
		select {
		case <-r.Ready():
			t.Fatal("never ready")
		default:
		}
	})
}

func TestAnEndDuringTheStartIsNoFailure(t *testing.T) {
	for range 20 { // both ends of the select are ready: chance takes one
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.store.unread = context.Canceled
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			require.NoError(t, r.Run(ctx))
		})
	}
}

func TestHistoryIsWrittenAtStartChangeAndEnd(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, d, m := r.dial("1001")
		require.Equal(t, phone.CallRecord{ID: id, Direction: phone.Out, Number: "1001", Account: alice, Started: time.Now()}, r.store.saved()[0])
		time.Sleep(time.Second)
		d.tell(phone.DialogAnswered{Fork: "a", Answer: []byte("answer")})
		synctest.Wait()
		m.tell(phone.MediaAgreed{})
		synctest.Wait()
		saved := r.store.saved()
		require.Equal(t, time.Now(), saved[len(saved)-1].Answered)
		require.Empty(t, saved[len(saved)-1].Result)

		before := len(saved)
		time.Sleep(3*time.Minute + time.Second)
		require.Len(t, r.store.saved(), before+3, "once a minute")
		d.tell(phone.DialogEnded{Cause: phone.EndRemote, Status: 200})
		r.over()
		saved = r.store.saved()
		last := saved[len(saved)-1]
		require.Equal(t, phone.Answered, last.Result)
		require.Equal(t, time.Now(), last.Ended)
		require.Equal(t, 200, last.SIPStatus)
		before = len(saved)
		time.Sleep(5 * time.Minute)
		require.Len(t, r.store.saved(), before, "an ended call is left alone")
		got, err := r.History(t.Context(), 0)
		require.NoError(t, err)
		require.Equal(t, saved, got)
	})
}

func TestAFullDiskKeepsHistoryUntilItCanBeWritten(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.happened()
		r.store.fill(full())
		for _, number := range []string{"1001", "1002"} {
			id, _, _ := r.dial(number)
			require.NoError(t, r.Hangup(t.Context(), id))
		}
		notices := 0
		for _, e := range r.happened() {
			if e.Kind == phone.EventNotice {
				notices++
				require.Contains(t, e.Text, "History cannot be written")
			}
		}
		require.Equal(t, 1, notices, "said once")
		tries := r.store.attempts()
		time.Sleep(35 * time.Second)
		require.InDelta(t, tries+3, r.store.attempts(), 1, "every 10 s")
		require.Empty(t, r.happened())
		require.Empty(t, r.store.saved())

		r.store.fill(nil)
		time.Sleep(10*time.Second + time.Millisecond)
		synctest.Wait()
		saved := r.store.saved()
		require.Len(t, saved, 2, "one row for each call, in its last state")
		require.Equal(t, "1001", saved[0].Number)
		require.Equal(t, phone.Cancelled, saved[0].Result)
		require.Equal(t, "1002", saved[1].Number)

		r.store.fill(full())
		id, _, _ := r.dial("1003")
		require.NoError(t, r.Hangup(t.Context(), id))
		require.Contains(t, r.kinds(), phone.EventNotice, "said again after it worked")
	})
}

// The context of Run ends while a row is written: that is no fault of the disk.
func TestTheEndDoesNotCutHistoryOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.store.slow = make(chan struct{})
		r.start()
		id, _, _ := r.dial("1001")
		r.stop()
		synctest.Wait()
		close(r.store.slow)
		require.NoError(t, <-r.ended)
		saved := r.store.saved()
		require.Equal(t, id, saved[len(saved)-1].ID)
		require.Equal(t, phone.Cancelled, saved[len(saved)-1].Result)
		require.Equal(t, len(saved), r.store.attempts(), "no write failed")
	})
}

func TestSoundFaultsAreShownUntilTheyAreOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.sound.err = &phone.Error{Code: phone.CodeNoSound}
		r.store.settings["device.speaker"] = "Headset"
		r.start()
		require.Contains(t, r.Snapshot().Sound, "There is no sound")
		require.Equal(t, "Headset", r.sound.chosen[phone.Speaker])
		_, err := r.Devices(t.Context())
		fails(t, phone.CodeNoSound, err)
		require.NoError(t, r.SetDevice(t.Context(), phone.RingDevice, "Bell"), "taken as it is")
		require.Equal(t, "Bell", r.sound.chosen[phone.RingDevice])
		r.sound.notify(phone.SoundEvent{Text: "The speaker is back."})
		events := r.happened()
		require.Equal(t, "The speaker is back.", events[len(events)-1].Text)
		require.Empty(t, r.Snapshot().Sound)
		r.close()
	})
}

func TestDevicesAreChosenByNameAndRemembered(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.sound.devices = []phone.Device{
			{Name: "Built-in", Role: phone.Speaker, Default: true},
			{Name: "Headset", Role: phone.Speaker},
			{Name: "Built-in", Role: phone.Microphone, Default: true},
		}
		chosen := func() (names []string) {
			devices, err := r.Devices(t.Context())
			require.NoError(t, err)
			for _, d := range devices {
				if d.Chosen {
					names = append(names, string(d.Role)+" "+d.Name)
				}
			}
			return names
		}
		require.Equal(t, []string{"speaker Built-in", "microphone Built-in"}, chosen())
		require.NoError(t, r.SetDevice(t.Context(), phone.Speaker, "Headset"))
		require.Equal(t, []string{"speaker Headset", "microphone Built-in"}, chosen())
		require.Equal(t, "Headset", r.sound.chosen[phone.Speaker])
		require.Equal(t, "Headset", r.store.settings["device.speaker"])

		r.sound.devices = r.sound.devices[:1]
		require.Equal(t, []string{"speaker Built-in"}, chosen(), "while it is gone")
		fails(t, phone.CodeNotFound, r.SetDevice(t.Context(), phone.Speaker, "None"))
		fails(t, phone.CodeInvalid, r.SetDevice(t.Context(), "lamp", "Built-in"))
		require.NoError(t, r.SetDevice(t.Context(), phone.Speaker, "default"))
		require.Empty(t, r.store.settings["device.speaker"])
		r.store.fill(full())
		fails(t, phone.CodeStorage, r.SetDevice(t.Context(), phone.Speaker, "Built-in"))
		r.store.unread = errors.New("gone")
		_, err := r.Devices(t.Context())
		require.Error(t, err)
	})
}

func TestTheTraceIsSwitched(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		require.NoError(t, r.SetTrace(t.Context(), true))
		require.True(t, r.tracer.on)
		require.Equal(t, "/trace", r.TracePath())
	})
}
