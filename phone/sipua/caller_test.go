package sipua

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// callOf reads an INVITE with these header lines as the endpoint would.
func callOf(t testing.TB, lines ...string) phone.Caller {
	t.Helper()
	message := raw(append([]string{
		"INVITE sip:bob@example.test SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKx", "To: <sip:bob@example.test>",
		"Call-ID: 1", "CSeq: 1 INVITE", "Content-Length: 0",
	}, lines...)...)
	msg, err := newParser().ParseSIP(tidied([]byte(message)))
	require.NoError(t, err)
	return callerOf(msg.(*sip.Request))
}

const (
	from = "From"
	pai  = "P-Asserted-Identity"
	rpid = "Remote-Party-ID"
	div  = "Diversion"
)

// callers are header lines and who they say calls.
var callers = map[string]struct {
	lines  []string
	claims []phone.Claim
	hidden bool
}{
	"plain": {
		[]string{"From: <sip:alice@example.test>;tag=1"},
		[]phone.Claim{{Source: from, User: "alice", Host: "example.test"}},
		false,
	},
	"without brackets": {
		[]string{"From: sip:+442079460018@example.test:5070;tag=1"},
		[]phone.Claim{{Source: from, User: "+442079460018", Host: "example.test"}},
		false,
	},
	"compact": {
		[]string{"f: Jo Smith <sip:1001@Example.TEST;transport=tcp>;tag=1"},
		[]phone.Claim{{Source: from, Name: "Jo Smith", User: "1001", Host: "example.test"}},
		false,
	},
	"quoted name": {
		[]string{`From: "Smith, \"Jo\" <x> \\ ; co" <sip:jo@example.test?subject=x%40y>;tag=1`},
		[]phone.Claim{{Source: from, Name: `Smith, "Jo" <x> \ ; co`, User: "jo", Host: "example.test"}},
		false,
	},
	"name that would turn the text round": {
		[]string{"From: \"Jo \u202E6400 6497 02 44+\u202C\" <sip:jo@example.test>;tag=1"},
		[]phone.Claim{{Source: from, Name: "Jo 6400 6497 02 44+", User: "jo", Host: "example.test"}},
		false,
	},
	"name with a comma and no quotes": {
		[]string{"From: Smith, Jo <sip:jo@example.test>;tag=1"},
		[]phone.Claim{{Source: from, Name: "Smith,Jo", User: "jo", Host: "example.test"}},
		false,
	},
	"UTF-8, and a byte that is none": {
		[]string{"From: \"Zoë \xff\" <sip:zo%C3%AB@example.test>;tag=1"},
		[]phone.Claim{{Source: from, Name: "Zoë \uFFFD", User: "zoë", Host: "example.test"}},
		false,
	},
	"escapes": {
		[]string{"From: <sip:%2B44%2020%207946%200018@example.test;user=phone>;tag=1"},
		[]phone.Claim{{Source: from, User: "+442079460018", Host: "example.test"}},
		false,
	},
	"a local number in its context": {
		[]string{"From: <tel:7946-0018;phone-context=+44-20>;tag=1", "P-Asserted-Identity: <sip:7946-0018;phone-context=%2B4420@example.test;user=phone>"},
		[]phone.Claim{{Source: from, User: "79460018;phone-context=+4420"}, {Source: pai, User: "79460018;phone-context=+4420", Host: "example.test"}},
		false,
	},
	"a number that the network found false": {
		[]string{"From: <sip:+442079460018;verstat=TN-Validation-Failed@example.test;user=phone>;tag=1", "P-Asserted-Identity: <tel:+442079460018;verstat=TN-Validation-Passed>"},
		[]phone.Claim{{Source: from, User: "+442079460018", Host: "example.test", Unverified: true}, {Source: pai, User: "+442079460018"}},
		false,
	},
	"a tel URI that the network found false": {
		[]string{"From: <sip:bob@example.test>;verstat=TN-Validation-Failed;tag=1", "P-Asserted-Identity: <tel:+442079460018;verstat=tn-validation-failed>"},
		[]phone.Claim{{Source: from, User: "bob", Host: "example.test"}, {Source: pai, User: "+442079460018", Unverified: true}},
		false,
	},
	"escapes that are none": {
		[]string{"From: <sip:50%@example.test>;tag=1"},
		[]phone.Claim{{Source: from, User: "50%", Host: "example.test"}},
		false,
	},
	"number with parameters": {
		[]string{"From: <sip:+442079460018;npdi;rn=+44200@example.test;user=phone>;tag=1"},
		[]phone.Claim{{Source: from, User: "+442079460018", Host: "example.test"}},
		false,
	},
	"name with a semicolon": {
		[]string{"From: <sip:alice;day=tuesday@example.test>;tag=1"},
		[]phone.Claim{{Source: from, User: "alice;day=tuesday", Host: "example.test"}},
		false,
	},
	"password": {
		[]string{"From: <sip:alice:secret@example.test>;tag=1"},
		[]phone.Claim{{Source: from, User: "alice", Host: "example.test"}},
		false,
	},
	"IPv6": {
		[]string{"From: <sip:1001@[2001:db8::1]:5060>;tag=1"},
		[]phone.Claim{{Source: from, User: "1001", Host: "2001:db8::1"}},
		false,
	},
	"tel": {
		[]string{"From: \"Jo\" <tel:+44-(20)-7946.0018;isub=1411;phone-context=+44>;tag=1"},
		[]phone.Claim{{Source: from, Name: "Jo", User: "+442079460018"}},
		false,
	},
	"tel without brackets": {
		[]string{"From: tel:7042;phone-context=example.com;tag=1"},
		[]phone.Claim{{Source: from, User: "7042"}},
		false,
	},
	"another scheme": {
		[]string{"From: <urn:service:sos>;tag=1"}, nil, false,
	},
	"asserted twice in one line": {
		[]string{
			"From: <sip:1001@example.test>;tag=1",
			`P-Asserted-Identity: "Cullen, J" <sip:+14085264000@vovida.test;user=phone>, <tel:+1-408-526-4000>`,
		},
		[]phone.Claim{
			{Source: from, User: "1001", Host: "example.test"},
			{Source: pai, Name: "Cullen, J", User: "+14085264000", Host: "vovida.test"},
			{Source: pai, User: "+14085264000"},
		},
		false,
	},
	"all of them, out of order": {
		[]string{
			"Diversion: <sip:2001@example.test>;reason=no-answer;counter=1", "diversion: \"Desk\" <sip:2002@example.test>",
			`remote-party-id: "Jo" <sip:3001@example.test>;party=calling;screen=yes;privacy=off`,
			"P-asserted-identity: sip:4001@example.test", "p-asserted-identity: tel:+4940123",
			"From: <sip:1001@example.test>;tag=1",
		},
		[]phone.Claim{
			{Source: from, User: "1001", Host: "example.test"},
			{Source: pai, User: "4001", Host: "example.test"},
			{Source: pai, User: "+4940123"},
			{Source: rpid, Name: "Jo", User: "3001", Host: "example.test"},
			{Source: div, User: "2001", Host: "example.test"},
			{Source: div, Name: "Desk", User: "2002", Host: "example.test"},
		},
		false,
	},
	"broken ones do no harm": {
		[]string{
			"From: <sip:1001@example.test>;tag=1", `P-Asserted-Identity: "never closed <sip:x@y>, <<>>,,;`,
			"Remote-Party-ID: ", "Diversion: <sip:2001@example.test",
		},
		[]phone.Claim{
			{Source: from, User: "1001", Host: "example.test"},
			{Source: div, User: "2001", Host: "example.test"},
		},
		false,
	},
	"private, yet asserted": {
		[]string{"From: <sip:1001@example.test>;tag=1", "P-Asserted-Identity: <tel:+4940123>", "Privacy: id;critical"},
		[]phone.Claim{{Source: from, User: "1001", Host: "example.test"}, {Source: pai, User: "+4940123"}},
		true,
	},
	"private user":     {[]string{"From: <sip:1@e.test>;tag=1", "Privacy: header; User"}, []phone.Claim{{Source: from, User: "1", Host: "e.test"}}, true},
	"private header":   {[]string{"From: <sip:1@e.test>;tag=1", "privacy: header"}, []phone.Claim{{Source: from, User: "1", Host: "e.test"}}, true},
	"not private":      {[]string{"From: <sip:1@e.test>;tag=1", "Privacy: none"}, []phone.Claim{{Source: from, User: "1", Host: "e.test"}}, false},
	"session only":     {[]string{"From: <sip:1@e.test>;tag=1", "Privacy: session"}, []phone.Claim{{Source: from, User: "1", Host: "e.test"}}, false},
	"party withheld":   {[]string{"From: <sip:1@e.test>;tag=1", "Remote-Party-ID: <sip:2@e.test>;privacy=full"}, []phone.Claim{{Source: from, User: "1", Host: "e.test"}, {Source: rpid, User: "2", Host: "e.test"}}, true},
	"anonymous":        {[]string{`From: "Anonymous" <sip:anonymous@anonymous.invalid>;tag=1`}, []phone.Claim{{Source: from, Name: "Anonymous", User: "anonymous", Host: "anonymous.invalid"}}, true},
	"anonymous at all": {[]string{"From: <sip:Anonymous@provider.test>;tag=1"}, []phone.Claim{{Source: from, User: "Anonymous", Host: "provider.test"}}, true},
}

func TestCaller(t *testing.T) {
	for name, tc := range callers {
		t.Run(name, func(t *testing.T) {
			caller := callOf(t, tc.lines...)
			require.Equal(t, tc.claims, caller.Claims)
			require.Equal(t, tc.hidden, caller.Hidden)
		})
	}
}

// Whatever a header says, what comes of it can be shown and compared.
func FuzzCaller(f *testing.F) {
	f.Add(`"Smith, \"Jo\"" <sip:+44-20;npdi@[::1]:5060;user=phone?x=y>;a="b;c", <tel:+44(20)>`, "id; user")
	f.Add(`"\`, `;;`)
	f.Add("<sip:%@;;:@>;privacy=full", "none")
	f.Add("sip:\a", "0")
	f.Add("sip:a@b,\x00\"<>", "\xff")
	f.Fuzz(func(t *testing.T, identity, privacy string) {
		req := sip.NewRequest(sip.INVITE, sip.Uri{})
		for _, source := range []string{pai, rpid, div} {
			req.AppendHeader(sip.NewHeader(source, identity))
		}
		req.AppendHeader(sip.NewHeader("Privacy", privacy))
		caller := callerOf(req)
		require.LessOrEqual(t, len(caller.Claims), 3*(1+strings.Count(identity, ",")))
		for _, claim := range caller.Claims {
			for _, said := range []string{claim.Name, claim.User, claim.Host} {
				require.True(t, utf8.ValidString(said), "%q", said)
				require.Equal(t, -1, strings.IndexFunc(said, unicode.IsControl), "%q", said)
			}
			require.Contains(t, []string{pai, rpid, div}, claim.Source)
			require.LessOrEqual(t, utf8.RuneCountInString(claim.Name), maxName)
		}
	})
}
