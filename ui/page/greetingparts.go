package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// greetingParts are the greetings, each with its row and, while it is changed, what that needs. For Fyne's goroutine.
type greetingParts struct {
	content *fyne.Container
	main    *view.Main
	notice  *widget.Banner
	rows    []*greetingPart
}

func newGreetingParts(m *view.Main, canvas func() fyne.Canvas) *greetingParts {
	g := &greetingParts{main: m, notice: notice(), content: flow(theme.Grid)}
	g.content.Add(g.notice)
	for _, kind := range []phone.GreetingKind{phone.GreetingAll, phone.GreetingBlocked, phone.GreetingAway} {
		part := newGreetingPart(m, kind, canvas)
		g.rows = append(g.rows, part)
		g.content.Add(part.object)
	}
	onChange(&m.Greetings.Changed, g.draw)
	onChange(&m.Player.Changed, g.draw)
	g.draw()
	return g
}

func (g *greetingParts) draw() {
	text := g.main.Greetings.Notice
	if text == "" && g.main.Player.Now.Voicemail == "" {
		text = g.main.Player.Notice
	}
	showBanner(g.notice, widget.Trouble, text)
	for _, row := range g.rows {
		row.draw()
	}
	g.content.Refresh()
}

// setLevel moves the meter of the greeting that is recorded; the level is in dBov.
func (g *greetingParts) setLevel(microphone float64) {
	for _, row := range g.rows {
		row.meter.SetLevel(meterLevel(microphone))
	}
}

// greetingPart is one greeting. For Fyne's goroutine.
type greetingPart struct {
	object fyne.CanvasObject
	inside *fyne.Container
	main   *view.Main
	kind   phone.GreetingKind
	canvas func() fyne.Canvas
	step   view.GreetingStep // the one that is shown

	state           *widget.Text
	listen          *widget.Button
	record          *widget.Button
	more            *widget.IconButton
	records         *fyne.Container // what is shown while it is recorded
	elapsed         *widget.Text
	meter           *widget.Meter
	stop            *widget.Button
	recorded        *fyne.Container // and once it was
	length          *widget.Text
	try, again, use *widget.Button
	file            *fyne.Container // and while a path is typed
	path            *widget.Field
	take            *widget.Button
}

// greetingTitle says who hears a greeting.
func greetingTitle(kind phone.GreetingKind) string {
	switch kind {
	case phone.GreetingBlocked:
		return lang.L("For blocked callers")
	case phone.GreetingAway:
		return lang.L("While I am away")
	default:
		return lang.L("For everybody")
	}
}

func newGreetingPart(m *view.Main, kind phone.GreetingKind, canvas func() fyne.Canvas) *greetingPart {
	g := &greetingPart{main: m, kind: kind, canvas: canvas, state: widget.NewText("", widget.Small).Shrink()}
	p := m.Greetings
	g.listen = widget.NewButton(lang.L("Listen"), widget.Plain, func() { m.Player.ToggleGreeting(kind) }).WithIcon(theme.IconPlay)
	g.record = widget.NewButton(lang.L("Record"), widget.Plain, func() { p.Record(kind) }).WithIcon(theme.IconMic)
	g.more = widget.NewIconButton(theme.IconMore, lang.L("More"), func() {
		widget.ShowMenuUnder(g.more,
			widget.MenuItem{Icon: theme.IconFolder, Text: lang.L("Bring in a WAV file…"), Tapped: func() { p.BringIn(kind) }},
			widget.MenuItem{Icon: theme.IconRefresh, Text: g.resetText(), Disabled: !g.row().Own, Tapped: func() { p.Reset(kind) }})
	})
	names := middled(column(0, widget.NewText(greetingTitle(kind), widget.Strong).Shrink(), g.state))
	head := container.NewBorder(nil, nil, nil, bar(0, g.listen, g.record, g.more), names)
	g.layRecording()
	g.layFile()
	g.inside = flow(1.5*theme.Grid, head, g.records, g.recorded, g.file)
	g.object = widget.NewCard(g.inside)
	return g
}

// resetText says what is heard once the agent's own greeting is gone.
func (g *greetingPart) resetText() string {
	if g.kind == phone.GreetingAll {
		return lang.L("Use the standard one")
	}
	return lang.L("Use the one for everybody")
}

func (g *greetingPart) layRecording() {
	p := g.main.Greetings
	g.elapsed, g.length, g.meter = widget.NewText("", widget.Body), widget.NewText("", widget.Body), widget.NewMeter()
	g.stop = widget.NewButton(lang.L("Stop"), widget.Filled, p.Stop).WithIcon(theme.IconStop)
	g.stop.OnEscape = p.Cancel
	g.records = wrapped(2*theme.Grid, middled(sized(96, theme.ButtonHeight, g.elapsed)), sized(160, theme.ButtonHeight, g.meter), g.stop, widget.NewButton(lang.L("Cancel"), widget.Plain, p.Cancel))
	g.try = widget.NewButton(lang.L("Listen"), widget.Plain, p.Listen).WithIcon(theme.IconPlay)
	g.again = widget.NewButton(lang.L("Again"), widget.Plain, func() { p.Record(g.kind) }).WithIcon(theme.IconMic)
	g.use = widget.NewButton(lang.L("Keep"), widget.Filled, p.Keep)
	g.use.OnEscape = p.Cancel
	g.recorded = wrapped(theme.Grid, middled(sized(136, theme.ButtonHeight, g.length)), g.try, g.again, g.use, widget.NewButton(lang.L("Cancel"), widget.Plain, p.Cancel))
}

// wrapped sets objects side by side, in as many lines as they need.
func wrapped(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrapLayout{gap: gap, line: theme.Grid}, objects...)
}

func (g *greetingPart) layFile() {
	p := g.main.Greetings
	g.path = widget.NewField(lang.L("File"))
	g.path.SetHint(lang.L("A WAV file of 12 seconds at most, with its whole path."))
	g.path.Entry.OnChanged = p.Type
	g.path.Entry.OnSubmitted = func(string) { p.Take() }
	g.path.Entry.OnKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyEscape {
			p.Cancel()
		}
		return key == fyne.KeyEscape
	}
	g.take = widget.NewButton(lang.L("Bring in"), widget.Filled, p.Take)
	g.file = flow(theme.Grid, formPart(0, g.path), bar(theme.Grid, g.take, widget.NewButton(lang.L("Cancel"), widget.Plain, p.Cancel)))
}

// row is what callers hear.
func (g *greetingPart) row() view.GreetingRow {
	for _, row := range g.main.Greetings.List {
		if row.Kind == g.kind {
			return row
		}
	}
	return view.GreetingRow{}
}

func (g *greetingPart) draw() {
	p, row := g.main.Greetings, g.row()
	step := view.GreetingRests
	if p.Kind == g.kind {
		step = p.Step
	}
	text := lang.L("Standard greeting")
	switch {
	case row.Own:
		text = lang.L("Your own")
	case row.Shared:
		text = lang.L("As for everybody")
	}
	g.state.SetText(joined(text, row.Length))
	listens(g.listen, g.main.Player.PlaysGreeting(g.kind))
	listens(g.try, g.main.Player.PlaysGreeting(phone.GreetingDraft))
	for _, b := range []*widget.Button{g.record, g.listen} {
		setEnabled(b, !p.Recording())
	}
	elapsed := view.Written(p.Elapsed, phone.MaxGreeting)
	g.elapsed.SetText(elapsed)
	g.length.SetText(lang.L("Recorded {{.Length}}", map[string]any{"Length": view.Length(p.Elapsed)}))
	setEntry(g.path.Entry, p.Path)
	g.path.SetError(p.Error)
	setEnabled(g.take, !p.Working)
	show(g.records, step == view.GreetingRecords)
	show(g.recorded, step == view.GreetingRecorded)
	show(g.file, step == view.GreetingFile)
	g.inside.Refresh()
	if step != g.step {
		g.step = step
		g.focus(step)
	}
}

// focus puts the keys on what comes next.
func (g *greetingPart) focus(step view.GreetingStep) {
	on := g.canvas()
	if on == nil {
		return
	}
	switch step {
	case view.GreetingRecords:
		on.Focus(g.stop)
	case view.GreetingRecorded:
		on.Focus(g.try)
	case view.GreetingFile:
		on.Focus(g.path.Entry)
	default:
		on.Focus(g.record)
	}
}

// listens shows whether a button plays something, or ends that.
func listens(b *widget.Button, plays bool) {
	text, icon := lang.L("Listen"), theme.IconPlay
	if plays {
		text, icon = lang.L("Stop"), theme.IconStop
	}
	if b.Text() != text {
		b.SetText(text)
		b.WithIcon(icon)
	}
}
