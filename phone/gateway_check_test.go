package phone_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestGatewayCheckRefusesWithTheFieldsName(t *testing.T) {
	twilio := phone.Gateway{Name: "Mine", Kind: phone.TwilioGateway, Number: "+442079460018", Country: "GB", User: "AC00000000000000000000000000000001"}
	generic := phone.Gateway{
		Name: "Mine", Kind: phone.HTTPGateway, Number: "+442079460018", URL: "https://{user}.sms.example/{to}?key={secret}", Method: "PUT",
		Headers: "Content-Type: text/plain\r\n\r\nX-Id: {id}", Body: "{text}", Reference: "messages.0.id",
	}
	noPEM := filepath.Join(t.TempDir(), "no.pem")
	require.NoError(t, os.WriteFile(noPEM, []byte("not a certificate"), 0o600))
	tests := []struct {
		field  string
		of     phone.Gateway
		change func(g *phone.Gateway)
	}{
		{"", twilio, func(*phone.Gateway) {}},
		{"", twilio, func(g *phone.Gateway) { g.Poll = phone.MinPoll }},
		{"", twilio, func(g *phone.Gateway) { g.URL = "http://127.0.0.1:8080" }},
		{"", generic, func(*phone.Gateway) {}},
		{"", generic, func(g *phone.Gateway) { g.URL, g.Body = "http://localhost/", "to={to}&text={text}" }},
		{"name", twilio, func(g *phone.Gateway) { g.Name = " " }},
		{"name", twilio, func(g *phone.Gateway) { g.Name = "a@b" }},
		{"name", twilio, func(g *phone.Gateway) { g.Name = "a\x00b" }},
		{"kind", twilio, func(g *phone.Gateway) { g.Kind = "smpp" }},
		{"country", twilio, func(g *phone.Gateway) { g.Country = "XX" }},
		{"number", twilio, func(g *phone.Gateway) { g.Number = "" }},
		{"number", twilio, func(g *phone.Gateway) { g.Number = "020 7946 0018" }},
		{"poll", twilio, func(g *phone.Gateway) { g.Poll = time.Second }},
		{"poll", twilio, func(g *phone.Gateway) { g.Poll = -time.Second }},
		{"user", twilio, func(g *phone.Gateway) { g.User = "SK00000000000000000000000000000001" }},
		{"user", twilio, func(g *phone.Gateway) { g.User = "AC0000000000000000000000000000/../" }},
		{"user", twilio, func(g *phone.Gateway) { g.User = "AC1" }},
		{"url", twilio, func(g *phone.Gateway) { g.URL = "http://sms.example" }},
		{"url", twilio, func(g *phone.Gateway) { g.URL = "https://me:secret@sms.example" }},
		{"url", twilio, func(g *phone.Gateway) { g.URL = "sms.example" }},
		{"url", generic, func(g *phone.Gateway) { g.URL = "" }},
		{"url", generic, func(g *phone.Gateway) { g.URL = "https://sms.example/{to}\nX" }},
		{"method", generic, func(g *phone.Gateway) { g.Method = "DELETE" }},
		{"headers", generic, func(g *phone.Gateway) { g.Headers = "Authorization Bearer {secret}" }},
		{"headers", generic, func(g *phone.Gateway) { g.Headers = "X Y: z" }},
		{"headers", generic, func(g *phone.Gateway) { g.Headers = "X-Ä: z" }},
		{"headers", generic, func(g *phone.Gateway) { g.Headers = "X: z\rY: z" }},
		{"body", generic, func(g *phone.Gateway) { g.Body = "" }},
		{"body", generic, func(g *phone.Gateway) { g.URL = "https://sms.example/" }},
		{"body", generic, func(g *phone.Gateway) { g.Method = "GET" }},
		{"reference", generic, func(g *phone.Gateway) { g.Reference = "messages[0].id" }},
		{"ca", twilio, func(g *phone.Gateway) { g.CAFile = noPEM }},
		{"ca", generic, func(g *phone.Gateway) { g.CAFile = filepath.Join(t.TempDir(), "none.pem") }},
	}
	for _, tt := range tests {
		g := tt.of
		tt.change(&g)
		err := g.Check(&fakeNumbers{})
		if tt.field == "" {
			require.NoError(t, err, "%+v", g)
			continue
		}
		var wrong *phone.Error
		require.True(t, errors.As(err, &wrong), "%s: %+v", tt.field, g)
		require.Equal(t, []string{string(phone.CodeInvalid), tt.field}, []string{string(wrong.Code), wrong.Field}, "%+v", g)
	}
}
