package view

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/callward/callward/phone"
)

// FormNumber is a number in the form of a contact.
type FormNumber struct{ Label, Text string }

// ContactForm is what is typed about a contact. Errors are by the name of a field, "" for what concerns none:
// name, note, picture, and number.N for the N-th of Numbers.
type ContactForm struct {
	ID                  phone.ContactID // "" for one that is added
	Name, Company, Note string
	Numbers             []FormNumber
	Picture             []byte
	Errors              map[string]string
	// Saving is set while the contact is being saved.
	Saving bool

	was string // what stood there at first
}

// Labels are those that are offered for a number.
var Labels = []string{"mobile", "work", "home", "main", "fax", "SIP", "other"}

// AddNumber adds an empty line, RemoveNumber takes one away.
func (f *ContactForm) AddNumber() {
	f.Numbers = append(f.Numbers, FormNumber{Label: Labels[min(len(f.Numbers), len(Labels)-1)]})
}

// RemoveNumber takes a line away.
func (f *ContactForm) RemoveNumber(i int) {
	f.Numbers = append(f.Numbers[:i:i], f.Numbers[i+1:]...)
	f.Errors = map[string]string{} // their places have moved
}

// Touched tells whether anything was typed.
func (f *ContactForm) Touched() bool { return f.state() != f.was }

func (f *ContactForm) state() string {
	return fmt.Sprintf("%q %q %q %q %d", f.Name, f.Company, f.Note, f.Numbers, len(f.Picture))
}

// contact is what is typed, without the lines that are empty, and the places in Numbers of those that are not.
func (f *ContactForm) contact() (c phone.Contact, places []int) {
	c = phone.Contact{ID: f.ID, Name: f.Name, Company: f.Company, Note: f.Note, Picture: bytes.Clone(f.Picture)}
	for i, n := range f.Numbers {
		if strings.TrimSpace(n.Text) != "" {
			c.Numbers = append(c.Numbers, phone.ContactNumber{Label: n.Label, Text: n.Text})
			places = append(places, i)
		}
	}
	return c, places
}

// refuse says beside its field what is wrong.
func (f *ContactForm) refuse(w Words, err error, places []int) {
	var (
		e     *phone.Error
		field string
		n     int
	)
	if errors.As(err, &e) && e.Code == phone.CodeInvalid {
		field = e.Field
		if _, scanned := fmt.Sscanf(field, "number.%d", &n); scanned == nil && n < len(places) {
			field = fmt.Sprintf("number.%d", places[n])
		}
	}
	f.Errors = map[string]string{field: w.L(phone.Sentence(err))}
}
