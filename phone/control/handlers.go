package control

import (
	"context"
	"encoding/json"

	"github.com/callward/callward/phone"
)

// handler does one op and returns what is sent as ok; nil stands for {}.
type handler func(ctx context.Context, ph Phone, args json.RawMessage) (any, error)

// handlers are the ops that are one question and one answer. events and quit,
// which concern the connection too, are the session's.
var handlers = map[string]handler{
	"status":         with(getStatus),
	"account.add":    with(addAccount),
	"account.list":   with(listAccounts),
	"account.remove": with(removeAccount),
	"call":           with(placeCall),
	"answer":         with(answer),
	"decline":        with(decline),
	"hangup":         with(hangup),
	"mute":           with(mute),
	"dtmf":           with(dtmf),
	"devices":        with(listDevices),
	"device.set":     with(setDevice),
	"history":        with(listHistory),
	"practice":       with(setPractice),
	"practice.ring":  with(ringPractice),
	"trace":          with(setTrace),
	"trace.path":     with(tracePath),
	"show":           with(show),

	"blacklist.add":    with(addEntry),
	"blacklist.remove": with(removeEntry),
	"blacklist.list":   with(listEntries),
	"blacklist.check":  with(check),
	"contact.add":      with(addContact),
	"contact.list":     with(listContacts),
	"screening":        with(listScreened),

	"voicemail.list":     with(listVoicemails),
	"voicemail.play":     with(playVoicemail),
	"voicemail.mark":     with(markVoicemail),
	"voicemail.delete":   with(deleteVoicemail),
	"voicemail.restore":  with(restoreVoicemail),
	"voicemail.take":     with(toVoicemail),
	"voicemail.pickup":   with(pickUp),
	"voicemail.settings": with(getVoicemailSettings),
	"voicemail.set":      with(setVoicemailSettings),
	"greeting.set":       with(setGreeting),
	"greeting.reset":     with(resetGreeting),
	"presence.set":       with(setPresence),

	"text.send":     with(sendText),
	"text.list":     with(listTexts),
	"text.threads":  with(listThreads),
	"text.search":   with(searchTexts),
	"text.seen":     with(seeTexts),
	"text.retry":    with(retryText),
	"text.delete":   with(deleteText),
	"text.restore":  with(restoreText),
	"text.settings": with(getTextSettings),
	"text.set":      with(setTextSettings),

	"trigger.list":    with(listTriggers),
	"trigger.log":     with(listTriggered),
	"trigger.set":     with(setTrigger),
	"trigger.enable":  with(enableTrigger),
	"trigger.disable": with(disableTrigger),
	"trigger.test":    with(testTrigger),

	"gateway.list":   with(listGateways),
	"gateway.save":   with(saveGateway),
	"gateway.remove": with(removeGateway),
	"gateway.test":   with(testGateway),
}

// patient are the ops that may take minutes: they end with the connection, and not by a timeout.
var patient = map[string]handler{
	"blacklist.import": with(importEntries),
	"blacklist.export": with(exportEntries),
	"contact.import":   with(importContacts),
	"contact.export":   with(exportContacts),
	"voicemail.export": with(exportVoicemail),
}

// none is the arguments of an op that takes none.
type none struct{}

// TracePath is what trace.path answers.
type TracePath struct {
	Path string `json:"path"`
}

// with makes a handler of a function that takes decoded arguments.
func with[Args any](do func(context.Context, Phone, Args) (any, error)) handler {
	return func(ctx context.Context, ph Phone, raw json.RawMessage) (any, error) {
		var args Args
		if err := decodeArgs(raw, &args); err != nil {
			return nil, err
		}
		return do(ctx, ph, args)
	}
}

func getStatus(_ context.Context, ph Phone, _ none) (any, error) {
	return newStatus(ph.Snapshot()), nil
}

func addAccount(ctx context.Context, ph Phone, args AccountAdd) (any, error) {
	acc, err := args.Account.phoneAccount()
	if err != nil {
		return nil, err
	}
	var password phone.Secret
	if args.Password != nil {
		password = phone.NewSecret(*args.Password)
	}
	return nil, ph.AddAccount(ctx, acc, password, args.Password != nil)
}

// listAccounts leaves out the practice exchange's: it is not the agent's to change.
func listAccounts(_ context.Context, ph Phone, _ none) (any, error) {
	rows := []AccountRow{}
	for _, a := range ph.Snapshot().Accounts {
		if a.Account.ID != phone.PracticeAccount {
			rows = append(rows, newAccountRow(a))
		}
	}
	return rows, nil
}

func removeAccount(ctx context.Context, ph Phone, args AccountRemove) (any, error) {
	return nil, ph.RemoveAccount(ctx, args.Address)
}

func placeCall(ctx context.Context, ph Phone, args Dial) (any, error) {
	id, err := ph.Dial(ctx, phone.CallRequest{Number: args.Number, Account: args.Account, Anyway: args.Anyway})
	return CallPlaced{ID: id}, err
}

func answer(ctx context.Context, ph Phone, args CallRef) (any, error) {
	return nil, ph.Answer(ctx, args.ID)
}

func decline(ctx context.Context, ph Phone, args CallRef) (any, error) {
	return nil, ph.Decline(ctx, args.ID)
}

func hangup(ctx context.Context, ph Phone, args CallRef) (any, error) {
	return nil, ph.Hangup(ctx, args.ID)
}

func mute(ctx context.Context, ph Phone, args Mute) (any, error) {
	return nil, ph.Mute(ctx, args.ID, args.On)
}

func dtmf(ctx context.Context, ph Phone, args DTMF) (any, error) {
	return nil, ph.DTMF(ctx, args.ID, args.Digits)
}

func listDevices(ctx context.Context, ph Phone, _ none) (any, error) {
	devices, err := ph.Devices(ctx)
	return rowsOf(devices, newDevice), err
}

func setDevice(ctx context.Context, ph Phone, args DeviceSet) (any, error) {
	return nil, ph.SetDevice(ctx, args.Role, args.Name)
}

func listHistory(ctx context.Context, ph Phone, args History) (any, error) {
	if args.Limit < 0 {
		return nil, invalid("limit", "The limit is a number of calls, or 0 for all.")
	}
	records, err := ph.History(ctx, args.Limit)
	return rowsOf(records, newCallRecord), err
}

func setPractice(ctx context.Context, ph Phone, args Switch) (any, error) {
	return nil, ph.SetPractice(ctx, args.On)
}

func ringPractice(ctx context.Context, ph Phone, args PracticeRing) (any, error) {
	return nil, ph.PracticeRing(ctx, args.Who)
}

func setTrace(ctx context.Context, ph Phone, args Switch) (any, error) {
	return nil, ph.SetTrace(ctx, args.On)
}

func tracePath(_ context.Context, ph Phone, _ none) (any, error) {
	return TracePath{Path: ph.TracePath()}, nil
}

func show(ctx context.Context, ph Phone, args Show) (any, error) {
	return nil, ph.Show(ctx, args.Number, args.Call)
}

// rowsOf makes a row of each of a list. It is never nil: nothing is written as [], and not as null.
func rowsOf[S, T any](list []S, row func(S) T) []T {
	rows := make([]T, len(list))
	for i, one := range list {
		rows[i] = row(one)
	}
	return rows
}
