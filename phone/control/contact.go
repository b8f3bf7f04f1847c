package control

import "github.com/callward/callward/phone"

// Contact is a row of contact.list, and the arguments of contact.add, of which ID is left out.
type Contact struct {
	ID      phone.ContactID `json:"id"`
	Name    string          `json:"name"`
	Company string          `json:"company"`
	Numbers []ContactNumber `json:"numbers"`
}

// ContactNumber is one number or SIP address of a contact.
type ContactNumber struct {
	Label string `json:"label"`
	// Text is as it was written, Number the normal form, which is left out when it is added.
	Text   string `json:"text"`
	Number string `json:"number"`
}

func newContact(c phone.Contact) Contact {
	out := Contact{ID: c.ID, Name: c.Name, Company: c.Company, Numbers: []ContactNumber{}}
	for _, n := range c.Numbers {
		out.Numbers = append(out.Numbers, ContactNumber{n.Label, n.Text, n.Number})
	}
	return out
}

func (c Contact) phoneContact() phone.Contact {
	out := phone.Contact{Name: c.Name, Company: c.Company}
	for _, n := range c.Numbers {
		out.Numbers = append(out.Numbers, phone.ContactNumber{Label: n.Label, Text: n.Text})
	}
	return out
}

// ContactList is the arguments of contact.list.
type ContactList struct {
	// Search is text of a name, company or number; empty means all.
	Search string `json:"search"`
	// Limit is how many are wanted; 0 means all.
	Limit int `json:"limit"`
}

// File is the arguments of the imports and exports.
type File struct {
	// Path is absolute.
	Path string `json:"path"`
	// Force overwrites a file that is there; of exports alone.
	Force bool `json:"force"`
}

// Report is what an import answers.
type Report struct {
	Added     int `json:"added"`
	Merged    int `json:"merged"`
	Unchanged int `json:"unchanged"`
	// Skipped counts what was left out; Skips are the first of them.
	Skipped int    `json:"skipped"`
	Skips   []Skip `json:"skips"`
}

// Skip is something in a file that was left out, and why.
type Skip struct {
	Line int    `json:"line"`
	What string `json:"what"`
	Why  string `json:"why"`
}

func newReport(r phone.ImportReport) Report {
	out := Report{Added: r.Added, Merged: r.Merged, Unchanged: r.Unchanged, Skipped: r.SkippedCount, Skips: []Skip{}}
	for _, s := range r.Skipped {
		out.Skips = append(out.Skips, Skip{s.Line, s.What, s.Why})
	}
	return out
}
