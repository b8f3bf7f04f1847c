package phone_test

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/callward/callward/phone"
)

// fakeInbox keeps voice messages in memory, in the order in which they were added.
type fakeInbox struct {
	mu      sync.Mutex
	list    []phone.Voicemail
	deleted map[phone.VoicemailID]time.Time
	full    error
}

func (b *fakeInbox) AddVoicemails(_ context.Context, list []phone.Voicemail) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.full != nil {
		return b.full
	}
	for _, v := range list {
		if b.place(v.ID) < 0 {
			b.list = append(b.list, v)
		}
	}
	return nil
}

func (b *fakeInbox) place(id phone.VoicemailID) int {
	return slices.IndexFunc(b.list, func(v phone.Voicemail) bool { return v.ID == id })
}

func (b *fakeInbox) Voicemails(context.Context, phone.VoicemailQuery) ([]phone.Voicemail, int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var found []phone.Voicemail
	for _, v := range slices.Backward(b.list) {
		if _, gone := b.deleted[v.ID]; !gone {
			found = append(found, v)
		}
	}
	return found, len(found), nil
}

func (b *fakeInbox) Voicemail(_ context.Context, id phone.VoicemailID) (phone.Voicemail, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if i := b.place(id); i >= 0 {
		return b.list[i], nil
	}
	return phone.Voicemail{}, &phone.Error{Code: phone.CodeNotFound, Op: "voicemail"}
}

func (b *fakeInbox) VoicemailCounts(ctx context.Context) (phone.VoicemailCounts, error) {
	found, all, err := b.Voicemails(ctx, phone.VoicemailQuery{})
	counts := phone.VoicemailCounts{All: all}
	for _, v := range found {
		switch {
		case v.Heard:
		case v.Blocked:
			counts.Blocked++
		default:
			counts.Unheard++
		}
	}
	return counts, err
}

func (b *fakeInbox) MarkVoicemails(_ context.Context, ids []phone.VoicemailID, mark phone.VoicemailMark) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range ids {
		if i := b.place(id); i >= 0 {
			b.list[i].Heard = mark == phone.MarkHeard || mark == phone.MarkDone
			b.list[i].Done = mark == phone.MarkDone
		}
	}
	return b.full
}

func (b *fakeInbox) NoteVoicemail(_ context.Context, id phone.VoicemailID, note string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list[b.place(id)].Note = note
	return b.full
}

func (b *fakeInbox) DeleteVoicemails(_ context.Context, ids []phone.VoicemailID, back bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.deleted == nil {
		b.deleted = map[phone.VoicemailID]time.Time{}
	}
	for _, id := range ids {
		if back {
			delete(b.deleted, id)
		} else {
			b.deleted[id] = time.Now()
		}
	}
	return b.full
}

func (b *fakeInbox) DropVoicemails(_ context.Context, ids []phone.VoicemailID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list = slices.DeleteFunc(b.list, func(v phone.Voicemail) bool { return slices.Contains(ids, v.ID) })
	return b.full
}

func (b *fakeInbox) VoicemailIDs(context.Context) (map[phone.VoicemailID]bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	ids := map[phone.VoicemailID]bool{}
	for _, v := range b.list {
		_, ids[v.ID] = b.deleted[v.ID]
	}
	return ids, nil
}

func (b *fakeInbox) VoicemailsToDrop(_ context.Context, before time.Time) ([]phone.VoicemailID, error) {
	return b.ids(func(v phone.Voicemail) bool {
		at, gone := b.deleted[v.ID]
		return gone && at.Before(before)
	})
}

func (b *fakeInbox) HeardVoicemails(_ context.Context, before time.Time) ([]phone.VoicemailID, error) {
	return b.ids(func(v phone.Voicemail) bool {
		_, gone := b.deleted[v.ID]
		return !gone && v.Heard && v.Received.Before(before)
	})
}

func (b *fakeInbox) ids(which func(phone.Voicemail) bool) (ids []phone.VoicemailID, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, v := range b.list {
		if which(v) {
			ids = append(ids, v.ID)
		}
	}
	return ids, nil
}

// fakeRecordings are files in memory.
type fakeRecordings struct {
	mu        sync.Mutex
	files     map[phone.VoicemailID]phone.Voicemail
	greetings map[phone.GreetingKind]phone.Samples
	free      int64
	unread    error // what Found fails with, where set
}

func newFakeRecordings() *fakeRecordings {
	return &fakeRecordings{files: map[phone.VoicemailID]phone.Voicemail{}, greetings: map[phone.GreetingKind]phone.Samples{}, free: 1 << 40}
}

// has says which files there are.
func (r *fakeRecordings) has() []phone.VoicemailID {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(maps.Keys(r.files))
}

// fill leaves so many bytes free.
func (r *fakeRecordings) fill(free int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.free = free
}

func (r *fakeRecordings) put(v phone.Voicemail) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.files[v.ID] = v
}

func (r *fakeRecordings) Free() (int64, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.free, nil
}

func (r *fakeRecordings) Path(id phone.VoicemailID) string { return string(id) + ".wav" }

func (r *fakeRecordings) Found(_ context.Context, skip func(phone.VoicemailID) bool) (list []phone.Voicemail, there map[phone.VoicemailID]bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.unread != nil {
		return nil, nil, r.unread
	}
	there = map[phone.VoicemailID]bool{}
	for id, v := range r.files {
		there[id] = true
		if !skip(id) {
			list = append(list, v)
		}
	}
	return list, there, nil
}

func (r *fakeRecordings) Remove(id phone.VoicemailID) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.files, id)
	return nil
}

func (r *fakeRecordings) Export(context.Context, phone.VoicemailID, string, bool) error { return nil }

// Read gives as much silence as the message is long.
func (r *fakeRecordings) Read(id phone.VoicemailID) (phone.Samples, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.files[id]
	if !ok {
		return phone.Samples{}, &phone.Error{Code: phone.CodeNotFound, Op: "play"}
	}
	return phone.Samples{Rate: 8000, Data: make([]int16, 8000*v.Length/time.Second)}, nil
}

func (r *fakeRecordings) Greeting(kind phone.GreetingKind, language string) (phone.Greeting, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, k := range []phone.GreetingKind{kind, phone.GreetingAll} {
		if own, ok := r.greetings[k]; ok {
			return phone.Greeting{Kind: kind, Own: k == kind, Sound: own}, nil
		}
	}
	if kind == phone.GreetingDraft {
		return phone.Greeting{}, &phone.Error{Code: phone.CodeNotFound, Op: "greeting"}
	}
	return phone.Greeting{Kind: kind, Sound: standard(language)}, nil
}

// standard is the standard greeting in a language.
func standard(language string) phone.Samples {
	return phone.Samples{Rate: 8000, Data: []int16{int16(language[0]), int16(language[1])}}
}

func (r *fakeRecordings) SetGreeting(kind phone.GreetingKind, path string) error {
	return r.SaveGreeting(kind, phone.Samples{Rate: 8000, Data: []int16{int16(len(path))}})
}

func (r *fakeRecordings) SaveGreeting(kind phone.GreetingKind, s phone.Samples) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.greetings[kind] = s
	return nil
}

func (r *fakeRecordings) ResetGreeting(kind phone.GreetingKind) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.greetings, kind)
	return nil
}
