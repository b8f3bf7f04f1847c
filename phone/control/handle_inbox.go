package control

import (
	"context"

	"github.com/callward/callward/phone"
)

func listVoicemails(ctx context.Context, ph Phone, args VoicemailList) (any, error) {
	switch {
	case args.Limit < 0:
		return nil, invalid("limit", "The limit is a number of messages, or 0 for all.")
	case args.Filter != phone.AllVoicemails && args.Filter != phone.UnheardVoicemails && args.Filter != phone.BlockedVoicemails:
		return nil, invalid("filter", "The filter is unheard, blocked, or empty for all.")
	}
	found, _, err := ph.Voicemails(ctx, phone.VoicemailQuery{Filter: args.Filter, Limit: args.Limit})
	return rowsOf(found, newVoicemail), err
}

func playVoicemail(ctx context.Context, ph Phone, args VoicemailRef) (any, error) {
	return nil, ph.PlayVoicemail(ctx, args.ID, 0)
}

func markVoicemail(ctx context.Context, ph Phone, args VoicemailMark) (any, error) {
	return ofMessage(ctx, ph, args.ID, func() error { return ph.MarkVoicemails(ctx, args.Mark, args.ID) })
}

func deleteVoicemail(ctx context.Context, ph Phone, args VoicemailRef) (any, error) {
	return ofMessage(ctx, ph, args.ID, func() error { return ph.DeleteVoicemails(ctx, args.ID) })
}

func restoreVoicemail(ctx context.Context, ph Phone, args VoicemailRef) (any, error) {
	return ofMessage(ctx, ph, args.ID, func() error { return ph.RestoreVoicemails(ctx, args.ID) })
}

// ofMessage does something to a message that there is.
func ofMessage(ctx context.Context, ph Phone, id phone.VoicemailID, do func() error) (any, error) {
	if _, err := ph.Voicemail(ctx, id); err != nil {
		return nil, err
	}
	return nil, do()
}

func exportVoicemail(ctx context.Context, ph Phone, args VoicemailExport) (any, error) {
	return nil, ph.ExportVoicemail(ctx, args.ID, args.Path, args.Force)
}

func toVoicemail(ctx context.Context, ph Phone, args CallRef) (any, error) {
	return nil, ph.ToVoicemail(ctx, args.ID)
}

func pickUp(ctx context.Context, ph Phone, args CallRef) (any, error) {
	return nil, ph.PickUp(ctx, args.ID)
}

func getVoicemailSettings(ctx context.Context, ph Phone, _ none) (any, error) {
	s, err := ph.MachineSettings(ctx)
	return newVoicemailSettings(s), err
}

func setVoicemailSettings(ctx context.Context, ph Phone, args VoicemailSettings) (any, error) {
	s, err := args.machineSettings()
	if err != nil {
		return nil, err
	}
	return nil, ph.SetMachineSettings(ctx, s)
}

func setGreeting(ctx context.Context, ph Phone, args GreetingSet) (any, error) {
	return nil, ph.SetGreeting(ctx, args.For, args.Path)
}

func resetGreeting(ctx context.Context, ph Phone, args GreetingReset) (any, error) {
	return nil, ph.ResetGreeting(ctx, args.For)
}

func setPresence(ctx context.Context, ph Phone, args Presence) (any, error) {
	return nil, ph.SetPresence(ctx, args.Presence)
}
