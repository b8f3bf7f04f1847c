package main

import (
	"time"

	"github.com/alecthomas/kong"
)

// cli is the grammar of the command line. Each command's Run does it.
type cli struct {
	Profile  string `placeholder:"DIR" help:"The data folder; each has a phone of its own."`
	Headless bool   `help:"Run the phone with no window."`
	// How long the phone waits for sound from the other side.
	MediaWarn time.Duration    `default:"15s" help:"With --headless: tell when no sound has come in a call for so long."`
	MediaEnd  time.Duration    `default:"60s" help:"With --headless: end a call after so long without sound."`
	Version   kong.VersionFlag `help:"Print the version."`

	Phone phoneCommand `cmd:"" default:"withargs" hidden:""`

	Status    statusCommand     `cmd:"" help:"Show the accounts and the calls that are alive."`
	Account   accountCommands   `cmd:"" help:"Add, list and remove accounts."`
	Call      callCommand       `cmd:"" help:"Call a number; prints the call's id."`
	Answer    answerCommand     `cmd:"" help:"Answer a ringing call."`
	Decline   declineCommand    `cmd:"" help:"Decline a ringing call."`
	Hangup    hangupCommand     `cmd:"" help:"End a call."`
	Mute      muteCommand       `cmd:"" help:"Send silence in place of the microphone."`
	Unmute    unmuteCommand     `cmd:"" help:"Send the microphone again."`
	DTMF      dtmfCommand       `cmd:"" name:"dtmf" help:"Send digits in a call."`
	Devices   devicesCommand    `cmd:"" help:"List the sound devices."`
	Device    deviceCommands    `cmd:"" help:"Choose sound devices."`
	History   historyCommand    `cmd:"" help:"List the calls there were, the newest first."`
	Blacklist blacklistCommands `cmd:"" help:"Say who is blocked."`
	Contact   contactCommands   `cmd:"" help:"Add, list, import and export contacts."`
	Voicemail voicemailCommands `cmd:"" help:"Work the answering machine and its inbox."`
	Text      textCommands      `cmd:"" help:"Send, list and search texts."`
	Trigger   triggerCommands   `cmd:"" help:"Work the texts that are sent by themselves."`
	Gateway   gatewayCommands   `cmd:"" help:"Add and remove the providers that take texts by HTTP."`
	Presence  presenceCommand   `cmd:"" help:"Say whether you take calls."`
	Screening screeningCommand  `cmd:"" help:"List what was blocked, and why, the newest first."`
	Events    eventsCommand     `cmd:"" help:"Print what happens, a line each, until interrupted."`
	Practice  practiceCommands  `cmd:"" help:"Switch the practice exchange, and be called by its robots."`
	Trace     traceCommands     `cmd:"" help:"Keep SIP messages in a file, without credentials."`
	Quit      quitCommand       `cmd:"" help:"End the program."`
}
