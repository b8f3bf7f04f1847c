package view

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"text/template"

	"github.com/callward/callward/ui/view/booktest"
)

// english says everything as it is written.
type english struct{}

func (english) L(text string, data ...any) string {
	if len(data) == 0 {
		return text
	}
	var out bytes.Buffer
	_ = template.Must(template.New("").Parse(text)).Execute(&out, data[0])
	return out.String()
}

func (english) N(text string, count int) string {
	return strings.ReplaceAll(text, "{{.Count}}", fmt.Sprint(count))
}

// spaced writes the one number of the tests.
type spaced struct{}

func (spaced) Link(text string) string { return text }

func (spaced) Listed(text, country string) (string, error) { return booktest.Listed(text, country) }

func (spaced) Display(number, _ string) string {
	return strings.Replace(number, "+442079460018", "+44 20 7946 0018", 1)
}

// queue is a Worker whose work is done when the test says so.
type queue struct{ todo []func() }

func (q *queue) Do(work func(context.Context) error, done func(error)) {
	q.todo = append(q.todo, func() { done(work(context.Background())) })
}

// run does all that waits.
func (q *queue) run() {
	for len(q.todo) > 0 {
		next := q.todo[0]
		q.todo = q.todo[1:]
		next()
	}
}
