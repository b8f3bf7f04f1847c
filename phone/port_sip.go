package phone

// Signalling is SIP as the loop needs it; phone/sipua satisfies it. Every
// method may be called from any goroutine and returns at once; what came of
// it arrives at the Inbox that it was made with.
type Signalling interface {
	// Open starts the account's registration, or starts it anew after a change.
	Open(acc Account, password Secret)
	// Refresh registers at once and forgets a back-off: the agent asked.
	Refresh(id AccountID)
	// CloseAccount ends the account's dialogs and un-registers.
	CloseAccount(id AccountID)
	// LocalIP returns the address that the account's server reaches us at, for
	// SDP; "" while it is not known.
	LocalIP(id AccountID) string
	// Invite begins a dialog with an INVITE that carries offer. notify gets what
	// comes of it, in order, the last being DialogEnded; it must not block.
	Invite(id AccountID, target Target, offer []byte, notify func(DialogEvent)) Dialog
	// Text sends a MESSAGE (RFC 3428) outside of a dialog; notify gets what came of it, once; it must not block.
	Text(id AccountID, t OutgoingText, notify func(TextResult))
}

// Dialog is one SIP dialog (RFC 3261, section 12) that began with an INVITE, or is
// about to. Its methods may be called from any goroutine and return at once; a
// method that does not fit the dialog's state does nothing.
type Dialog interface {
	// Ring sends 180 (callee).
	Ring()
	// Early sends 183 with an answer (callee).
	Early(answer []byte)
	// Accept sends 200 with an answer, or with an offer where the INVITE had none (callee).
	Accept(sdp []byte)
	// Reject ends an incoming INVITE with a final status of 300 to 699 (callee).
	Reject(status int)
	// Reoffer sends a re-INVITE; DialogReanswered or DialogReofferFailed follows.
	Reoffer(offer []byte)
	// Reply answers DialogOffered; nil refuses it with 488.
	Reply(sdp []byte)
	// End ends it, whatever its state: CANCEL, BYE or 486.
	End()
}

// Incoming is a new INVITE, of which nobody has heard yet but 100 was sent.
type Incoming struct {
	Account AccountID
	Dialog  Dialog
	Caller  Caller
	// Called is the user that was called, from To.
	Called string
	// Offer is the SDP; nil where the INVITE had none (the answer then comes with DialogConfirmed).
	Offer []byte
}

// SignallingInbox is where Signalling puts what happens. Its methods may be
// called from any goroutine and do not block.
type SignallingInbox interface {
	// AccountChanged tells of a registration's state.
	AccountChanged(id AccountID, state RegistrationState, err error)
	// Invited tells of a new INVITE and returns where its dialog's events go.
	Invited(in Incoming) (notify func(DialogEvent))
	// MessagesWaiting tells what the provider says of its voicemail (RFC 3842).
	MessagesWaiting(id AccountID, w MessagesWaiting)
	// Messaged tells of a MESSAGE (RFC 3428) outside of a dialog.
	Messaged(m IncomingText)
}

// DialogEvent is one of the Dialog… types below.
type DialogEvent interface{ dialogEvent() }

// DialogProgress is a provisional answer other than 100.
type DialogProgress struct {
	Status int
	// Fork is the remote tag: each fork of an INVITE has its own.
	Fork string
	// Answer is the SDP, for early media; nil where there is none.
	Answer []byte
}

// DialogAnswered is the first 2xx to our INVITE; it has been acknowledged.
type DialogAnswered struct {
	Fork   string
	Answer []byte
}

// DialogConfirmed is the ACK to our 2xx.
type DialogConfirmed struct {
	// Answer is set where our 2xx carried the offer.
	Answer []byte
}

// DialogOffered is an offer of the peer's in a re-INVITE or UPDATE; it awaits
// Reply. A nil Offer asks for ours (re-INVITE without SDP); the answer then comes
// as DialogReanswered.
type DialogOffered struct{ Offer []byte }

// DialogReanswered is the answer to our Reoffer.
type DialogReanswered struct{ Answer []byte }

// DialogReofferFailed tells that our Reoffer was refused; the session goes on as it was.
type DialogReofferFailed struct{ Status int }

// DialogEnded is the last event of a dialog.
type DialogEnded struct {
	Cause EndCause
	// Status is the final SIP status, or that in a Reason header; 0 where none.
	Status int
	// Text is the reason phrase or Reason text as received, for Details.
	Text string
	// Redirect holds the Contact URIs of a 3xx, best first.
	Redirect []string
	// Err classifies a failure; nil otherwise.
	Err error
}

func (DialogProgress) dialogEvent()      {}
func (DialogAnswered) dialogEvent()      {}
func (DialogConfirmed) dialogEvent()     {}
func (DialogOffered) dialogEvent()       {}
func (DialogReanswered) dialogEvent()    {}
func (DialogReofferFailed) dialogEvent() {}
func (DialogEnded) dialogEvent()         {}

// EndCause says how a dialog ended.
type EndCause string

// The causes.
const (
	EndLocal     EndCause = "local"     // ended on this side
	EndRemote    EndCause = "remote"    // BYE from the peer
	EndCancelled EndCause = "cancelled" // the caller gave up before an answer (CANCEL)
	EndElsewhere EndCause = "elsewhere" // answered by another phone (Reason: SIP;cause=200)
	EndRejected  EndCause = "rejected"  // a final answer of 300 to 699 to our INVITE
	EndFailed    EndCause = "failed"    // timeout, transport, no ACK, session expired
)
