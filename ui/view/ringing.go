package view

import (
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// Ringing is the call that rings here: the first of those that do.
type Ringing struct {
	// ID is "" while nothing rings.
	ID    phone.CallID
	Party Party
	// Company is the contact's; "" for none, and where Party says it.
	Company string
	// Doubt says that the caller may be another: that the network found the number false, or that the call
	// claims another number too; "" where nothing is odd. False tells the former from the latter.
	Doubt string
	False bool
	// Called is the number that was called, "" where it is that of the account, and Account the address of that.
	Called, Account string
	// Others is how many more ring.
	Others int
	// Busy is set while another call is up: an answer ends that one.
	Busy bool
	// Notice says what went wrong with Answer; "" where nothing did.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	caller  Caller
	machine Answerer
	worker  Worker
	words   Words
	numbers Numbers
	country func(address string) string
	number  string // of the caller, in normal form; "" for one who hides
	// up are the calls that an answer ends; asked is the call that was answered
	// or declined, and is not shown any more.
	up    []phone.CallID
	asked map[phone.CallID]bool
}

// NewRinging shows nothing yet.
func NewRinging(caller Caller, machine Answerer, worker Worker, words Words, numbers Numbers, country func(address string) string) *Ringing {
	return &Ringing{
		Changed: func() {}, caller: caller, machine: machine, worker: worker, words: words, numbers: numbers, country: country,
		asked: map[phone.CallID]bool{},
	}
}

// Show takes over what is alive now.
func (r *Ringing) Show(s phone.Snapshot) {
	var ringing []phone.Call
	r.up = r.up[:0]
	for _, call := range s.Calls {
		switch {
		case !rings(call):
			r.up = append(r.up, call.ID)
		case !r.asked[call.ID]:
			ringing = append(ringing, call)
		}
	}
	for id := range r.asked {
		if !slices.ContainsFunc(s.Calls, func(call phone.Call) bool { return call.ID == id }) {
			delete(r.asked, id)
		}
	}
	next := Ringing{Busy: len(r.up) > 0, Notice: r.Notice}
	if len(ringing) > 0 {
		call := ringing[0]
		next.ID, next.Account, next.Others, next.number = call.ID, call.Account, len(ringing)-1, call.Number
		if call.Called != user(call.Account) {
			next.Called = r.numbers.Display(call.Called, r.country(call.Account))
		}
		next.Party = party(r.words, r.numbers, call.Name, call.Number, r.country(call.Account))
		if next.Company = call.Contact.Company; next.Company == next.Party.Title {
			next.Company = ""
		}
		next.Doubt, next.False = r.doubt(call)
	}
	if next.ID != r.ID {
		next.Notice = ""
	}
	r.take(next)
}

// doubt says what is odd about who calls. That From and what the server asserts differ is common on trunks.
func (r *Ringing) doubt(call phone.Call) (text string, forged bool) {
	shown, ok := call.Caller.Shown()
	if !ok {
		return "", false
	}
	if shown.Unverified {
		return r.words.L("Caller not verified"), true
	}
	for _, claim := range call.Caller.Claims {
		if shown.Asserted() && claim.Source == "From" && claim.Number != shown.Number && claim.User != "" && !claim.Anonymous() {
			number := r.numbers.Display(claim.Number, r.country(call.Account))
			return r.words.L("also claims {{.Number}}", map[string]any{"Number": number}), false
		}
	}
	for _, claim := range call.Caller.Claims {
		if claim.Source == "Diversion" && claim.User != "" && claim.Number != call.Called {
			number := r.numbers.Display(claim.Number, r.country(call.Account))
			return r.words.L("sent on by {{.Number}}", map[string]any{"Number": number}), false
		}
	}
	return "", false
}

// take takes over what is shown, and tells where it differs.
func (r *Ringing) take(next Ringing) {
	same := r.ID == next.ID && r.Party == next.Party && r.Called == next.Called && r.Account == next.Account &&
		r.Others == next.Others && r.Busy == next.Busy && r.Notice == next.Notice &&
		r.Company == next.Company && r.Doubt == next.Doubt && r.False == next.False
	r.ID, r.Party, r.Called, r.Account = next.ID, next.Party, next.Called, next.Account
	r.Others, r.Busy, r.Notice = next.Others, next.Busy, next.Notice
	r.Company, r.Doubt, r.False, r.number = next.Company, next.Doubt, next.False, next.number
	if !same {
		r.Changed()
	}
}

// Answer takes the call, after it has ended those that are up.
func (r *Ringing) Answer() {
	id, up := r.ID, slices.Clone(r.up)
	r.ask(id, func(ctx context.Context) error {
		if err := endAll(ctx, r.caller, up); err != nil {
			return err
		}
		return r.caller.Answer(ctx, id)
	})
}

// Decline refuses it.
func (r *Ringing) Decline() {
	id := r.ID
	r.ask(id, func(ctx context.Context) error { return r.caller.Decline(ctx, id) })
}

// ToVoicemail gives it to the answering machine.
func (r *Ringing) ToVoicemail() {
	id := r.ID
	r.ask(id, func(ctx context.Context) error { return r.machine.ToVoicemail(ctx, id) })
}

// ask does something about the call, which is not shown meanwhile.
func (r *Ringing) ask(id phone.CallID, work func(ctx context.Context) error) {
	if id == "" || r.asked[id] {
		return
	}
	r.asked[id] = true
	r.worker.Do(work, func(err error) {
		if err == nil || phone.CodeOf(err) == phone.CodeNotFound || phone.CodeOf(err) == phone.CodeState {
			return // the caller was faster
		}
		delete(r.asked, id)
		r.Notice = r.words.L(phone.Sentence(err))
		r.Changed()
	})
}
