package viewtest

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"sync"
	"text/template"
	"time"

	"github.com/callward/callward/assets"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/view/booktest"
)

// Words say everything as it is written, in English.
type Words struct{}

// L implements view.Words.
func (Words) L(text string, data ...any) string {
	if len(data) == 0 {
		return text
	}
	var out bytes.Buffer
	_ = template.Must(template.New("").Parse(text)).Execute(&out, data[0]) // into memory
	return out.String()
}

// N implements view.Words.
func (Words) N(text string, count int) string {
	if form := singular()[text]; count == 1 && form != "" {
		text = form
	}
	return strings.ReplaceAll(text, "{{.Count}}", strconv.Itoa(count))
}

// singular has the forms for one of the catalogue.
var singular = sync.OnceValue(func() map[string]string {
	forms, catalogue := map[string]string{}, map[string]any{}
	file, _ := assets.Translation("en") // it is embedded, and a test of its own
	_ = json.Unmarshal(file, &catalogue)
	for text, form := range catalogue {
		if form, ok := form.(map[string]any); ok {
			forms[text], _ = form["one"].(string)
		}
	}
	return forms
})

// Numbers write the numbers of the tests as a person in Britain does.
type Numbers struct{}

// Link implements view.Numbers: links are as they are.
func (Numbers) Link(text string) string { return text }

// Listed implements view.Numbers.
func (Numbers) Listed(text, country string) (string, error) { return booktest.Listed(text, country) }

// Display implements view.Numbers.
func (Numbers) Display(number, _ string) string {
	if rest, ok := strings.CutPrefix(number, "+4420"); ok && len(rest) == 8 {
		return "+44 20 " + rest[:4] + " " + rest[4:]
	}
	return number
}

// Queue is a view.Worker whose work is done when the test says so.
type Queue struct{ todo []func() }

// Do implements view.Worker.
func (q *Queue) Do(work func(context.Context) error, done func(error)) {
	q.todo = append(q.todo, func() { done(work(context.Background())) })
}

// Run does all that waits, and what follows from it.
func (q *Queue) Run() {
	for len(q.todo) > 0 {
		next := q.todo[0]
		q.todo = q.todo[1:]
		next()
	}
}

// Noon is when the tests are.
var Noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.Local)

// Alice is the address of the account of the tests.
const Alice = "1001@pbx.example"

// New is all screens of a phone. What they ask of it waits for the queue to run.
func New(f *Phone) (*view.Main, *Queue) {
	q := &Queue{}
	m := view.NewMain(f, q, Words{}, Numbers{}, func() time.Time { return Noon })
	m.Texts.Wait = func(context.Context, time.Duration) {}
	return m, q
}

// Snapshot is of a registered account with some calls.
func Snapshot(calls ...phone.Call) phone.Snapshot {
	return phone.Snapshot{
		Accounts: []phone.AccountStatus{{Account: phone.Account{ID: "a1", Address: Alice, Country: "GB", Default: true}, State: phone.Registered}},
		Calls:    calls,
	}
}

// Practising is of the practice exchange alone, with some calls.
func Practising(calls ...phone.Call) phone.Snapshot {
	acc := phone.Account{ID: phone.PracticeAccount, Address: "1001@" + phone.PracticeDomain, Country: "GB"}
	return phone.Snapshot{Accounts: []phone.AccountStatus{{Account: acc, State: phone.Registered}}, Calls: calls, Practice: true}
}

// Talking is a call to Jo Lee that was answered some time ago.
func Talking(id phone.CallID, ago time.Duration) phone.Call {
	return phone.Call{
		ID: id, Direction: phone.Out, State: phone.Active, Account: Alice, Number: "+442079460018", Name: "Jo Lee",
		Started: Noon.Add(-ago - 5*time.Second), Answered: Noon.Add(-ago),
	}
}

// Caller is a call of Jo Lee that rings here.
func Caller(id phone.CallID) phone.Call {
	return phone.Call{
		ID: id, Direction: phone.In, State: phone.Ringing, Account: Alice, Number: "+442079460018", Name: "Jo Lee",
		Called: "+442079460100", Started: Noon,
	}
}
