package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/callward/callward/data"
	domain "github.com/callward/callward/phone"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/measure"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/screen"
	"github.com/callward/callward/test/wire"
)

const (
	// written is how many texts there are, in how many threads, one of which is long.
	written  = 1_000_000
	threads  = 10_000
	longText = 100_000
)

// Where the page of the texts has its parts, in a window of 1440 × 900.
var (
	threadList  = image.Rect(80, 120, 352, 880)
	threadLines = image.Rect(372, 130, 1100, 780)
	firstThread = [2]string{"200", "165"}
	nextThread  = [2]string{"200", "237"}
)

// textFigures are those of the texts, each with its bound.
type textFigures struct{ opened, thread, scrolled, searched, received string }

// texts takes the figures of the texts and prints them.
func texts(l length, dir string) error {
	fmt.Fprintln(os.Stderr, "bench: texts")
	dir = filepath.Join(dir, "texts")
	profile := filepath.Join(dir, "profile")
	if err := os.MkdirAll(profile, 0o700); err != nil {
		return err
	}
	binary, err := callward.Build(dir, false)
	if err != nil {
		return err
	}
	if err := fillTexts(profile); err != nil {
		return err
	}
	var f textFigures
	err = takeTexts(l, dir, binary, profile, &f)
	fmt.Printf("\n| figure, with %d texts in %d threads | must be | callward |\n|---|---|---|\n", written, threads)
	for _, row := range [][3]string{
		{"the list opens", "≤ 100 ms", f.opened},
		{fmt.Sprintf("a thread of %d opens at its end", longText), "≤ 50 ms", f.thread},
		{"frames while that scrolls", "60 a second", f.scrolled},
		{"search, from the last key", "≤ 50 ms", f.searched},
		{"text received to on screen", "≤ 50 ms", f.received},
	} {
		fmt.Printf("| %s | %s | %s |\n", row[0], row[1], row[2])
	}
	return err
}

// fillTexts gives a data folder many texts; the last ones are of the thread that is long, and of another.
func fillTexts(profile string) error {
	ctx := context.Background()
	store, err := data.Open(ctx, profile)
	if err != nil {
		return err
	}
	words := strings.Fields("the order is on its way today and will be there tomorrow morning please call back about invoice thanks for your help see you then")
	began := time.Now().Add(-written * time.Minute)
	const batch = 10_000
	list := make([]domain.QueuedText, 0, batch)
	for n := range written {
		id, err := data.NewID()
		if err != nil {
			return err
		}
		thread := n % threads
		if n%(written/longText) == 0 || n >= written-20 {
			thread = 0
		}
		if n == written-21 {
			thread = 1
		}
		body := fmt.Sprintf("%d %s %s w%04d", n, words[n%len(words)], words[(n/7)%len(words)], n%7919)
		t := domain.Text{
			ID: domain.TextID(id), Direction: domain.In, Number: number(thread), Via: "bench@127.0.0.1", Body: body, Seen: true,
			Time: began.Add(time.Duration(n) * time.Minute), State: domain.TextReceived,
		}
		if n%3 == 0 {
			t.Direction, t.State, t.Settled = domain.Out, domain.TextSent, t.Time
		}
		if list = append(list, domain.QueuedText{Text: t}); len(list) == batch {
			if _, err := store.AddTexts(ctx, list, nil, false); err != nil {
				return errors.Join(err, store.Close())
			}
			list = list[:0]
		}
	}
	return store.Close()
}

// takeTexts takes the figures of the window.
func takeTexts(l length, dir, binary, profile string, f *textFigures) (err error) {
	x, err := screen.Start(1440, 900)
	if err != nil {
		return err
	}
	defer x.Kill()
	o := windowOn(x, dir, binary)
	if err := o.open(profile); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.Stop(patience)) }()
	time.Sleep(settle)
	list, err := looksLike(x, threadList, "key", "--delay", "0", "ctrl+3")
	if err != nil {
		return err
	}
	if err := x.Key("ctrl+1"); err != nil {
		return err
	}
	time.Sleep(settle)
	f.opened, err = openings(list, func(is func(*screen.Picture) bool) (time.Duration, error) {
		return pressed(x, "ctrl+3", is)
	}, func(is func(*screen.Picture) bool) (time.Duration, error) { return pressed(x, "ctrl+1", is) })
	if err != nil {
		return err
	}
	if f.thread, err = threadOpens(x); err != nil {
		return err
	}
	if f.scrolled, err = threadScrolls(x); err != nil {
		return err
	}
	if f.received, err = o.texted(l, profile); err != nil {
		return err
	}
	f.searched, err = textSearched(l, x)
	return err
}

// looksLike does something, waits for the screen to rest, and returns what tells a part of it that looks like that.
func looksLike(x *screen.Screen, part image.Rectangle, do ...string) (func(*screen.Picture) bool, error) {
	if _, err := x.Do(do...); err != nil {
		return nil, err
	}
	time.Sleep(settle)
	shot, err := x.Shot()
	return func(p *screen.Picture) bool { return err == nil && p.Same(shot, part) }, err
}

// click are the words of xdotool for a click; else it waits 100 ms.
func click(at [2]string) []string {
	return []string{"mousemove", at[0], at[1], "click", "--delay", "0", "1"}
}

// threadOpens is how long the long thread takes to open, beside another.
func threadOpens(x *screen.Screen) (string, error) {
	long, err := looksLike(x, threadLines, click(firstThread)...)
	if err != nil {
		return "", err
	}
	if _, err := looksLike(x, threadLines, click(nextThread)...); err != nil {
		return "", err
	}
	return openings(long, func(is func(*screen.Picture) bool) (time.Duration, error) { return until(x, is, click(firstThread)...) },
		func(is func(*screen.Picture) bool) (time.Duration, error) { return until(x, is, click(nextThread)...) })
}

// threadScrolls is how many frames a second are drawn of the long thread while a wheel turns up.
func threadScrolls(x *screen.Screen) (string, error) {
	if _, err := x.Do("mousemove", "700", "500"); err != nil {
		return "", err
	}
	time.Sleep(settle)
	done := make(chan struct{})
	var turned error
	go func() {
		defer close(done)
		_, turned = x.Do("click", "--repeat", "400", "--delay", "5", "4")
	}()
	rate, err := x.Frames(400, 460, done)
	<-done
	if err == nil {
		err = turned
	}
	if err == nil {
		_, err = x.Do("click", "1", "key", "End")
	}
	return fmt.Sprintf("%.0f a second", rate), err
}

// textSearched is how long it takes from the last letter of a word until what it finds is on the screen.
func textSearched(l length, x *screen.Screen) (string, error) {
	var times []time.Duration
	for n := range l.starts {
		if _, err := x.Do("mousemove", "200", "85", "click", "1", "key", "ctrl+a", "BackSpace"); err != nil {
			return "", err
		}
		if err := x.Type(fmt.Sprintf("w00%d", n%10)); err != nil {
			return "", err
		}
		time.Sleep(settle)
		took, err := x.Latency(threadList.Min.Y+40, threadList.Min.Y+300, func() error {
			_, err := x.Do("key", "--delay", "0", "5")
			return err
		})
		if err != nil {
			return "", err
		}
		times = append(times, took)
	}
	return fmt.Sprintf("%s median (max %s)", ms(measure.Median(times), 0), ms(measure.Quantile(times, 1), 0)), nil
}

// texted is how long it takes from a MESSAGE that is sent until its text is on the screen, in the thread that is open.
func (o *opened) texted(l length, profile string) (string, error) {
	server, err := registrar.Start(registrar.Options{})
	if err != nil {
		return "", err
	}
	defer server.Close()
	if err := errors.Join(o.do(profile, "practice", "off"), o.do(profile, "account", "add", "bench@127.0.0.1", "--server", server.Addr().String(), "--default")); err != nil {
		return "", err
	}
	contact, err := server.Contact(patience)
	if err != nil {
		return "", err
	}
	_, at, err := target(contact)
	if err != nil {
		return "", err
	}
	peer, err := wire.Listen("127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer peer.Close()
	time.Sleep(settle)
	var times []time.Duration
	for n := range l.rings {
		took, err := o.screen.Latency(threadLines.Max.Y-160, threadLines.Max.Y-20, func() error {
			return peer.Send(at, message(peer.Addr(), contact, fmt.Sprintf("Text number %d", n)))
		})
		if err != nil {
			return "", err
		}
		times = append(times, took)
		time.Sleep(pause)
	}
	return fmt.Sprintf("%s median (p95 %s)", ms(measure.Median(times), 0), ms(measure.Quantile(times, 0.95), 0)), nil
}

// message is a MESSAGE of the long thread's number.
func message(from netip.AddrPort, contact, body string) wire.Message {
	token := wire.Token()
	return wire.Message{
		Start: "MESSAGE " + contact + " SIP/2.0",
		Headers: []string{
			"Via: SIP/2.0/UDP " + from.String() + ";branch=z9hG4bK" + token, "From: <sip:" + number(0) + "@127.0.0.1>;tag=" + token,
			"To: <" + contact + ">", "Call-ID: " + token, "CSeq: 1 MESSAGE", "Max-Forwards: 70", "Content-Type: text/plain",
		},
		Body: body,
	}
}
