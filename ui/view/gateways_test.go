package view

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// gatewayed is a snapshot with a gateway.
func gatewayed() phone.Snapshot {
	s := snapshot()
	s.Gateways = []phone.GatewayStatus{{Gateway: phone.Gateway{ID: "g1", Name: "Mine", Kind: phone.HTTPGateway, Number: "+442079460018", Country: "GB", Method: "GET"}, Fault: "The server refuses it."}}
	return s
}

func TestGatewaysAreListed(t *testing.T) {
	m, _ := newMain(&fakePhone{})
	m.Show(gatewayed())
	require.Equal(t, []GatewayRow{{ID: "g1", Name: "Mine", Number: "+44 20 7946 0018", Kind: "HTTP", Fault: "The server refuses it."}}, m.Gateways.List)
	require.Equal(t, []string{"The default account", alice, "Mine"}, m.TextSetup.Ways)
	m.Gateways.Edit("g1")
	require.Equal(t, "GET", m.Gateways.Form.Method)
	require.Empty(t, m.Gateways.Form.Secret)
}

func TestWhatBelongsToAnotherKindOfGatewayIsNotSaved(t *testing.T) {
	f := &fakePhone{}
	m, q := newMain(f)
	m.Gateways.Add()
	form := m.Gateways.Form
	form.Name, form.Number, form.URL, form.Body, form.Secret = "Mine", "+442079460018", "https://x.example", "{text}", "s"
	form.Kind = phone.HTTPGateway
	m.Gateways.Save()
	m.Gateways.Save() // a double click
	q.run()
	require.Equal(t, []phone.Gateway{{ID: "g1", Name: "Mine", Number: "+442079460018", Kind: phone.HTTPGateway, URL: "https://x.example", Method: "POST", Body: "{text}"}}, f.Lines)
	require.Empty(t, form.Secret, "it is not kept here")
	require.Equal(t, []string{"save Mine"}, f.Asked)
}

func TestTheTestOfAnotherGatewayIsNotMistaken(t *testing.T) {
	f := &fakePhone{}
	f.TrialText = phone.Text{ID: "t1", State: phone.TextSent}
	m, q := newMain(f)
	m.Gateways.Try("g1")
	m.Gateways.Trial.Number = "1"
	m.Gateways.Send()
	m.Gateways.Try("g2")
	q.run()
	require.Empty(t, m.Gateways.Trial.Said)
	m.Happened(phone.Event{Kind: phone.EventText, Message: &phone.Text{ID: "t1", State: phone.TextDelivered}})
	require.Empty(t, m.Gateways.Trial.Said)
}

func TestAWayThatIsGoneIsStillShown(t *testing.T) {
	f := &fakePhone{}
	f.Texting.Via = "Old"
	m, q := newMain(f)
	m.Show(gatewayed())
	m.TextSetup.Read()
	q.run()
	require.Equal(t, 3, m.TextSetup.WayPlace())
	require.Equal(t, "Old", m.TextSetup.Ways[3])
	m.TextSetup.ChooseWay(1)
	q.run()
	require.Equal(t, alice, f.Texting.Via)
	require.Len(t, m.TextSetup.Ways, 3)
}
