package phone

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentences are what a code says where the error has no words of its own.
var sentences = map[Code]string{
	CodeInvalid:      "That cannot be right.",
	CodeNotFound:     "There is no such thing.",
	CodeAmbiguous:    "More than one fits: say which you mean.",
	CodeExists:       "It is there already.",
	CodeState:        "That is not possible now.",
	CodeNoAccount:    "There is no account to call with. Add one, or switch the practice exchange on.",
	CodeAuth:         "Wrong password: the server refused the user name or password. Correct them to try again.",
	CodeUnknownUser:  "Unknown user: the server does not know this address. Check it with your provider.",
	CodeNoServer:     "Server not found: its name is not known. Check the name and the network.",
	CodeNoAnswer:     "No answer from the server. Check the network; it is tried again by itself.",
	CodeUnreachable:  "The server cannot be reached. Check the network; it is tried again by itself.",
	CodeCertificate:  "The server's certificate is not trusted.",
	CodeRefused:      "The server refused it.",
	CodeNoCodec:      "The other side speaks no codec that this phone knows.",
	CodeMalformed:    "The other side sent something that cannot be read.",
	CodeNoSound:      "There is no sound: no sound server or device was found. Calls connect in silence.",
	CodeNoScreen:     "There is no screen that a window can be shown on: callward --headless runs the phone without one.",
	CodeMediaTimeout: "No sound came from the other side.",
	CodeStorage:      "The data folder cannot be written. Check the disk.",
	CodeKeyring:      "The password store cannot be used.",
	CodeNotRunning:   "Callward is not running.",
	CodeCancelled:    "It was cancelled.",
	CodeTooManyHops:  "The call was sent on too many times.",
	CodeBlocked:      "This number is blocked.",
	CodeInternal:     "Something went wrong inside Callward; the log says more.",
}

// soundless are what CodeNoSound says by what was to be done, beside calls.
var soundless = map[string]string{
	"play":   "There is nothing to hear it with. Plug in a speaker or headset, or choose another in Settings, Audio.",
	"record": "There is no microphone. Plug one in, or choose another in Settings, Audio.",
}

// Sentence says in words for a person what err is and, where something can be
// done, what to do. It is "" for nil.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	var e *Error
	if !errors.As(err, &e) {
		return finished(err.Error())
	}
	own := ""
	if e.Err != nil {
		own = e.Err.Error()
	}
	switch usual := sentences[e.Code]; {
	case own == "" && e.SIPStatus != 0:
		return statusSentence(e.SIPStatus)
	case e.Code == CodeNoSound && soundless[e.Op] != "":
		return soundless[e.Op]
	case own == "", e.Code == CodeNoSound: // what the sound library says is for the log
		return usual
	case usual != "" && networkCodes[e.Code] && !strings.Contains(strings.ToLower(usual), strings.ToLower(own)):
		return strings.TrimSuffix(usual, ".") + " (" + strings.TrimSuffix(own, ".") + ")."
	default:
		return finished(own)
	}
}

// networkCodes are those whose own words are for the one who keeps the
// network, and follow the sentence.
var networkCodes = map[Code]bool{
	CodeAuth: true, CodeUnknownUser: true, CodeNoServer: true, CodeNoAnswer: true, CodeUnreachable: true,
	CodeCertificate: true, CodeNoCodec: true, CodeNoScreen: true, CodeMalformed: true, CodeInternal: true,
}

// finished makes text look like a sentence.
func finished(text string) string {
	if text == "" {
		return sentences[CodeInternal]
	}
	first, size := utf8.DecodeRuneInString(text)
	text = string(unicode.ToUpper(first)) + text[size:]
	if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") && !strings.HasSuffix(text, "!") {
		text += "."
	}
	return text
}

// statusSentences say what a final SIP status means to an agent.
var statusSentences = map[int]string{
	400: "The server did not understand the call.",
	401: "Wrong password: the server refused the user name or password.",
	403: "The server does not allow this call.",
	404: "This number does not exist.",
	407: "Wrong password: the server refused the user name or password.",
	408: "There was no answer in time.",
	410: "This number is no longer in use.",
	415: "The other side cannot take this kind of call.",
	416: "The server does not know this kind of address.",
	420: "The other side cannot take this kind of call.",
	423: "The server refused the registration interval.",
	480: "The person called is not available now.",
	481: "The call was no longer known to the other side.",
	482: "The call went round in a circle.",
	483: "The call went round in a circle.",
	484: "The number is not complete.",
	485: "The number is not clear: it could be several.",
	486: "The line is busy.",
	487: "The call was cancelled.",
	488: "The other side speaks no codec that this phone knows.",
	491: "The other side is changing the call: try again.",
	500: "The server had an error. Try again later.",
	501: "The server cannot do this.",
	502: "The server could not reach the next one. Try again later.",
	503: "The service is not available now. Try again later.",
	504: "The server had no answer from the next one in time.",
	513: "The request was too long for the server.",
	600: "The line is busy.",
	603: "The call was declined.",
	604: "This number does not exist anywhere.",
	606: "The other side cannot take this kind of call.",
	607: "The call was declined as unwanted.",
	608: "The call was declined by a service for the person called.",
}

// statusSentence says what a final SIP status means; 0 is a network without answer.
func statusSentence(status int) string {
	if text, ok := statusSentences[status]; ok {
		return text
	}
	switch {
	case status == 0:
		return "There was no answer from the server."
	case status < 400:
		return "The call was sent on to an address that cannot be called."
	case status < 500:
		return fmt.Sprintf("The call was refused (%d).", status)
	case status < 600:
		return fmt.Sprintf("The server had an error (%d). Try again later.", status)
	default:
		return fmt.Sprintf("The call was declined (%d).", status)
	}
}

// sentence makes an error of words for a person.
func sentence(format string, args ...any) error {
	return worded(fmt.Sprintf(format, args...))
}

// worded is an error that is a sentence already.
type worded string

func (w worded) Error() string { return string(w) }

// fault makes an Error with a sentence.
func fault(code Code, op, format string, args ...any) *Error {
	return &Error{Code: code, Op: op, Err: sentence(format, args...)}
}
