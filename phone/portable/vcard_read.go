package portable

import (
	"bytes"
	"errors"
	"io"

	"github.com/callward/callward/phone"
)

// ReadVCards gives the contacts of a vCard file to add, with the line on which each begins, and what is
// broken to skip. Versions 2.1, 3.0 and 4.0 are read, each in its own or several in one file. The contacts
// have no ID, and their numbers no normal form.
func ReadVCards(r io.Reader, add func(line int, c phone.Contact) error, skip func(phone.Skipped)) error {
	cards := &cards{lines: newLines(r), add: add, skip: skip}
	for {
		line, cut, err := cards.lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return cards.finish()
		case err != nil:
			return err
		}
		if err := cards.take(line, cut); err != nil {
			return err
		}
	}
}

// cards tells one card of a file from the next.
type cards struct {
	lines *lines
	add   func(line int, c phone.Contact) error
	skip  func(phone.Skipped)
	// card is the one that is being read, nil between two.
	card *card
	// stray is where text outside of all cards begins; its line is 0 where there is none.
	stray phone.Skipped
	seen  bool
}

func (c *cards) take(line []byte, cut bool) error {
	switch marker := bytes.TrimRight(line, " \t"); {
	case bytes.EqualFold(marker, []byte("BEGIN:VCARD")):
		if c.card == nil || !c.card.nests() {
			c.begin()
		}
	case c.card == nil:
		if len(marker) > 0 && c.stray.Line == 0 {
			c.stray = phone.Skipped{Line: c.lines.number, What: oneLine(toText(marker[:min(len(marker), maxName)]), maxName), Why: "It is outside of all cards."}
		}
	case bytes.EqualFold(marker, []byte("END:VCARD")):
		if c.card.ends() {
			return c.end()
		}
	default:
		c.card.take(line, cut)
	}
	return nil
}

// begin begins a card, in the place of one that has no end.
func (c *cards) begin() {
	c.seen = true
	c.dropStray()
	c.drop("The next card begins before this one ends.")
	c.card = &card{line: c.lines.number, wide: c.lines.wide}
}

func (c *cards) end() error {
	contact, why := c.card.contact()
	if why != "" {
		c.drop(why)
		return nil
	}
	line := c.card.line
	c.card = nil
	return c.add(line, contact)
}

func (c *cards) finish() error {
	if !c.seen {
		return invalid("there is no vCard in this file; choose one that was exported as vCard, such as contacts.vcf")
	}
	c.dropStray()
	c.drop("The file ends before this card does.")
	return nil
}

// drop leaves the card out that is being read, if there is one.
func (c *cards) drop(why string) {
	if c.card != nil {
		c.skip(phone.Skipped{Line: c.card.line, What: c.card.title(), Why: why})
	}
	c.card = nil
}

func (c *cards) dropStray() {
	if c.stray.Line > 0 {
		c.skip(c.stray)
	}
	c.stray = phone.Skipped{}
}
