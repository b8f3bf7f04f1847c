package phone_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// answering is a rig whose account has its machine answer after 25 s.
func answering(t *testing.T, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.store.accounts[0].Voicemail.After = phone.UsualAfter
		r.start()
		test(t, r)
		r.close()
	})
}

// takes has the machine's media agree and the caller confirm.
func (r *rig) takes(d *fakeDialog) *fakeSession {
	r.t.Helper()
	m := r.session()
	require.NotNil(r.t, m.machine, "the machine did not take the call: %v", d.log)
	m.tell(phone.MediaAnswer{SDP: []byte("our answer"), Agreed: phone.Agreed{Codec: "PCMU", Digits: true}})
	synctest.Wait()
	d.tell(phone.DialogConfirmed{})
	synctest.Wait()
	return m
}

// recorded has the machine keep a message.
func (r *rig) recorded(m *fakeSession, length time.Duration, done bool) phone.Voicemail {
	r.t.Helper()
	v := m.machine.Message
	v.Received, v.Length = time.Now(), length
	r.files.put(v)
	m.tell(phone.MediaRecorded{Message: v, Kept: true, Done: done})
	synctest.Wait()
	return v
}

// inbox is what is in the inbox.
func (r *rig) inbox() []phone.Voicemail {
	r.t.Helper()
	list, _, err := r.Voicemails(r.t.Context(), phone.VoicemailQuery{})
	require.NoError(r.t, err)
	return list
}

func TestACallThatNobodyTakesIsAnswered(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		id, d := r.ring("their offer")
		time.Sleep(phone.UsualAfter - time.Second)
		synctest.Wait()
		require.Equal(t, []string{"ring"}, d.log, "it was answered too early")
		r.happened()
		time.Sleep(time.Second)
		m := r.takes(d)
		require.Equal(t, []string{"ring", "accept our answer"}, d.log)
		require.Equal(t, []string{"machine", "answer their offer", "greet"}, m.log)
		assert.Equal(t, standard("en"), m.machine.Greeting)
		assert.Equal(t, 3*time.Minute, m.machine.MaxLength)

		require.Empty(t, r.Snapshot().Calls, "the agent has it no more")
		m.tell(phone.MediaMachine{Phase: phone.MachineRecords, Length: 4 * time.Second, Level: -20})
		synctest.Wait()
		live := r.Snapshot().Messages
		require.Len(t, live, 1)
		assert.Equal(t, id, live[0].Call.ID)
		assert.Equal(t, phone.Messaging, live[0].Call.State)
		assert.Equal(t, 4*time.Second, live[0].Length)
		assert.Equal(t, phone.MachineRecords, live[0].Phase)
		require.Contains(t, r.heard(), "ringtone false")
		r.happened()
		m.tell(phone.MediaDTMF{Digit: '5'})
		require.Empty(t, besidesHistory(r.happened()), "digits are the machine's")

		d.tell(phone.DialogEnded{Cause: phone.EndRemote})
		require.Equal(t, phone.Missed, r.over().Result)
		require.Equal(t, "close", m.log[len(m.log)-1])
		v := r.recorded(m, 12*time.Second, false)
		require.Equal(t, []phone.EventKind{phone.EventVoicemail, phone.EventMessage}, kindsOf(besidesHistory(r.happened())))
		list := r.inbox()
		require.Len(t, list, 1)
		assert.Equal(t, v.ID, list[0].ID)
		assert.Equal(t, id, list[0].Call)
		assert.Equal(t, "+44123", list[0].Number)
		assert.Equal(t, "Bob", list[0].Name)
		assert.Equal(t, 12*time.Second, list[0].Length)
		assert.False(t, list[0].Blocked)
		saved := r.store.saved()
		last := saved[len(saved)-1]
		assert.True(t, last.Answered.IsZero(), "nobody answered")
		assert.Equal(t, phone.Missed, last.Result)
	})
}

func kindsOf(events []phone.Event) (kinds []phone.EventKind) {
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func TestACallThatIsTakenIsNotAnswered(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		id, d := r.ring("their offer")
		require.NoError(t, r.Answer(t.Context(), id))
		m := r.session()
		m.tell(phone.MediaAnswer{SDP: []byte("our answer")})
		time.Sleep(time.Minute)
		synctest.Wait()
		require.Nil(t, m.machine)
		require.Equal(t, phone.Active, r.call().State)
		d.tell(phone.DialogEnded{Cause: phone.EndRemote})
	})
}

func TestWhereTheMachineIsOffACallRingsOn(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d := r.ring("their offer")
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		require.Equal(t, []string{"ring"}, d.log)
		require.Len(t, r.Snapshot().Calls, 1)
	})
}

func TestTheMachineHangsUp(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		_, d := r.ring("their offer")
		time.Sleep(phone.UsualAfter)
		m := r.takes(d)
		r.recorded(m, 3*time.Second, true)
		require.Equal(t, "end", d.log[len(d.log)-1])
		require.Equal(t, phone.Missed, r.over().Result)
		require.Len(t, r.inbox(), 1)
	})
}

func TestToVoicemail(t *testing.T) {
	run(t, func(t *testing.T, r *rig) { // also where no call goes there by itself
		id, d := r.ring("their offer")
		require.NoError(t, r.ToVoicemail(t.Context(), id))
		m := r.takes(d)
		fails(t, phone.CodeNotFound, r.ToVoicemail(t.Context(), id))
		require.Empty(t, r.Snapshot().Calls)
		d.tell(phone.DialogEnded{Cause: phone.EndRemote})
		over := r.over()
		require.Equal(t, phone.Declined, over.Result)
		require.Equal(t, "You sent the call to voicemail. Your voicemail answered.", over.Reason)
		m.tell(phone.MediaRecorded{Message: m.machine.Message}) // the caller said nothing
		synctest.Wait()
		require.Empty(t, r.inbox())
	})
}

func TestTheProviderKeepsTheMessages(t *testing.T) {
	for name, status := range map[string]int{"usual": 486, "480": 480} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.store.accounts[0].Voicemail = phone.AccountVoicemail{After: 10 * time.Second, Provider: true, Status: status}
				r.start()
				_, d := r.ring("their offer")
				time.Sleep(10 * time.Second)
				synctest.Wait()
				require.Equal(t, []string{"ring", "reject " + map[int]string{486: "486", 480: "480"}[status]}, d.log)
				require.Equal(t, phone.Missed, r.over().Result)
				id, d := r.ring("their offer")
				require.NoError(t, r.ToVoicemail(t.Context(), id))
				require.Equal(t, phone.Declined, r.over().Result)
				require.Len(t, d.log, 2)
				require.Empty(t, r.media.all(), "the machine took a call")

				r.sip.MessagesWaiting("a1", phone.MessagesWaiting{Waiting: true, New: 2, Old: 8})
				require.Equal(t, []phone.EventKind{phone.EventAccount}, kindsOf(besidesHistory(r.happened())))
				require.Equal(t, 2, r.Snapshot().Accounts[0].Waiting.New)
				r.close()
			})
		})
	}
}

func TestAFullDiskDeclinesPolitely(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		require.False(t, r.Snapshot().NoRoom)
		r.files.fill(phone.MinRoom - 1)
		time.Sleep(11 * time.Second)
		synctest.Wait()
		require.True(t, r.Snapshot().NoRoom)
		_, d := r.ring("their offer")
		time.Sleep(phone.UsualAfter)
		synctest.Wait()
		require.Equal(t, []string{"ring", "reject 480"}, d.log)
		require.Contains(t, r.over().Reason, "too full")
		id, d := r.ring("their offer")
		fails(t, phone.CodeStorage, r.ToVoicemail(t.Context(), id))
		require.Equal(t, []string{"ring"}, d.log, "it rings on")
		require.NoError(t, r.Decline(t.Context(), id))
		r.files.fill(phone.MinRoom)
		time.Sleep(11 * time.Second)
		synctest.Wait()
		require.False(t, r.Snapshot().NoRoom)
	})
}

func TestADiskThatFailsKeepsWhatWasSaid(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		_, d := r.ring("their offer")
		time.Sleep(phone.UsualAfter)
		m := r.takes(d)
		r.happened()
		r.store.fakeInbox.full = errors.New("no space")
		v := m.machine.Message
		v.Received, v.Length = time.Now(), 5*time.Second
		r.files.put(v)
		m.tell(phone.MediaRecorded{Message: v, Kept: true, Err: &phone.Error{Code: phone.CodeStorage, Op: "record"}})
		synctest.Wait()
		require.Equal(t, "end", d.log[len(d.log)-1], "the call ends politely")
		require.Contains(t, kindsOf(r.happened()), phone.EventNotice)
		require.Empty(t, r.inbox())
		r.store.fakeInbox.mu.Lock()
		r.store.fakeInbox.full = nil
		r.store.fakeInbox.mu.Unlock()
		time.Sleep(time.Minute) // the row is written once the disk takes it
		synctest.Wait()
		require.Len(t, r.inbox(), 1)
	})
}

func TestPickUp(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		id, d := r.ring("their offer")
		time.Sleep(phone.UsualAfter)
		m := r.takes(d)
		require.NoError(t, r.ListenIn(t.Context(), "", true))
		require.True(t, r.Snapshot().Messages[0].Listening)
		require.NoError(t, r.PickUp(t.Context(), ""))
		require.Equal(t, []string{"listen in true", "listen in false", "pick up keep=true"}, m.log[3:])
		c := r.call()
		require.Equal(t, id, c.ID)
		require.Equal(t, phone.Active, c.State)
		require.False(t, c.Answered.IsZero())
		require.Empty(t, r.Snapshot().Messages)
		r.recorded(m, 6*time.Second, false)
		require.Equal(t, phone.Active, r.call().State, "the call goes on")
		require.Len(t, r.inbox(), 1)
		m.tell(phone.MediaMachine{Phase: phone.MachineRecords}) // was on its way
		d.tell(phone.DialogEnded{Cause: phone.EndRemote})
		require.Equal(t, phone.Answered, r.over().Result)
		fails(t, phone.CodeNotFound, r.PickUp(t.Context(), id))
	})
}

func TestWhatWasSaidUntilPickedUpIsThrownAwayAsSet(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		s, err := r.MachineSettings(t.Context())
		require.NoError(t, err)
		s.KeepPicked, s.MaxLength = false, 30*time.Second
		require.NoError(t, r.SetMachineSettings(t.Context(), s))
		_, d := r.ring("their offer")
		time.Sleep(phone.UsualAfter)
		m := r.takes(d)
		require.Equal(t, 30*time.Second, m.machine.MaxLength)
		require.NoError(t, r.PickUp(t.Context(), ""))
		require.Equal(t, "pick up keep=false", m.log[len(m.log)-1])
	})
}

func TestListeningInEndsForACall(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		_, d := r.ring("their offer")
		time.Sleep(phone.UsualAfter)
		m := r.takes(d)
		require.NoError(t, r.ListenIn(t.Context(), "", true))
		_, d2, _ := r.talk()
		require.Equal(t, "listen in false", m.log[len(m.log)-1])
		fails(t, phone.CodeState, r.ListenIn(t.Context(), "", true))
		d2.tell(phone.DialogEnded{Cause: phone.EndRemote})
		require.NoError(t, r.ListenIn(t.Context(), "", true))
		require.NoError(t, r.ListenIn(t.Context(), "", false))
		d.tell(phone.DialogEnded{Cause: phone.EndRemote})
	})
}

func TestThePhoneTakesAFloodOfMessages(t *testing.T) {
	answering(t, func(t *testing.T, r *rig) {
		taken, refused := 0, 0
		for range 40 {
			id, d := r.ring("their offer")
			if err := r.ToVoicemail(t.Context(), id); err != nil {
				refused++
				fails(t, phone.CodeState, err)
				require.NoError(t, r.Decline(t.Context(), id))
				continue
			}
			taken++
			r.takes(d)
		}
		require.Equal(t, 32, taken)
		require.Equal(t, 8, refused)
		require.Len(t, r.Snapshot().Messages, 32)
	})
}

func TestMachineSettingsAreChecked(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		usual, err := r.MachineSettings(t.Context())
		require.NoError(t, err)
		require.Equal(t, phone.MachineSettings{MaxLength: 3 * time.Minute, DoNotDisturb: true, KeepPicked: true, Language: "en"}, usual)
		for _, change := range []func(*phone.MachineSettings){
			func(s *phone.MachineSettings) { s.MaxLength = 29 * time.Second },
			func(s *phone.MachineSettings) { s.MaxLength = 11 * time.Minute },
			func(s *phone.MachineSettings) { s.Keep = time.Hour },
			func(s *phone.MachineSettings) { s.Language = "xx" },
		} {
			s := usual
			change(&s)
			fails(t, phone.CodeInvalid, r.SetMachineSettings(t.Context(), s))
		}
		now, err := r.MachineSettings(t.Context())
		require.NoError(t, err)
		require.Equal(t, usual, now)
	})
}
