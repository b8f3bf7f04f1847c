package portable

import (
	"bytes"

	"github.com/callward/callward/phone"
)

const (
	// maxCard is how much text a card may hold, in bytes, each property counted as cost more.
	maxCard, cost = 1 << 20, 100
	// maxPictures is how much of PHOTO a card may hold, in bytes: MaxPicture as base64, and some more.
	maxPictures = phone.MaxPicture * 3 / 2
)

// card is a card whose lines are being read.
type card struct {
	line int
	// wide is that of its file.
	wide bool
	// old tells that it is of version 2.1.
	old bool
	// properties are those that matter here, in the order of the card.
	properties []*property
	// last is that of the line before, which the next may continue; nil for none.
	last           *property
	size, pictures int
	// depth counts the cards within this one (AGENT of version 2.1) that have not ended.
	depth int
}

// nests tells whether a card that begins here is a part of this one.
func (c *card) nests() bool {
	if c.last == nil || c.last.name != "AGENT" || len(bytes.TrimSpace(c.last.value)) > 0 {
		return false
	}
	c.depth++
	c.last = nil
	return true
}

// ends tells whether the end of a card that stands here is that of this one.
func (c *card) ends() bool {
	c.last = nil
	c.depth--
	return c.depth < 0
}

// take reads a line of the card. What is no property is passed over.
func (c *card) take(line []byte, cut bool) {
	if p := c.last; p != nil {
		if rest, ok := p.continuation(line, c.old); ok {
			c.extend(p, rest, cut)
			return
		}
	}
	c.last = nil
	p, value, ok := parseHead(line)
	if !ok {
		return
	}
	c.last = p
	switch {
	case p.name == "AGENT":
		p.value = bytes.Clone(value)
		if bytes.EqualFold(bytes.TrimSpace(value), []byte("BEGIN:VCARD")) {
			c.depth++
		}
		return
	case p.name == "VERSION":
		c.old = c.old || c.depth == 0 && bytes.HasPrefix(bytes.TrimSpace(value), []byte("2."))
	case c.depth == 0 && kept[p.name]:
		p.keep = true
		c.size += cost
		if c.size <= maxCard {
			c.properties = append(c.properties, p)
		}
	}
	c.extend(p, value, cut)
}

// extend appends to the value of a property. What is too large is dropped: a picture alone, the rest with its card.
func (c *card) extend(p *property, more []byte, cut bool) {
	p.soft = p.quoted && bytes.HasSuffix(more, []byte("="))
	if p.soft {
		more = more[:len(more)-1]
	}
	switch {
	case !p.keep:
	case p.name == "PHOTO":
		more = bytes.TrimSpace(more)
		c.pictures += len(more)
		if cut || c.pictures > maxPictures {
			c.pictures -= len(p.value) + len(more)
			p.keep, p.value = false, nil
			return
		}
		p.value = append(p.value, more...)
	default:
		c.size += len(more)
		if cut || c.size > maxCard {
			c.size, p.keep = maxCard+1, false
			return
		}
		p.value = append(p.value, more...)
	}
}
