package widget

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/callward/callward/ui/theme"
)

// Golden pictures of a talk: testdata/thread-MODE-SCALE.png, written and judged as those of TestGallery.
func TestThreadGallery(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		for _, scale := range []float32{1, 2} {
			t.Run(fmt.Sprintf("%s-%g", name, scale), func(t *testing.T) {
				test.NewTempApp(t).Settings().SetTheme(theme.New(mode))
				w := test.NewTempWindow(t, gap(1))
				w.SetPadded(false)
				w.Canvas().(test.WindowlessCanvas).SetScale(scale)
				w.SetContent(threadGallery())
				w.Resize(fyne.NewSize(1240, 760))
				requireGolden(t, fmt.Sprintf("thread-%s-%g.png", name, scale), coarse(w.Canvas().Capture()))
			})
		}
	}
}

// talkRow is a row of the talks in tests: a bubble, an event or a line.
type talkRow struct {
	bubble *BubbleContent
	event  *EventContent
	day    string
	unread string
}

func (r talkRow) kind() int {
	switch {
	case r.bubble != nil:
		return 0
	case r.event != nil:
		return 1
	case r.day != "":
		return 2
	default:
		return 3
	}
}

func (r talkRow) height(width float32) float32 {
	switch r.kind() {
	case 0:
		return BubbleHeight(*r.bubble, width)
	case 1:
		return EventLineHeight
	default:
		return DayLineHeight
	}
}

func (r talkRow) draw(o fyne.CanvasObject) {
	switch o := o.(type) {
	case *Bubble:
		o.Set(*r.bubble)
	case *EventLine:
		o.Set(*r.event)
	case *DayLine:
		o.SetText(r.day + r.unread)
	}
}

func newTalkRow(kind int) fyne.CanvasObject {
	switch kind {
	case 0:
		return NewBubble()
	case 1:
		return NewEventLine()
	case 2:
		return NewDayLine("")
	default:
		return NewUnreadLine("")
	}
}

// talk is a Transcript of rows that a test can change.
func talk(rows *[]talkRow) *Transcript {
	return NewTranscript(TranscriptRows{
		Length: func() int { return len(*rows) },
		Kind:   func(i int) int { return (*rows)[i].kind() },
		Create: newTalkRow,
		Height: func(i int, width float32) float32 { return (*rows)[i].height(width) },
		Draw:   func(i int, o fyne.CanvasObject) { (*rows)[i].draw(o) },
	}, "Newest")
}

func threadGallery() fyne.CanvasObject {
	ask := "Where is my order? It is at https://shop.example.org/orders/4711 or call +44 20 7946 0018."
	ask = "Hello 👋 " + ask
	of := func(part string) Span {
		at := strings.Index(ask, part)
		return Span{at, at + len(part)}
	}
	rows := []talkRow{
		{day: "Yesterday"},
		{bubble: &BubbleContent{Text: ask, Time: "16:02", Links: []Span{of("https://shop.example.org/orders/4711"), of("+44 20 7946 0018")}, Marks: []Span{of("order")}}},
		{bubble: &BubbleContent{Text: "Any news?", Joined: true, Time: "16:03"}},
		{event: &EventContent{Icon: theme.IconIncoming, IconColor: theme.Answer, Text: "Call 4:12", Time: "16:41"}},
		{day: "Today"},
		{bubble: &BubbleContent{Mine: true, Text: "On its way today.", Time: "10:44", Icon: theme.IconCheckDouble, State: "delivered"}},
		{bubble: &BubbleContent{Mine: true, Joined: true, Text: "It comes between two and four. Please be there, since the driver cannot wait and takes the parcel back with him if nobody opens.\nThank you!", Time: "10:44", Icon: theme.IconCheck, State: "sent"}},
		{bubble: &BubbleContent{Mine: true, Text: "Are you there?", Time: "14:10", Icon: theme.IconClock, State: "waiting"}},
		{event: &EventContent{Icon: theme.IconMissed, IconColor: theme.Danger, Color: theme.Danger, Text: "Missed call", Time: "14:20"}},
		{bubble: &BubbleContent{Mine: true, Text: "The driver could not find you.", Time: "14:31", Trouble: "Not sent: the number does not exist.", Retry: "Try again"}},
		{unread: "Unread"},
		{bubble: &BubbleContent{Text: "👍👩‍👩‍👧‍👦 🇬🇧", Time: "14:40"}},
	}
	list := talk(&rows)
	banner := NewBanner(Caution, "Jo Lee is blacklisted since 3 May, Allow voicemails.", NewButton("Manage", Plain, nil))
	banner.SetIcon(theme.IconBlock)
	composer := NewComposer(ComposerWords{Placeholder: "Write a text", Send: "Send", Emoji: "Emoji"})
	composer.SetText("See you at four")
	composer.SetCounter("15/160, 1 text", false)
	left := container.NewBorder(nil, column(8, NewTypingLine("Jo Lee is typing"), padded(0, banner), composer), nil, nil, list)

	many := make([]talkRow, 60)
	for i := range many {
		many[i] = talkRow{bubble: &BubbleContent{Text: fmt.Sprintf("Line %d", i), Mine: i%3 == 0, Time: "09:00"}}
	}
	away := talk(&many)
	away.SetNew(3)
	slash := NewComposer(ComposerWords{Placeholder: "Write a text", Send: "Send", Emoji: "Emoji"})
	slash.SetText("/o")
	slash.SetCounter("2/160, 1 text", true)
	slash.SetChoices([]ComposerChoice{{"open", "We are open from nine to five."}, {"order", "Your order is on its way."}})
	right := container.NewBorder(nil, slash, nil, nil, away)
	away.Resize(fyne.NewSize(420, 700))
	away.ScrollTo(20, true)
	return container.NewStack(NewGround(theme.Background), container.NewHBox(
		container.NewGridWrap(fyne.NewSize(760, 744), padded(16, left)), NewHairline(),
		container.NewGridWrap(fyne.NewSize(440, 744), padded(16, right))))
}
