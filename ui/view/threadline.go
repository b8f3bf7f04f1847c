package view

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/callward/callward/phone"
)

// LineKind is what a line of a thread is.
type LineKind int

// The kinds.
const (
	DayLine LineKind = iota
	UnreadLine
	TextLine
	EventLine
)

// ThreadLine is a line of a thread: a day, the mark over what is unread, a text, or something else that happened.
type ThreadLine struct {
	Kind LineKind
	// Title is the day.
	Title string
	// Text is set for a text, and Event for a call or a voice message.
	Text  ThreadText
	Event ThreadEvent

	place phone.Place
}

// ThreadText is a text as its bubble shows it.
type ThreadText struct {
	ID phone.TextID
	// Body is what it says, or what it is where it is no text for a person.
	Body string
	Out  bool
	// Joined is set where the one before is of the same side and minute.
	Joined bool
	// Time is when it was written or received, as 10:41.
	Time  string
	State phone.TextState
	// Word says the state of a sent one, and Why in a sentence why it has failed, or still waits; "" for nothing to say.
	Word, Why string
	// Links are the parts that lead somewhere, and Marks those that were searched for, in bytes.
	Links []Link
	Marks [][2]int
}

func (t ThreadText) equal(o ThreadText) bool {
	return t.ID == o.ID && t.Body == o.Body && t.Out == o.Out && t.Joined == o.Joined && t.Time == o.Time && t.State == o.State &&
		t.Word == o.Word && t.Why == o.Why && slices.Equal(t.Marks, o.Marks)
}

// ThreadEvent is a call or a voice message as its line shows it.
type ThreadEvent struct {
	Text, Time string
	// Out and Missed tell of a call; Voicemail names a message, "" for a call.
	Out, Missed bool
	Voicemail   phone.VoicemailID
}

// same tells whether two lines are of the same thing, and equal whether they show the same.
func (l ThreadLine) same(o ThreadLine) bool { return l.Kind == o.Kind && l.place == o.place }

func (l ThreadLine) equal(o ThreadLine) bool {
	return l.same(o) && l.Title == o.Title && l.Event == o.Event && l.Text.equal(o.Text)
}

// threadLines writes what stands in a thread as lines.
type threadLines struct {
	words  Words
	now    time.Time
	unread int64 // the Row of the first text that is unread; 0 for none
	marked int64 // the Row of a text that was found
	found  []string
	links  map[phone.TextID][]Link // those that were looked for before
}

// lines are those of all that is read.
func (w threadLines) lines(items []phone.ThreadItem) []ThreadLine {
	lines := make([]ThreadLine, 0, len(items)+8)
	for i, item := range items {
		at := time.UnixMilli(item.Row)
		if i == 0 || !day(at).Equal(day(time.UnixMilli(items[i-1].Row))) {
			lines = append(lines, ThreadLine{Kind: DayLine, Title: dayTitle(w.words, at, w.now), place: phone.Place{Row: day(at).UnixMilli()}})
		}
		if item.Text != nil && item.Row == w.unread {
			lines = append(lines, ThreadLine{Kind: UnreadLine, place: phone.Place{Row: item.Row}})
		}
		line := ThreadLine{Kind: EventLine, place: item.Place}
		switch {
		case item.Text != nil:
			line.Kind, line.Text = TextLine, w.text(*item.Text)
			line.Text.Joined = len(lines) > 0 && joins(lines[len(lines)-1], line)
		case item.Call != nil:
			line.Event = w.call(*item.Call)
		case item.Voicemail != nil:
			line.Event = ThreadEvent{
				Text: w.words.L("Voicemail {{.Length}}", map[string]any{"Length": length(item.Voicemail.Length)}),
				Time: clock(item.Voicemail.Received), Voicemail: item.Voicemail.ID,
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// joins tells whether a text belongs to the one before it.
func joins(before, after ThreadLine) bool {
	return before.Kind == TextLine && before.Text.Out == after.Text.Out && before.Text.Time == after.Text.Time
}

func (w threadLines) text(t phone.Text) ThreadText {
	line := ThreadText{ID: t.ID, Body: t.Body, Out: t.Direction == phone.Out, Time: clock(t.Time), State: t.State, Links: w.linksOf(t)}
	if t.Type != "" {
		line.Body, line.Links = w.words.L("This is not a text, and cannot be shown: {{.Type}}.", map[string]any{"Type": t.Type}), nil
	}
	if line.Out {
		line.Word, line.Why = w.words.L(textWords[t.State]), w.words.L(t.Reason)
		if t.Trigger != "" {
			line.Word = w.words.L("automatic") + ", " + line.Word
		}
	} else if t.Automatic {
		line.Word = w.words.L("automatic")
	}
	if t.Row == w.marked {
		line.Marks = marksIn(t.Body, w.found)
	}
	return line
}

// textWords say what became of a text that was sent.
var textWords = map[phone.TextState]string{
	phone.TextWaiting: "waiting", phone.TextSent: "sent", phone.TextDelivered: "delivered", phone.TextFailed: "failed",
}

func (w threadLines) linksOf(t phone.Text) []Link {
	links, there := w.links[t.ID]
	if !there {
		links = LinksIn(t.Body)
		w.links[t.ID] = links
	}
	return links
}

func (w threadLines) call(rec phone.CallRecord) ThreadEvent {
	line := ThreadEvent{Time: clock(rec.Started), Out: rec.Direction == phone.Out, Missed: rec.Result == phone.Missed}
	switch {
	case line.Missed:
		line.Text = w.words.L("Missed call")
	case rec.Result == phone.Answered:
		line.Text = w.words.L("Call {{.Length}}", map[string]any{"Length": length(rec.Ended.Sub(rec.Answered))})
	case rec.Result == "":
		line.Text = w.words.L("Call, now")
	default:
		line.Text = w.words.L("Call, {{.Result}}", map[string]any{"Result": w.words.L(resultWords[rec.Result])})
	}
	return line
}

// marksIn are the places of a text where one of some words begins a word.
func marksIn(text string, words []string) [][2]int {
	var marks [][2]int
	for at := 0; at < len(text); {
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		longest := 0
		if !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			for _, word := range words {
				if strings.HasPrefix(text[at:], word) {
					longest = max(longest, len(word))
				}
			}
		}
		if longest > 0 {
			marks = append(marks, [2]int{at, at + longest})
			at += longest
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return marks
}
