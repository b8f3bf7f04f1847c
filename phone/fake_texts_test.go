package phone_test

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
)

// fakeTexts has no text, and takes none: tests of texts have a real file.
type fakeTexts struct {
	phone.TextStore
	phone.TriggerStore
}

func (fakeTexts) QueuedTexts(context.Context) ([]phone.QueuedText, error)    { return nil, nil }
func (fakeTexts) DropTexts(context.Context, time.Time) error                 { return nil }
func (fakeTexts) WaitingTriggers(context.Context) ([]phone.Triggered, error) { return nil, nil }
func (fakeTexts) DropTriggered(context.Context, time.Time) error             { return nil }

// fakeTexting stands for the gateways.
type fakeTexting struct {
	phone.TextingInbox
	opened []phone.Gateway
	secret phone.Secret // of the last one
	sent   chan sentByGateway
	refs   chan string
}

// sentByGateway is a text that a gateway was given; the test says what comes of it.
type sentByGateway struct {
	phone.GatewayText
	tell func(phone.TextResult)
}

func newFakeTexting() *fakeTexting {
	return &fakeTexting{sent: make(chan sentByGateway, 100), refs: make(chan string, 100)}
}

func (f *fakeTexting) Open(g phone.Gateway, secret phone.Secret) {
	f.opened, f.secret = append(f.opened, g), secret
}
func (f *fakeTexting) CloseGateway(phone.AccountID)        {}
func (f *fakeTexting) Watch(_ phone.AccountID, ref string) { f.refs <- ref }

func (f *fakeTexting) Send(_ phone.AccountID, t phone.GatewayText, notify func(phone.TextResult)) {
	f.sent <- sentByGateway{t, notify}
}

// sentText is a MESSAGE that was sent; the test says what comes of it.
type sentText struct {
	phone.OutgoingText
	tell func(phone.TextResult)
}

func (s *fakeSignalling) Text(_ phone.AccountID, t phone.OutgoingText, notify func(phone.TextResult)) {
	if s.texts != nil {
		s.texts <- sentText{t, notify}
	}
}
