package sipp

import (
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

//go:embed scenario/*.xml
var scenarios embed.FS

// words are what the scenario files are written with beside SIPp's own elements, since a message is 15 lines that
// differ in two.
var words = template.FuncMap{
	"reply":  func(status string, headers ...string) string { return reply(status, "", headers) },
	"answer": func(payloads, direction string) string { return reply("200 OK", sdp(payloads, direction), nil) },
	"early":  func(payloads string) string { return reply("183 Session Progress", sdp(payloads, ""), nil) },
	"invite": func(payloads, direction string, headers ...string) string {
		return invite(sdp(payloads, direction), headers)
	},
	"request": func(method string, cseq int) string { return request(method, cseq, "", "", nil) },
	"reinvite": func(cseq int, payloads, direction string) string {
		return request("INVITE", cseq, "", sdp(payloads, direction), nil)
	},
	"sdp": sdp,
}

// write writes a scenario as SIPp reads it, into dir.
func write(dir string, o Options) (path string, err error) {
	name := o.Scenario
	t, err := template.New(name+".xml").Funcs(words).ParseFS(scenarios, "scenario/"+name+".xml")
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, name+".xml")
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return path, t.Execute(file, o)
}

// reply answers what came last. A request with no tag in its To gets one.
func reply(status, body string, headers []string) string {
	lines := []string{
		"SIP/2.0 " + status, "[last_Via:]", "[last_Record-Route:]", "[last_From:]", "[last_To:];tag=[pid]SIPp[call_number]",
		"[last_Call-ID:]", "[last_CSeq:]",
	}
	if status < "3" {
		lines = append(lines, "Contact: <sip:sipp@[local_ip]:[local_port]>")
	}
	// SIPp sends it again until the ACK comes.
	until := ""
	if strings.HasPrefix(status, "2") && body != "" {
		until = ` retrans="500"`
	}
	return message(until, append(lines, headers...), body)
}

// invite begins a call to -s at the remote address.
func invite(body string, headers []string) string {
	return request("INVITE", 1, "sip:[service]@[remote_ip]:[remote_port]", body, headers)
}

// request is one of a call that SIPp began: to target, or within the dialog where it is empty.
func request(method string, cseq int, target, body string, headers []string) string {
	tag := ""
	if target == "" {
		target, tag = "[next_url]", "[peer_tag_param]"
	}
	lines := []string{
		fmt.Sprintf("%s %s SIP/2.0", method, target),
		"Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch];rport", "Max-Forwards: 70",
		`From: "SIPp" <sip:sipp@[local_ip]:[local_port]>;tag=[pid]SIPp[call_number]`,
		"To: <sip:[service]@[remote_ip]:[remote_port]>" + tag,
		"Call-ID: [call_id]", fmt.Sprintf("CSeq: %d %s", cseq, method), "Contact: <sip:sipp@[local_ip]:[local_port]>",
	}
	until := ` retrans="500"`
	if method == "ACK" {
		until = ""
	}
	return message(until, append(lines, headers...), body)
}

func message(attributes string, lines []string, body string) string {
	if body != "" {
		lines = append(lines, "Content-Type: application/sdp")
	}
	lines = append(lines, "Content-Length: [len]", "", body)
	return "<send" + attributes + "><![CDATA[\n\n" + strings.Join(lines, "\n") + "\n]]></send>"
}

// sdp describes SIPp's media: payload types such as "0 8 101", and "sendonly" and the like, or "".
func sdp(payloads, direction string) string {
	names := map[string]string{"0": "PCMU", "8": "PCMA", "101": "telephone-event"}
	lines := []string{
		"v=0", "o=sipp 1 [cseq] IN IP4 [local_ip]", "s=-", "c=IN IP4 [media_ip]", "t=0 0",
		"m=audio [media_port] RTP/AVP " + payloads,
	}
	for payload := range strings.FieldsSeq(payloads) {
		lines = append(lines, fmt.Sprintf("a=rtpmap:%s %s/8000", payload, names[payload]))
	}
	if direction != "" {
		lines = append(lines, "a="+direction)
	}
	return strings.Join(lines, "\n") + "\n"
}
