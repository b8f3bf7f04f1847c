package sipua

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// noteBody is a delivery note (RFC 5438, 7.2.1.1): a text was delivered to us.
func noteBody(own string, t phone.OutgoingText) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>`)
	escaped(&b, t.MessageID)
	fmt.Fprintf(&b, "</message-id><datetime>%s</datetime><recipient-uri>", t.Time.UTC().Format(time.RFC3339))
	escaped(&b, own)
	b.WriteString("</recipient-uri><delivery-notification><status><delivered/></status></delivery-notification></imdn>")
	return b.Bytes()
}

func escaped(b *bytes.Buffer, text string) {
	_ = xml.EscapeText(b, []byte(text)) // a buffer takes all
}

// imdn is a delivery note, or one that a text was read.
type imdn struct {
	XMLName  xml.Name   `xml:"imdn"`
	ID       string     `xml:"message-id"`
	Delivery noteStatus `xml:"delivery-notification>status"`
	Display  noteStatus `xml:"display-notification>status"`
}

// noteStatus is what became of a text; one of the elements is there.
type noteStatus struct {
	Delivered *struct{} `xml:"delivered"`
	Displayed *struct{} `xml:"displayed"`
	Failed    *struct{} `xml:"failed"`
	Forbidden *struct{} `xml:"forbidden"`
	Error     *struct{} `xml:"error"`
}

// maxXML is how long a note, or what says that somebody types, may be, in bytes.
const maxXML = 8 << 10

// readNote returns what a delivery note says of which text; ok is false where it says nothing of that.
func readNote(body []byte) (id string, state phone.TextState, ok bool) {
	var n imdn
	if len(body) > maxXML || xml.Unmarshal(body, &n) != nil {
		return "", "", false
	}
	if id = strings.TrimSpace(n.ID); !names(id) {
		return "", "", false
	}
	switch d := n.Delivery; {
	case d.Delivered != nil, n.Display.Displayed != nil:
		return id, phone.TextDelivered, true
	case d.Failed != nil, d.Forbidden != nil, d.Error != nil:
		return id, phone.TextFailed, true
	}
	return "", "", false
}
