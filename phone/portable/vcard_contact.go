package portable

import (
	"slices"
	"strings"

	"github.com/callward/callward/phone"
)

// contact is whom the card is about, or why it is left out.
func (c *card) contact() (contact phone.Contact, why string) {
	if c.size > maxCard {
		return contact, "It holds more than 1 MB of text."
	}
	labels := c.labels()
	first := map[string]string{} // the first value of each property that is not empty
	for _, p := range c.properties {
		value, why := p.text(c.wide)
		if why != "" {
			return contact, why
		}
		switch p.name {
		case "TEL", "IMPP", "X-SIP", "URL":
			addNumber(&contact, p, unescape(value), labels)
		case "PHOTO":
			if contact.Picture == nil {
				contact.Picture = pictureOf(unescape(value))
			}
		case "KIND", "X-ADDRESSBOOKSERVER-KIND":
			if strings.EqualFold(strings.TrimSpace(value), "group") {
				return contact, "It is a group of contacts."
			}
		case "NOTE":
			contact.Note = joined([]string{contact.Note, severalLines(unescape(value))}, "\n")
		default:
			if first[p.name] == "" {
				first[p.name] = strings.TrimSpace(value)
			}
		}
	}
	contact.Company = oneLine(joined(split(first["ORG"], ';'), ", "), maxName)
	contact.Name = nameOf(first, contact.Company)
	if contact.Name == "" && contact.Company == "" && len(contact.Numbers) == 0 {
		return contact, "It has neither a name nor a number."
	}
	return contact, ""
}

// title is the name of a card that is left out, as far as it can be read.
func (c *card) title() string {
	for _, name := range []string{"FN", "N", "ORG", "TEL"} {
		for _, p := range c.properties {
			if value, why := p.text(c.wide); p.name == name && why == "" && strings.Trim(value, "; ") != "" {
				return oneLine(joined(split(value, ';'), " "), maxName)
			}
		}
	}
	return "vCard"
}

// nameOf is the name among the values of a card.
func nameOf(first map[string]string, company string) string {
	name := oneLine(unescape(first["FN"]), maxName)
	if strings.EqualFold(first["X-ABSHOWAS"], "COMPANY") && name == company {
		return ""
	}
	if name == "" {
		parts := append(split(first["N"], ';'), make([]string, 5)...)
		name = oneLine(joined([]string{parts[3], parts[1], parts[2], parts[0], parts[4]}, " "), maxName)
	}
	if name == "" {
		name = company
	}
	if name == "" {
		name = oneLine(unescape(first["NICKNAME"]), maxName)
	}
	return name
}

// labels are those that groups of properties have by X-ABLabel.
func (c *card) labels() map[string]string {
	labels := map[string]string{}
	for _, p := range c.properties {
		if p.name == "X-ABLABEL" {
			value, _ := p.text(c.wide)
			labels[p.group] = labelOf(unescape(value))
		}
	}
	return labels
}

// addNumber adds a number or SIP address.
func addNumber(contact *phone.Contact, p *property, value string, labels map[string]string) {
	text := oneLine(value, maxNumber+1)
	sip := p.name == "X-SIP" || hasScheme(text, "sip") || hasScheme(text, "sips")
	if text == "" || len(text) > maxNumber || !sip && p.name != "TEL" {
		return
	}
	if sip && slices.ContainsFunc(contact.Numbers, func(n phone.ContactNumber) bool { return bare(n.Text) == bare(text) }) {
		return // many write an address as X-SIP and as IMPP
	}
	label, named := labels[p.group]
	if !named || p.group == "" {
		label = p.label(sip)
	}
	contact.Numbers = append(contact.Numbers, phone.ContactNumber{Label: label, Text: text})
}

// label is the label by the types of a number.
func (p *property) label(sip bool) string {
	if sip {
		return sipLabel
	}
	for _, t := range types {
		if slices.Contains(p.types, t.name) {
			return t.label
		}
	}
	return ""
}

// joined puts together the parts that are not empty.
func joined(parts []string, separator string) string {
	var full []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			full = append(full, part)
		}
	}
	return strings.Join(full, separator)
}

func hasScheme(text, scheme string) bool {
	return len(text) > len(scheme) && text[len(scheme)] == ':' && strings.EqualFold(text[:len(scheme)], scheme)
}

// bare is a SIP address without sip: before it.
func bare(text string) string {
	if hasScheme(text, "sip") {
		return text[len("sip:"):]
	}
	return text
}
