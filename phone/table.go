package phone

// Use is what a column of a table of contacts is for.
type Use string

// The uses. The label that a UseLabel column has in a row is that of the next UseNumber column; where
// it is empty, the label of the column counts.
const (
	UseNothing   Use = ""
	UseName      Use = "name"
	UseFirstName Use = "first-name"
	UseLastName  Use = "last-name"
	UseCompany   Use = "company"
	UseNote      Use = "note"
	UseNumber    Use = "number" // a telephone number or SIP address
	UseLabel     Use = "label"
)

// Column says what a column of a table is for.
type Column struct {
	Use Use
	// Label is that of the numbers of a UseNumber column, such as mobile; may be empty.
	Label string
}

// TablePreview is a first look at a table of contacts: its header, some rows, and what the columns seem to be for.
type TablePreview struct {
	Header  []string
	Rows    [][]string
	Columns []Column
}
