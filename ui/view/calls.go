package view

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/callward/callward/phone"
)

const (
	// found is how many calls a search shows at most.
	found = 200
	// page is how many rows of history are read at once.
	page = 64
	// kept is how many rows are kept in memory.
	kept = 1024
)

// CallRow is one line of history: a day's title, or a call.
type CallRow struct {
	// Day is the title of a day; "" for a call.
	Day string
	// Ready is false while the call is still being read.
	Ready bool
	ID    phone.CallID
	Party Party
	// Out tells the direction; Missed marks an incoming call that nobody took.
	Out, Missed bool
	// Time is when it began, as 10:41; Result is how long it lasted, or how it went.
	Time, Result string
	// Note is what came of it later, such as "called back 10:41"; may be empty.
	Note string
	// Reason is how it ended, as a sentence, and Details the SIP answer.
	Reason, Details string
	// Number is the other side's normal form; "" for a hidden caller. Anyway is set for a call to a blocked number.
	Number string
	Anyway bool
	// Contact is whom the number belongs to; "" for nobody.
	Contact phone.ContactID
	// Again is what to dial to call again; "" where that is not known.
	Again   string
	Account string
	// Voicemail is the message that the caller left; "" for none.
	Voicemail phone.VoicemailID
}

// Calls is history as a list: days, and their calls, newest first. Rows are read
// as they are looked at.
type Calls struct {
	// Notice says what went wrong; "" where nothing did.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	history History
	worker  Worker
	words   Words
	numbers Numbers
	country func(address string) string
	now     func() time.Time

	query phone.CallQuery
	lines []line
	rows  map[int64]CallRow
	// asked are the rows that are being read; turn counts the lists that were
	// asked for, so that an old answer is told from the newest.
	asked   map[int64]bool
	turn    int
	loading bool
}

// line is a place in the list: a day's title where row is 0.
type line struct {
	row   int64
	title string
}

// NewCalls shows no calls until Read.
func NewCalls(history History, worker Worker, words Words, numbers Numbers, country func(string) string, now func() time.Time) *Calls {
	return &Calls{
		Changed: func() {}, history: history, worker: worker, words: words, numbers: numbers, country: country, now: now,
		rows: map[int64]CallRow{}, asked: map[int64]bool{},
	}
}

// Missed tells whether missed calls alone are shown.
func (c *Calls) Missed() bool { return c.query.Missed }

// Search is the text that is searched for.
func (c *Calls) Search() string { return c.query.Search }

// Filter shows missed calls alone, or all.
func (c *Calls) Filter(missed bool) {
	c.query.Missed = missed
	c.Read()
}

// Find shows what fits a text.
func (c *Calls) Find(text string) {
	c.query.Search, c.query.Limit = text, 0
	if text != "" {
		c.query.Limit = found
	}
	c.Read()
}

// Read reads the list anew. What is shown stays until it is there.
func (c *Calls) Read() { c.read(func() {}) }

// read reads it, and does something before it is told of.
func (c *Calls) read(then func()) {
	c.turn++
	turn, query := c.turn, c.query
	c.loading = true
	var keys []phone.CallKey
	c.worker.Do(func(ctx context.Context) (err error) {
		keys, err = c.history.CallKeys(ctx, query)
		return err
	}, func(err error) {
		if turn != c.turn {
			return // another list was asked for meanwhile
		}
		c.loading, c.Notice = false, c.words.L(phone.Sentence(err))
		if err == nil {
			c.lay(keys)
		}
		then()
		c.Changed()
	})
}

// lay makes the lines of what was found.
func (c *Calls) lay(keys []phone.CallKey) {
	now := c.now()
	lines := make([]line, 0, len(keys)+len(keys)/8+1)
	var begin, end time.Time // of the day that is being laid
	for _, key := range keys {
		if begin.IsZero() || key.Started.Before(begin) || !key.Started.Before(end) {
			begin = day(key.Started)
			end = day(begin.Add(36 * time.Hour))
			lines = append(lines, line{title: dayTitle(c.words, key.Started, now)})
		}
		lines = append(lines, line{row: key.Row})
	}
	c.lines = lines
	clear(c.rows) // they may have changed
	clear(c.asked)
}

// Len is how many lines there are, days and calls.
func (c *Calls) Len() int { return len(c.lines) }

// Empty tells whether there is nothing to show, and nothing is on its way.
func (c *Calls) Empty() bool { return len(c.lines) == 0 && !c.loading }

// Row returns a line. One that is not read yet is asked for, and Changed is
// called once it is there.
func (c *Calls) Row(i int) CallRow {
	if i < 0 || i >= len(c.lines) {
		return CallRow{}
	}
	if title := c.lines[i].title; title != "" {
		return CallRow{Day: title, Ready: true}
	}
	row, ok := c.rows[c.lines[i].row]
	if !ok && !c.asked[c.lines[i].row] {
		c.fetch(i)
	}
	return row
}

// fetch reads the rows about a line.
func (c *Calls) fetch(i int) {
	var wanted []int64
	for _, l := range c.lines[max(0, i-page/4):min(len(c.lines), i+page)] {
		if _, have := c.rows[l.row]; l.row != 0 && !have && !c.asked[l.row] {
			wanted = append(wanted, l.row)
			c.asked[l.row] = true
		}
	}
	turn := c.turn
	var records []phone.CallRecord
	c.worker.Do(func(ctx context.Context) (err error) {
		records, err = c.history.CallRows(ctx, wanted)
		return err
	}, func(err error) {
		if turn != c.turn {
			return
		}
		if err != nil {
			c.Notice = c.words.L(phone.Sentence(err))
			c.Changed()
			return // they stay asked for: Read tries again
		}
		if len(c.rows) > kept {
			clear(c.rows)
		}
		for n, rec := range records {
			c.rows[wanted[n]] = c.row(rec)
			delete(c.asked, wanted[n])
		}
		c.Changed()
	})
}

// row is a call as its line shows it.
func (c *Calls) row(rec phone.CallRecord) CallRow {
	if rec.ID == "" {
		return CallRow{Ready: true} // deleted meanwhile: Read follows
	}
	row := CallRow{
		Ready: true, ID: rec.ID, Party: party(c.words, c.numbers, rec.Name, rec.Number, c.country(rec.Account)),
		Out: rec.Direction == phone.Out, Missed: rec.Result == phone.Missed, Time: clock(rec.Started),
		Reason: rec.Reason, Again: rec.Number, Account: rec.Account, Number: rec.Number, Anyway: rec.Anyway, Contact: rec.Contact,
		Voicemail: rec.Voicemail,
	}
	if rec.Dialled != "" {
		row.Again = rec.Dialled
	}
	if rec.SIPStatus != 0 {
		row.Details = statusText(rec.SIPStatus)
	}
	switch {
	case rec.Result == phone.Answered:
		row.Result = length(rec.Ended.Sub(rec.Answered))
	case rec.Result == "":
		row.Result = c.words.L("now")
	default:
		row.Result = c.words.L(resultWords[rec.Result])
		if rec.Result == phone.Declined && rec.Voicemail != "" { // the agent sent it there
			row.Result = c.words.L("to voicemail")
		}
	}
	if !rec.CalledBack.IsZero() {
		row.Note = c.words.L("called back {{.Time}}", map[string]any{"Time": clock(rec.CalledBack)})
	}
	return row
}

// Delete forgets a call, and takes it off the list at once.
func (c *Calls) Delete(id phone.CallID) {
	for row, shown := range c.rows {
		if shown.ID == id {
			c.drop(row)
			break
		}
	}
	c.Changed()
	c.worker.Do(func(ctx context.Context) error { return c.history.DeleteCall(ctx, id) }, func(err error) {
		if err == nil {
			c.Read()
			return
		}
		failed := c.words.L(phone.Sentence(err))
		c.read(func() { c.Notice = cmp.Or(c.Notice, failed) }) // it is on the list again
	})
}

// drop takes a row off, and the title of a day that has none left.
func (c *Calls) drop(row int64) {
	i := slices.IndexFunc(c.lines, func(l line) bool { return l.row == row })
	if i < 0 {
		return
	}
	from := i
	if last := i+1 == len(c.lines) || c.lines[i+1].row == 0; last && i > 0 && c.lines[i-1].row == 0 {
		from--
	}
	c.lines = slices.Delete(c.lines, from, i+1)
}

// Since shows calls that began at a moment or later, and of those the newest limit.
func (c *Calls) Since(t time.Time, limit int) {
	c.query.Since, c.query.Limit = t, limit
	c.Read()
}
