package main

// ringing is the title of the window of a call that rings, in either language.
const ringing = "incoming call|eingehender Anruf"

// wide is the least width of a window with a panel at its right.
const wide = 1100

// newcomer starts for the first time.
func newcomer(s *studio) {
	s.take("no-account", false)
	s.press("ctrl+comma")
	s.away()
	s.take("settings-accounts-empty", false)
	s.run("practice", "on")
	s.press("ctrl+1")
	s.take("first-start", true)
	s.run("practice", "off")
}

// sections are the places of the names in the navigation of Settings.
var sections = []struct {
	name    string
	y       int
	inGuide bool
}{
	{"accounts", 117, false},
	{"audio", 155, true},
	{"ringing", 193, false},
	{"voicemail", 231, true},
	{"texts", 269, true},
	{"blacklist", 341, true},
	{"blocked-log", 379, true},
	{"text-triggers", 417, true},
	{"appearance", 489, false},
	{"practice", 527, false},
	{"data", 565, false},
	{"about", 603, false},
}

// day is some hours of an agent who has worked with it for a while.
func day(s *studio) {
	s.take("home", true)
	calls(s)
	list(s)
	people(s)
	texts(s)
	settings(s)
	guarded(s)
	inbox(s)
	if s.all {
		trouble(s)
	}
}

// texts are threads with robots, one of which is blacklisted.
func texts(s *studio) {
	s.run("text", "send", "601", "Are you open today?", "--wait", "10s")
	s.run("blacklist", "add", "602", "--name", "Sam Roy")
	s.run("text", "send", "602", "Your parcel is back with us.", "--wait", "10s")
	s.run("trigger", "enable", "missed-call")
	s.press("ctrl+3")
	s.tap(200, 165) // the newest
	s.away()
	s.take("texts", true)
	s.press("ctrl+1")
}

// people are the contacts.
func people(s *studio) {
	s.run("contact", "add", "Jo Lee", "+44 20 7946 0018", "+44 7700 900123", "jo@lee.example", "--company", "Lee Plumbing")
	s.run("contact", "add", "Ana Cruz", "+44 20 7946 0021")
	s.run("contact", "add", "Max Orr", "1003")
	s.press("ctrl+5")
	s.take("contacts", false)
	s.tap(200, 205) // Jo Lee
	s.away()
	s.take("contact", true)
	s.run("blacklist", "add", "+44 20 7946 0155", "--name", "Unwanted sales", "--mode", "all")
	s.run("blacklist", "add", "+1900", "--prefix", "--name", "Premium numbers", "--mode", "all")
	s.run("blacklist", "add", "01632 960456", "--name", "Nuisance caller")
	s.run("blacklist", "add", "--hidden", "--expires", "720h")
	for range 3 { // who is blocked calls
		s.run("practice", "ring", "unknown")
	}
	s.run("practice", "ring", "hidden")
}

// inbox are the messages that callers have left, those of the blocked ones among them.
func inbox(s *studio) {
	s.until("ringing", func() { s.run("practice", "ring", "jo") })
	s.run("voicemail", "take")
	s.untilMessages(5)
	s.press("ctrl+k", "Escape") // what was typed before
	s.press("ctrl+1")
	s.take("home-voicemails", false)
	s.press("ctrl+4")
	s.tap(250, 165) // the newest
	s.away()
	s.take("voicemails", true)
}

// guarded is what a blocked number makes.
func guarded(s *studio) {
	s.press("ctrl+comma")
	s.tap(173, 341)
	s.tap(-400, 99) // Add, where the panel is beside it
	if s.width < wide {
		s.tap(-75, 99)
	}
	s.away()
	s.write("jo")
	s.take("blacklist-offers", false)
	s.press("Down", "Return")
	s.take("blacklist-add", true)
	s.press("Escape")
	s.press("ctrl+1")
	s.press("ctrl+k")
	s.write("+44 20 7946 0155")
	s.press("Return")
	s.take("gate", true)
	s.press("Escape")
}

// calls are the calls of the day.
func calls(s *studio) {
	s.press("ctrl+k")
	s.write("an")
	s.take("matches", true)
	s.press("Escape")
	s.until("ringing", func() { s.run("call", "604") })
	s.take("calling", false)
	s.until("ended", func() { s.run("hangup") })
	s.until("ended", func() { s.run("call", "602") })
	s.take("busy", false)
	s.until("active", func() { s.run("call", "600") })
	s.take("call", true)
	if s.width >= wide {
		s.hover(-90, 164)
		s.take("quality", false)
		s.tap(-101, 300)
		s.away()
		s.take("keypad", true)
		s.tap(-101, 421) // under the keys
		s.away()
	}
	second := s.until("ringing", func() { s.run("practice", "ring", "unknown") })
	s.takeWindow("second-call", ringing)
	s.take("second-call-window", false)
	s.until("ended", func() { s.run("decline", second) })
	s.until("ended", func() { s.run("hangup") })
	s.until("ringing", func() { s.run("practice", "ring", "jo") })
	s.takeWindow("ringing", ringing)
	s.take("ringing-window", false)
	s.until("active", func() { s.run("answer") })
	s.take("answered", false)
	s.until("ended", func() { s.run("hangup") })
	s.until("ringing", func() { s.run("practice", "ring", "hidden") })
	if s.all {
		s.takeWindow("ringing-hidden", ringing)
	}
	s.until("ended", func() { s.run("decline") })
	s.take("after", false)
	if s.width < wide { // the line of the calls that are over is above what is looked at next
		for range 3 {
			s.tap(-37, 82)
		}
		s.away()
	}
}

// list is the list of all calls.
func list(s *studio) {
	s.press("ctrl+2")
	s.take("calls", true)
	s.press("ctrl+f")
	s.write("smith")
	s.take("calls-found", false)
	s.press("Escape", "Down", "Right")
	s.take("calls-keyboard", false)
	s.press("ctrl+slash")
	s.take("shortcuts", true)
	s.press("Escape")
}

// settings are all sections of Settings.
func settings(s *studio) {
	s.press("ctrl+comma")
	for _, section := range sections {
		s.tap(173, section.y)
		s.away()
		s.take("settings-"+section.name, section.inGuide)
	}
	s.tap(173, sections[0].y)
	s.tap(379, 277)
	s.away()
	s.write("alice@pbx.example.org")
	s.press("Tab")
	s.write("secret")
	s.take("account", true)
	s.press("Escape")
}

// trouble is an account whose server does not answer.
func trouble(s *studio) {
	s.run("practice", "off")
	s.untilFailed(func() {
		s.run("account", "add", "alice@127.0.0.1", "--server", "127.0.0.1:9", "--transport", "tcp")
	})
	s.take("settings-accounts-failed", false)
	s.press("ctrl+1")
	s.take("home-failed", false)
}
