package sipua

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"
)

const (
	// usualRefresh is how long somebody types where that is not said (RFC 3994, 3.4), minRefresh and maxRefresh what is believed.
	usualRefresh = 120 * time.Second
	minRefresh   = 10 * time.Second
	maxRefresh   = 10 * time.Minute
)

// composingBody says that the agent types, or no longer (RFC 3994).
func composingBody(active bool) []byte {
	state, refresh := "idle", ""
	if active {
		state, refresh = "active", fmt.Sprintf("<refresh>%d</refresh>", usualRefresh/time.Second)
	}
	return []byte(xml.Header + `<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>` + state +
		"</state><contenttype>text/plain</contenttype>" + refresh + "</isComposing>")
}

// readComposing returns whether somebody types, and for how long at most; ok is false for what does not say so.
func readComposing(body []byte) (active bool, refresh time.Duration, ok bool) {
	var said struct {
		XMLName xml.Name `xml:"isComposing"`
		State   string   `xml:"state"`
		Refresh string   `xml:"refresh"`
	}
	if len(body) > maxXML || xml.Unmarshal(body, &said) != nil || said.State == "" {
		return false, 0, false
	}
	refresh = usualRefresh
	if n, err := strconv.ParseUint(strings.TrimSpace(said.Refresh), 10, 63); err == nil && n > 0 {
		refresh = min(max(time.Duration(min(n, 3600))*time.Second, minRefresh), maxRefresh)
	}
	return strings.TrimSpace(said.State) == "active", refresh, true
}
