package phone

// ContactID names a contact for ever (a UUIDv7).
type ContactID string

// Contact is somebody whom the agent knows. It is a value: any goroutine may read one.
type Contact struct {
	ID      ContactID
	Name    string
	Company string
	Note    string
	// Numbers are telephone numbers and SIP addresses, in the order in which they are shown.
	Numbers []ContactNumber
	// Picture is a PNG, JPEG or GIF of MaxPicture bytes at most; nil where there is none.
	Picture []byte
}

// MaxPicture is the largest picture of a contact, in bytes.
const MaxPicture = 512 << 10

// ContactNumber is one number or address of a contact.
type ContactNumber struct {
	// Label says which it is, such as mobile; may be empty.
	Label string
	// Text is as it was written, by the agent or in a file.
	Text string
	// Number is the normal form, by which it is matched: E.164, the digits of an
	// extension or code, or user@host.
	Number string
}

// ContactName is what is shown of a contact beside a number.
type ContactName struct {
	ID            ContactID
	Name, Company string
}

// Title is the name, else the company.
func (c ContactName) Title() string {
	if c.Name != "" {
		return c.Name
	}
	return c.Company
}

// ContactQuery chooses a part of the contacts, in the order of their names.
type ContactQuery struct {
	// Search is text that the name, company or a number has anywhere, whatever its case and
	// accents. A telephone number fits in any way of writing it: 020 7946 finds +442079460018.
	Search string
	// Offset and Limit choose the part; a Limit of 0 means all from Offset on.
	Offset, Limit int
}

// ImportReport says what became of what was read from a file.
type ImportReport struct {
	Added, Merged, Unchanged int
	// Skipped are those that were left out, in the order of the file, MaxSkipped at most.
	Skipped []Skipped
	// SkippedCount counts all of them.
	SkippedCount int
}

// MaxSkipped is how many of those left out a report names.
const MaxSkipped = 1000

// Skip notes what was left out.
func (r *ImportReport) Skip(s Skipped) {
	r.SkippedCount++
	if len(r.Skipped) < MaxSkipped {
		r.Skipped = append(r.Skipped, s)
	}
}

// Skipped is something in a file that was left out.
type Skipped struct {
	// Line is where it begins in the file, from 1 on.
	Line int
	// What it is, as far as it could be read, and Why it was left out, as a sentence.
	What, Why string
}

// Progress is told how many of how many are done, while something long goes on; total
// is 0 where that is not known. It must not block.
type Progress func(done, total int)
