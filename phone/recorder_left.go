package phone

import "context"

// left queues a message whose file is whole on the disk; any goroutine. Where its row cannot be written, it waits, as
// calls do; the program's next start makes it of the file.
func (r *recorder) left(v Voicemail) { r.inbox.Put(leftMessage(v)) }

// heard marks a message as heard; any goroutine.
func (r *recorder) heard(id VoicemailID) { r.inbox.Put(heardMessage(id)) }

// leftMessage is a message to write.
type leftMessage Voicemail

func (m leftMessage) apply(_ context.Context, r *recorder) {
	r.messages = append(r.messages, Voicemail(m))
}

// heardMessage is a message that was played.
type heardMessage VoicemailID

func (m heardMessage) apply(ctx context.Context, r *recorder) {
	if err := r.store.MarkVoicemails(ctx, []VoicemailID{VoicemailID(m)}, MarkHeard); err != nil {
		r.log.Error("message not marked as heard", "err", err)
		return
	}
	r.changed(EventVoicemail)
}

// writeMessages writes the messages that wait, and tells of them.
func (r *recorder) writeMessages(ctx context.Context) error {
	for len(r.messages) > 0 {
		if err := r.store.AddVoicemails(ctx, r.messages[:1]); err != nil {
			return err
		}
		r.kept(r.messages[0])
		r.messages = r.messages[1:]
	}
	return nil
}

// messageKept is a message that is on the disk.
type messageKept Voicemail

func (m messageKept) apply(l *loop) {
	l.emit(Event{Kind: EventVoicemail})
	l.triggers.put(triggerEvent{name: VoicemailTrigger, number: m.Number, caller: m.Name, via: m.Account, voicemail: m.ID, at: m.Received, blocked: m.Blocked})
	if !m.Blocked {
		v := Voicemail(m)
		l.emit(Event{Kind: EventMessage, Voicemail: &v})
	}
}
