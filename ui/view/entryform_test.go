package view

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view/booktest"
)

// listing is a phone with two contacts, of whom one has two numbers, one of them shared.
func listing() *fakePhone {
	return &fakePhone{Book: booktest.Book{
		People: []phone.Contact{
			{ID: "c1", Name: "Jo Lee", Numbers: []phone.ContactNumber{
				{Label: "work", Text: "+44 20 7946 0018", Number: "+442079460018"}, {Label: "mobile", Text: "+44 7700 900123", Number: "+447700900123"},
			}},
			{ID: "c2", Name: "Ana Cruz", Numbers: []phone.ContactNumber{{Text: "+44 7700 900123", Number: "+447700900123"}}},
		},
		Lately: phone.Replay{Calls: 3, Texts: 2, Contacts: 1},
	}}
}

func TestAContactIsPicked(t *testing.T) {
	f := listing()
	m, q := newMain(f)
	m.AddEntry(phone.KindNumber, false)
	form := m.Adding
	require.Equal(t, phone.AllowVoicemails, form.Mode, "chosen beforehand")
	form.Type("jo")
	q.run()
	require.Len(t, form.Offers, 2)
	form.Move(1)
	require.True(t, form.Take())
	q.run()
	require.Equal(t, "+44 20 7946 0018", form.Text)
	require.Equal(t, "Jo Lee", form.Name)
	require.Equal(t, 1, form.More)
	require.Empty(t, form.Offers)
	require.Equal(t, "In the last 30 days it would have blocked 3 calls and 2 texts, 1 of them from contacts.", form.Lately)
	form.SetWhole(true)
	form.SetMode(phone.BlockAll)
	form.Save()
	q.run()
	require.Nil(t, m.Adding)
	require.Equal(t, phone.KindContact, f.List[0].Kind)
	require.Equal(t, phone.BlockAll, f.List[0].Mode)
	require.Equal(t, phone.ContactID("c1"), f.List[0].Contact)
	require.Equal(t, []string{"+447700900123"}, f.List[0].Others)
}

func TestTheFirstOfferIsMeantByAName(t *testing.T) {
	m, q := newMain(listing())
	m.AddEntry(phone.KindNumber, false)
	m.Adding.Type("ana")
	q.run()
	require.True(t, m.Adding.Take())
	require.Equal(t, "Ana Cruz", m.Adding.Name)

	m.AddEntry(phone.KindNumber, false)
	m.Adding.Type("+4420")
	q.run()
	require.NotEmpty(t, m.Adding.Offers)
	require.False(t, m.Adding.Take(), "a number is a number")
}

func TestANumberThatTwoContactsShare(t *testing.T) {
	m, q := newMain(listing())
	m.AddEntry(phone.KindNumber, false)
	m.Adding.Type("+44 7700 900123")
	q.run()
	require.Equal(t, "Jo Lee", m.Adding.Name)
	require.Equal(t, "This number is also Ana Cruz's.", m.Adding.Shared)

	m.AddEntry(phone.KindNumber, false)
	m.Adding.Type("ana")
	q.run()
	m.Adding.Pick(0)
	q.run()
	require.Equal(t, "Ana Cruz", m.Adding.Name, "the one that was picked is meant")
	require.Equal(t, "This number is also Jo Lee's.", m.Adding.Shared)
	require.Zero(t, m.Adding.More)
}

func TestATypedNameStays(t *testing.T) {
	m, q := newMain(listing())
	m.AddEntry(phone.KindNumber, false)
	m.Adding.SetName("Nuisance")
	m.Adding.Type("+442079460018")
	q.run()
	require.Equal(t, "Nuisance", m.Adding.Name)
	m.Adding.SetName("")
	m.Adding.Type("+44 20 7946 0018")
	require.Equal(t, "Jo Lee", m.Adding.Name, "an empty one is filled in")
}

func TestWhatIsWrongWithAnEntryIsSaid(t *testing.T) {
	f := listing()
	m, q := newMain(f)
	m.AddEntry(phone.KindNumber, false)
	form := m.Adding
	form.Save()
	require.NotEmpty(t, form.NumberError)
	for _, text := range []string{"nonsense", "112"} {
		form.Type(text)
		require.Empty(t, form.NumberError, "it is typed anew")
		form.Save()
		q.run()
		require.NotEmpty(t, form.NumberError, text)
	}
	form.Type("1001")
	form.SetExpires(expiresOn)
	form.Date = "tomorrow"
	form.Save()
	require.NotEmpty(t, form.ExpiresError)
	form.SetExpires(0)
	f.Book.Err = &phone.Error{Code: phone.CodeStorage, Err: errors.New("the disk is full")}
	form.Save()
	q.run()
	require.Contains(t, form.Failed, "disk")
	require.Same(t, form, m.Adding, "nothing that was typed is lost")
	f.Book.Err = nil
	form.Save()
	form.Save() // while it is being saved
	q.run()
	require.Len(t, f.List, 1)
}

func TestAnEntryThatIsThereIsChanged(t *testing.T) {
	f := listing()
	f.List = []phone.Entry{{ID: "e1", Kind: phone.KindNumber, Number: "1001", Text: "1001", Name: "Bob", Mode: phone.AllowVoicemails, Expires: noon.Add(36 * time.Hour)}}
	m, q := newMain(f)
	m.AddEntry(phone.KindNumber, false)
	form := m.Adding
	form.Type("1001")
	form.SetMode(phone.BlockAll)
	form.Save()
	q.run()
	require.NotNil(t, form.Taken)
	form.EditTaken()
	require.Equal(t, "Bob", form.Name)
	require.Equal(t, phone.BlockAll, form.Mode, "what was wanted of it")
	form.Save()
	q.run()
	require.Nil(t, m.Adding)
	require.Len(t, f.List, 1)
	require.Equal(t, phone.BlockAll, f.List[0].Mode)
	require.Equal(t, noon.Add(36*time.Hour), f.List[0].Expires, "as it was")
}

// TestWhatIsLetThroughCanBeBlocked has an entry become what was asked for, though it is on the other tab.
func TestWhatIsLetThroughCanBeBlocked(t *testing.T) {
	f := listing()
	m, q := newMain(f)
	for _, through := range []bool{true, false, true} {
		m.AddEntry(phone.KindNumber, through)
		form := m.Adding
		form.Type("+442079460018")
		form.SetMode(phone.BlockAll)
		form.Save()
		q.run()
		form.EditTaken()
		form.Save()
		q.run()
		require.Nil(t, m.Adding)
		require.Len(t, f.List, 1)
		require.Equal(t, through, f.List[0].Mode == phone.LetThrough)
	}
}

// TestARuleStaysOneOfItsContact has it block all numbers though the contact has this one no more, or is deleted.
func TestARuleStaysOneOfItsContact(t *testing.T) {
	for _, people := range [][]phone.Contact{nil, {{ID: "c1", Name: "Jo Lee", Numbers: []phone.ContactNumber{{Number: "+447700900123"}}}}} {
		f := &fakePhone{Book: booktest.Book{People: people, List: []phone.Entry{{
			ID: "e1", Kind: phone.KindContact, Number: "+442079460018", Text: "+442079460018", Mode: phone.BlockAll, Contact: "c1", Others: []string{"+447700900123"},
		}}}}
		m, q := newMain(f)
		m.EditEntry(f.List[0])
		form := m.Adding
		q.run()
		require.True(t, form.Known())
		require.True(t, form.Whole)
		require.Equal(t, 1, form.More)
		form.SetName("Jo")
		form.Save()
		q.run()
		require.Nil(t, m.Adding)
		require.Equal(t, phone.KindContact, f.List[0].Kind)
		require.Equal(t, phone.ContactID("c1"), f.List[0].Contact)
		m.EditEntry(f.List[0])
		m.Adding.Type("+442079460055")
		require.False(t, m.Adding.Whole, "that is nobody's")
	}
}

func TestWhenAnEntryEnds(t *testing.T) {
	f := listing()
	m, q := newMain(f)
	for i, want := range []time.Time{{}, noon.Add(time.Hour), noon.AddDate(0, 0, 1), noon.AddDate(0, 0, 30), time.Date(2027, 1, 1, 0, 0, 0, 0, time.Local)} {
		f.List = nil
		m.AddEntry(phone.KindNumber, false)
		m.Adding.Type("1001")
		m.Adding.SetExpires(i)
		m.Adding.Date = "2026-12-31"
		m.Adding.Save()
		q.run()
		require.Len(t, f.List, 1)
		require.True(t, want.Equal(f.List[0].Expires), "%v, not %v", f.List[0].Expires, want)
	}
}

func TestBlockFillsTheWindowIn(t *testing.T) {
	f := listing()
	m, q := newMain(f)
	m.Block("+442079460018", "JO'S PHONE", "1001@pbx.example")
	q.run()
	require.Equal(t, "+442079460018", m.Adding.Text)
	require.Equal(t, "Jo Lee", m.Adding.Name, "as the contacts have it")
	m.Block("bob", "Bob", "1001@pbx.example")
	require.Equal(t, "bob@pbx.example", m.Adding.Text, "a name alone is of no server")
	require.Equal(t, "Bob", m.Adding.Name)
	m.Block("", "", "1001@pbx.example")
	require.Equal(t, phone.KindHidden, m.Adding.Kind)
	m.Adding.Save()
	q.run()
	require.Equal(t, phone.KindHidden, f.List[0].Kind)

	ring := phone.Call{ID: "r1", Direction: phone.In, State: phone.Ringing, Number: "+447700900999", Name: "Sam", Account: "1001@pbx.example"}
	m.Show(snapshot(ring))
	f.log = nil
	m.BlockRinging()
	q.run()
	require.Equal(t, []string{"decline r1"}, f.log)
	require.Equal(t, "+447700900999", m.Adding.Text)
	require.Equal(t, "Sam", m.Adding.Name)
	m.StopAdding()
	m.Show(snapshot())
	m.BlockRinging() // of nobody
	require.Nil(t, m.Adding)
}
