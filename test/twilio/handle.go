package twilio

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// failure is what the API says of a failure.
type failure struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
	More    string `json:"more_info"`
	Status  int    `json:"status"`
}

// answer is a status and what is sent with it.
type answer struct {
	status int
	value  any
	retry  string
}

func refuse(status, code int, message string) answer {
	return answer{status: status, value: failure{code, message, fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code), status}}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	form, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(form))
	s.mu.Lock()
	at := len(s.requests)
	s.requests = append(s.requests, Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Form: string(form), At: time.Now()})
	fault, failing := s.fault(r)
	var a answer
	if !failing || fault.Taken || fault.Status == 0 && !fault.Drop {
		a = s.answer(r)
	}
	if failing && fault.Status != 0 {
		a = refuse(fault.Status, 20000+fault.Status%1000, http.StatusText(fault.Status))
		a.retry = fault.Retry
	}
	if !fault.Drop {
		s.requests[at].Status = a.status
	}
	s.change()
	s.mu.Unlock()
	if fault.Held != nil {
		select {
		case <-fault.Held.free:
		case <-r.Context().Done():
		}
	}
	if fault.Drop {
		panic(http.ErrAbortHandler) // the library closes the connection by it
	}
	if a.retry != "" {
		w.Header().Set("Retry-After", a.retry)
	}
	write(w, a.status, a.value)
}

// answer does what a request asks for. mu is held.
func (s *Server) answer(r *http.Request) answer {
	user, token, _ := r.BasicAuth()
	if user != AccountSID || token != AuthToken {
		return refuse(http.StatusUnauthorized, 20003, "Authenticate")
	}
	if retry, is := s.tooMany(); is {
		a := refuse(http.StatusTooManyRequests, 20429, "Too Many Requests")
		a.retry = retry
		return a
	}
	path, found := strings.CutPrefix(r.URL.Path, Version+"/Accounts/"+AccountSID+"/Messages")
	sid, one := strings.CutPrefix(strings.TrimSuffix(path, ".json"), "/")
	switch {
	case !found || !strings.HasSuffix(path, ".json"):
	case path == ".json" && r.Method == http.MethodPost:
		return s.create(r)
	case path == ".json" && r.Method == http.MethodGet:
		return s.list(r.URL.Query())
	case one && r.Method == http.MethodGet:
		for _, m := range s.messages {
			if m.SID == sid {
				m.step()
				return answer{status: http.StatusOK, value: m.resource()}
			}
		}
	}
	return refuse(http.StatusNotFound, 20404, "The requested resource "+r.URL.Path+" was not found")
}

// e164 is a number as the API wants it.
var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// most is how long a text may be.
const most = 1600

// create sends a text.
func (s *Server) create(r *http.Request) answer {
	if err := r.ParseForm(); err != nil {
		return refuse(http.StatusBadRequest, 20001, "Unknown parameters")
	}
	to, from, body := r.PostForm.Get("To"), r.PostForm.Get("From"), r.PostForm.Get("Body")
	switch {
	case to == "":
		return refuse(http.StatusBadRequest, 21604, "A 'To' phone number is required.")
	case from == "":
		return refuse(http.StatusBadRequest, 21603, "A 'From' phone number is required.")
	case body == "":
		return refuse(http.StatusBadRequest, 21602, "Message body is required.")
	case len(utf16.Encode([]rune(body))) > most:
		return refuse(http.StatusBadRequest, 21617, "The concatenated message body exceeds the 1600 character limit.")
	case !e164.MatchString(to):
		return refuse(http.StatusBadRequest, 21211, fmt.Sprintf("The 'To' number %s is not a valid phone number.", to))
	case !slices.Contains(s.own, from):
		return refuse(http.StatusBadRequest, 21606, fmt.Sprintf("The 'From' phone number %s is not a valid, SMS-capable phone number for your account.", from))
	case s.refused[to] != 0:
		return refuse(http.StatusBadRequest, s.refused[to], "The message from/to pair is refused.")
	}
	m := s.add(&Message{From: from, To: to, Body: body, Status: "queued", Created: time.Now()})
	return answer{status: http.StatusCreated, value: m.resource()}
}

// list returns a page of messages, newest first.
func (s *Server) list(query url.Values) answer {
	chosen := slices.DeleteFunc(slices.Clone(s.messages), func(m *Message) bool { return !m.fits(query) })
	slices.SortStableFunc(chosen, func(a, b *Message) int { return b.Created.Compare(a.Created) })
	size, page := 50, 0
	if _, err := fmt.Sscan(query.Get("PageSize"), &size); err == nil && (size < 1 || size > 1000) {
		return refuse(http.StatusBadRequest, 20006, "Page size must be from 1 to 1000")
	}
	_, _ = fmt.Sscan(query.Get("Page"), &page) // 0 where there is none
	if token := strings.TrimPrefix(query.Get("PageToken"), "PA"); token != "" {
		at := slices.IndexFunc(chosen, func(m *Message) bool { return m.SID == token })
		chosen = chosen[at+1:] // what came meanwhile moves nothing
	}
	part := chosen[:min(size, len(chosen))]
	uri := func(n int, token string) string {
		next := url.Values{}
		for name, values := range query {
			next[name] = values
		}
		next.Set("Page", fmt.Sprint(n))
		next.Del("PageToken")
		if token != "" {
			next.Set("PageToken", "PA"+token)
		}
		return Version + "/Accounts/" + AccountSID + "/Messages.json?" + next.Encode()
	}
	resources := []any{}
	for _, m := range part {
		resources = append(resources, m.resource())
	}
	var next any // null
	if len(part) < len(chosen) {
		next = uri(page+1, part[len(part)-1].SID)
	}
	return answer{status: http.StatusOK, value: map[string]any{
		"messages": resources, "page": page, "page_size": size, "start": page * size, "end": page*size + len(part) - 1,
		"first_page_uri": uri(0, ""), "next_page_uri": next, "previous_page_uri": nil, "uri": uri(page, query.Get("PageToken")),
	}}
}

// fits tells whether a query chooses a message. One that was not sent yet has no DateSent.
func (m *Message) fits(query url.Values) bool {
	day := m.Sent.UTC().Format(time.DateOnly)
	if m.Sent.IsZero() {
		day = ""
	}
	fits := func(name string, does func(want string) bool) bool {
		return query.Get(name) == "" || does(query.Get(name))
	}
	return fits("To", func(to string) bool { return m.To == to }) &&
		fits("From", func(from string) bool { return m.From == from }) &&
		fits("DateSent", func(want string) bool { return day == want }) &&
		fits("DateSent>", func(want string) bool { return day >= want }) &&
		fits("DateSent<", func(want string) bool { return day != "" && day <= want })
}
