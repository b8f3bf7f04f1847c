package control

import (
	"math"
	"time"

	"github.com/callward/callward/phone"
)

// Account is an account as a client gives it; phone.Account says what the
// fields mean.
type Account struct {
	Address     string          `json:"address"`
	Server      string          `json:"server"`
	Port        int             `json:"port"`
	Proxy       string          `json:"proxy"`
	AuthUser    string          `json:"auth_user"`
	DisplayName string          `json:"display_name"`
	Transport   phone.Transport `json:"transport"`
	// IntervalS is the registration's, in seconds.
	IntervalS   int    `json:"interval_s"`
	Country     string `json:"country"`
	DialPrefix  string `json:"dial_prefix"`
	StripPrefix string `json:"strip_prefix"`
	// CA is the path of a PEM file, absolute.
	CA      string `json:"ca"`
	Default bool   `json:"default"`
	// Voicemail says who takes the messages.
	Voicemail AccountVoicemail `json:"voicemail"`
}

// AccountVoicemail is phone.AccountVoicemail.
type AccountVoicemail struct {
	// AfterS is how long a call rings before, in seconds; 0 for ever.
	AfterS   int    `json:"after_s"`
	Provider bool   `json:"provider"`
	Status   int    `json:"status"`
	Number   string `json:"number"`
}

// Waiting is what the provider says of its voicemail.
type Waiting struct {
	Waiting bool `json:"waiting"`
	// New and Old are numbers of messages, 0 also where none was said.
	New int `json:"new"`
	Old int `json:"old"`
}

// AccountRow is a row of account.list.
type AccountRow struct {
	ID phone.AccountID `json:"id"`
	Account
	State   phone.RegistrationState `json:"state"`
	Reason  string                  `json:"reason"`
	Waiting Waiting                 `json:"waiting"`
}

// phoneAccount returns a as the phone has it, not checked further.
func (a Account) phoneAccount() (phone.Account, error) {
	if a.IntervalS < 0 || a.IntervalS > math.MaxInt32 {
		return phone.Account{}, invalid("interval", "The registration interval is a number of seconds.")
	}
	if a.Voicemail.AfterS < 0 || a.Voicemail.AfterS > math.MaxInt32 {
		return phone.Account{}, invalid("voicemail-after", "The time until voicemail takes a call is a number of seconds.")
	}
	return phone.Account{
		Address:     a.Address,
		Server:      a.Server,
		Port:        a.Port,
		Proxy:       a.Proxy,
		AuthUser:    a.AuthUser,
		DisplayName: a.DisplayName,
		Transport:   a.Transport,
		Interval:    time.Duration(a.IntervalS) * time.Second,
		Country:     a.Country,
		DialPrefix:  a.DialPrefix,
		StripPrefix: a.StripPrefix,
		CAFile:      a.CA,
		Default:     a.Default,
		Voicemail: phone.AccountVoicemail{
			After:    time.Duration(a.Voicemail.AfterS) * time.Second,
			Provider: a.Voicemail.Provider,
			Status:   a.Voicemail.Status,
			Number:   a.Voicemail.Number,
		},
	}, nil
}

func newAccountRow(s phone.AccountStatus) AccountRow {
	a := s.Account
	return AccountRow{
		ID: a.ID,
		Account: Account{
			Address:     a.Address,
			Server:      a.Server,
			Port:        a.Port,
			Proxy:       a.Proxy,
			AuthUser:    a.AuthUser,
			DisplayName: a.DisplayName,
			Transport:   a.Transport,
			IntervalS:   int(a.Interval / time.Second),
			Country:     a.Country,
			DialPrefix:  a.DialPrefix,
			StripPrefix: a.StripPrefix,
			CA:          a.CAFile,
			Default:     a.Default,
			Voicemail:   newAccountVoicemail(a.Voicemail),
		},
		State:   s.State,
		Reason:  s.Reason,
		Waiting: Waiting(s.Waiting),
	}
}

func newAccountVoicemail(v phone.AccountVoicemail) AccountVoicemail {
	return AccountVoicemail{AfterS: int(v.After / time.Second), Provider: v.Provider, Status: v.Status, Number: v.Number}
}
