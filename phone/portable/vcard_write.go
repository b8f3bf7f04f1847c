package portable

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/callward/callward/phone"
)

// WriteVCards writes the contacts that each gives as vCards of version 3.0, which most others read. ReadVCards
// makes the same contacts of them, but for the ID, which stands as UID. An error of each is returned as it is.
func WriteVCards(w io.Writer, each func(yield func(phone.Contact) error) error) error {
	out := bufio.NewWriter(w)
	err := each(func(c phone.Contact) error {
		if err := writeCard(out, c); err != nil {
			return unwritable(err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return unwritable(err)
	}
	return nil
}

// writeCard returns the error of the last write: a bufio.Writer keeps its first.
func writeCard(w *bufio.Writer, c phone.Contact) error {
	name, company := oneLine(c.Name, maxName), oneLine(c.Company, maxName)
	fold(w, "BEGIN:VCARD")
	fold(w, "VERSION:3.0")
	if c.ID != "" {
		fold(w, "UID:"+escape(oneLine(string(c.ID), maxName)))
	}
	if name == "" && company != "" {
		fold(w, "FN:"+escape(company))
		fold(w, "X-ABShowAs:COMPANY")
	} else {
		fold(w, "FN:"+escape(name))
	}
	fold(w, "N:;"+escape(name)+";;;")
	if company != "" {
		fold(w, "ORG:"+escape(company))
	}
	for i, n := range c.Numbers {
		writeNumber(w, fmt.Sprintf("item%d.", i+1), n)
	}
	if note := severalLines(c.Note); note != "" {
		fold(w, "NOTE:"+escape(note))
	}
	if format := formatOf(c.Picture); format != "" {
		fold(w, "PHOTO;ENCODING=b;TYPE="+format+":"+base64.StdEncoding.EncodeToString(c.Picture))
	}
	return fold(w, "END:VCARD")
}

// writeNumber writes a number, or a SIP address as it was written and as a URI. A label of one's own
// stands beside it, in the same group.
func writeNumber(w *bufio.Writer, group string, n phone.ContactNumber) {
	text, label := oneLine(n.Text, maxNumber), labelOf(n.Label)
	if text == "" {
		return
	}
	sip := hasScheme(text, "sip") || hasScheme(text, "sips") || strings.Contains(text, "@") && !hasScheme(text, "tel")
	kind := typeOf(label)
	own := kind == "" && label != ""
	if sip {
		own = label != sipLabel
	}
	if !own {
		group = ""
	}
	switch {
	case !sip && kind != "":
		fold(w, "TEL;TYPE="+kind+":"+escape(text))
	case !sip:
		fold(w, group+"TEL:"+escape(text))
	default:
		uri := text
		if !hasScheme(text, "sip") && !hasScheme(text, "sips") {
			fold(w, group+"X-SIP:"+escape(text))
			uri = "sip:" + text
		}
		fold(w, group+"IMPP:"+strings.ReplaceAll(uri, `\`, `\\`)) // a URI has its own , and ;
	}
	if own {
		fold(w, group+"X-ABLabel:"+escape(label))
	}
}

// escape makes text of what would separate values or end the line.
func escape(text string) string {
	return escaper.Replace(text)
}

var escaper = strings.NewReplacer(`\`, `\\`, "\n", `\n`, ",", `\,`, ";", `\;`)

// fold writes a line in parts of 75 bytes at most, the end of the line not counted, and splits no character.
func fold(w *bufio.Writer, line string) error {
	for limit := 75; len(line) > limit; limit = 74 { // a blank comes before the next
		end := limit
		for end > 0 && !utf8.RuneStart(line[end]) {
			end--
		}
		_, _ = w.WriteString(line[:end])
		_, _ = w.WriteString("\r\n ")
		line = line[end:]
	}
	_, err := w.WriteString(line + "\r\n")
	return err
}
