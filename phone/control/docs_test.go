package control

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

const doc = "../../docs/control.md"

// documented are the types that docs/control.md has an example of, by the name after ```json.
var documented = map[string]any{
	"Status":        Status{},
	"[]AccountRow":  []AccountRow{},
	"[]Device":      []Device{},
	"[]CallRecord":  []CallRecord{},
	"Event":         Event{},
	"Request":       Request{},
	"Answer":        Answer{},
	"AccountAdd":    AccountAdd{},
	"AccountRemove": AccountRemove{},
	"Show":          Show{},
	"Dial":          Dial{},
	"CallRef":       CallRef{},
	"Mute":          Mute{},
	"DTMF":          DTMF{},
	"DeviceSet":     DeviceSet{},
	"History":       History{},
	"Switch":        Switch{},
	"PracticeRing":  PracticeRing{},
	"CallPlaced":    CallPlaced{},
	"TracePath":     TracePath{},
	"[]Entry":       []Entry{},
	"EntryDraft":    EntryDraft{},
	"EntryRef":      EntryRef{},
	"EntryList":     EntryList{},
	"Check":         Check{},
	"Passage":       Passage{},
	"[]Contact":     []Contact{},
	"Contact":       Contact{},
	"ContactList":   ContactList{},
	"[]Screened":    []Screened{},
	"Part":          Part{},
	"File":          File{},
	"Report":        Report{},

	"[]Voicemail":       []Voicemail{},
	"VoicemailSettings": VoicemailSettings{},
	"VoicemailList":     VoicemailList{},
	"VoicemailRef":      VoicemailRef{},
	"VoicemailMark":     VoicemailMark{},
	"VoicemailExport":   VoicemailExport{},
	"GreetingSet":       GreetingSet{},
	"GreetingReset":     GreetingReset{},
	"Presence":          Presence{},

	"[]Text":       []Text{},
	"[]Thread":     []Thread{},
	"[]TextFound":  []TextFound{},
	"TextSettings": TextSettings{},
	"TextSend":     TextSend{},
	"TextWritten":  TextWritten{},
	"TextList":     TextList{},
	"ThreadList":   ThreadList{},
	"TextSearch":   TextSearch{},
	"TextSeen":     TextSeen{},
	"TextRef":      TextRef{},
	"[]Trigger":    []Trigger{},
	"[]Triggered":  []Triggered{},
	"TriggerLog":   TriggerLog{},
	"TriggerSet":   TriggerSet{},
	"TriggerRef":   TriggerRef{},
	"TriggerTest":  TriggerTest{},
	"[]GatewayRow": []GatewayRow{},
	"GatewaySave":  GatewaySave{},
	"GatewayRef":   GatewayRef{},
	"GatewayTest":  GatewayTest{},
}

// TestExamplesAreWhatIsSent decodes each example and encodes it again: a field that
// the type does not have fails the one, one that the example lacks the other.
func TestExamplesAreWhatIsSent(t *testing.T) {
	text, err := os.ReadFile(doc)
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile("(?s)```json(.*?)\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		name, example := strings.TrimSpace(m[1]), m[2]
		t.Run(name, func(t *testing.T) {
			sample, known := documented[name]
			require.True(t, known, "no such type")
			v := reflect.New(reflect.TypeOf(sample))
			require.NoError(t, decodeStrict([]byte(example), v.Interface()))
			again, err := json.Marshal(v.Elem().Interface())
			require.NoError(t, err)
			require.JSONEq(t, example, string(again))
		})
		seen[name] = true
	}
	require.ElementsMatch(t, slices.Collect(maps.Keys(documented)), slices.Collect(maps.Keys(seen)))
}

func TestEveryOpIsDocumented(t *testing.T) {
	ops := append(slices.Collect(maps.Keys(handlers)), "events", "quit")
	ops = slices.AppendSeq(ops, maps.Keys(patient))
	require.ElementsMatch(t, ops, firstColumn(t, "| op | args | ok |"))
}

func TestEveryKindOfEventIsDocumented(t *testing.T) {
	source, err := os.ReadFile("../event.go")
	require.NoError(t, err)
	var kinds []string
	for _, m := range regexp.MustCompile(`EventKind = "([^"]+)"`).FindAllStringSubmatch(string(source), -1) {
		kinds = append(kinds, m[1])
	}
	require.Contains(t, kinds, string(phone.EventHistory))
	require.ElementsMatch(t, kinds, firstColumn(t, "| kind | what happened | set |"))
}

// firstColumn returns the words in code style of the first column of the table in the
// documentation that has head.
func firstColumn(t *testing.T, head string) (words []string) {
	text, err := os.ReadFile(doc)
	require.NoError(t, err)
	_, table, found := strings.Cut(string(text), head)
	require.True(t, found)
	table, _, _ = strings.Cut(table, "\n\n")
	for line := range strings.Lines(table) {
		column := strings.SplitN(line, "|", 3)
		if len(column) < 3 {
			continue
		}
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(column[1], -1) {
			words = append(words, m[1])
		}
	}
	return words
}
