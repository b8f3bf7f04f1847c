package view

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// AccountKeeper keeps accounts; *phone.Phone satisfies it. Its methods wait for the disk.
type AccountKeeper interface {
	AddAccount(ctx context.Context, acc phone.Account, password phone.Secret, hasPassword bool) error
	RemoveAccount(ctx context.Context, address string) error
	RetryAccount(ctx context.Context, address string) error
}

// AccountRow is an account in the list.
type AccountRow struct {
	Address string
	Level   Level
	// State says how its registration stands, and what to do where it is not good.
	State   string
	Default bool
}

// Accounts is the page of accounts: the list, and the form of one of them.
type Accounts struct {
	// List has all but the practice exchange's.
	List []AccountRow
	// Form is the account that is added or changed; nil for none.
	Form *AccountForm
	// Notice says what went wrong outside of the form.
	Notice string
	// Changed is called when any of this has changed.
	Changed func()

	keeper AccountKeeper
	worker Worker
	words  Words
	all    []phone.AccountStatus
}

// AccountForm is what is typed about an account. Errors are by the name of a
// field, "" for what concerns none.
type AccountForm struct {
	// New tells whether the account is added; the address of one that is there stays.
	New bool

	Address, Password, Server, Port, Proxy, AuthUser, DisplayName, Interval string
	Country, DialPrefix, StripPrefix, CAFile                                string
	Transport                                                               phone.Transport
	Default                                                                 bool

	// After is how many seconds a call rings until a message is taken, where Answers is set.
	Answers bool
	After   string
	// Provider leaves messages to the provider, with Busy as 486, else as 480; VoicemailNumber calls them.
	Provider, Busy  bool
	VoicemailNumber string

	Errors map[string]string
	// Saving is set while the account is being saved.
	Saving bool
}

// NewAccounts shows no accounts yet.
func NewAccounts(keeper AccountKeeper, worker Worker, words Words) *Accounts {
	return &Accounts{Changed: func() {}, keeper: keeper, worker: worker, words: words}
}

// Show takes over what is alive now.
func (a *Accounts) Show(s phone.Snapshot) {
	a.all = s.Accounts
	var list []AccountRow
	for _, acc := range s.Accounts {
		if acc.Account.ID != phone.PracticeAccount {
			list = append(list, a.row(acc))
		}
	}
	if !slices.Equal(list, a.List) {
		a.List = list
		a.Changed()
	}
}

func (a *Accounts) row(acc phone.AccountStatus) AccountRow {
	row := AccountRow{Address: acc.Account.Address, Default: acc.Account.Default}
	switch acc.State {
	case phone.Registered:
		row.State = a.words.L("Registered")
	case phone.Registering:
		row.Level, row.State = Working, a.words.L("Connecting to the server…")
	case phone.Off:
		row.Level, row.State = Working, a.words.L("Off")
	default:
		row.Level, row.State = Bad, a.words.L(acc.Reason)
	}
	return row
}

// Add opens an empty form.
func (a *Accounts) Add() {
	a.Form = &AccountForm{New: true, Transport: phone.UDP, Default: len(a.List) == 0, After: secondsOf(phone.UsualAfter), Busy: true}
	a.Changed()
}

// Edit opens the form of an account.
func (a *Accounts) Edit(address string) {
	i := slices.IndexFunc(a.all, func(s phone.AccountStatus) bool { return s.Account.Address == address })
	if i < 0 {
		return
	}
	acc := a.all[i].Account
	a.Form = &AccountForm{
		Address: acc.Address, Server: acc.Server, Proxy: acc.Proxy, AuthUser: acc.AuthUser, DisplayName: acc.DisplayName,
		Country: acc.Country, DialPrefix: acc.DialPrefix, StripPrefix: acc.StripPrefix, CAFile: acc.CAFile,
		Transport: acc.Transport, Default: acc.Default,
		Answers: acc.Voicemail.After > 0, After: secondsOf(cmp.Or(acc.Voicemail.After, phone.UsualAfter)),
		Provider: acc.Voicemail.Provider, Busy: acc.Voicemail.Status != 480, VoicemailNumber: acc.Voicemail.Number,
	}
	if acc.Port != 0 {
		a.Form.Port = strconv.Itoa(acc.Port)
	}
	if acc.Interval != 0 {
		a.Form.Interval = strconv.Itoa(int(acc.Interval / time.Second))
	}
	a.Changed()
}

// Cancel closes the form.
func (a *Accounts) Cancel() {
	a.Form = nil
	a.Changed()
}

// Save keeps what is typed, and closes the form where that is right.
func (a *Accounts) Save() {
	form := a.Form
	if form == nil || form.Saving {
		return
	}
	acc, err := form.account()
	if err == nil && form.New && slices.ContainsFunc(a.all, func(s phone.AccountStatus) bool { return strings.EqualFold(s.Account.Address, acc.Address) }) {
		err = &phone.Error{Code: phone.CodeExists, Field: "address", Err: errors.New("this account is there already")}
	}
	if err != nil {
		a.refuse(form, err)
		return
	}
	form.Saving = true
	a.Changed()
	password, given := phone.NewSecret(form.Password), form.Password != "" || form.New
	a.worker.Do(func(ctx context.Context) error { return a.keeper.AddAccount(ctx, acc, password, given) }, func(err error) {
		form.Saving = false
		if err != nil {
			a.refuse(form, err)
			return
		}
		form.Password = ""
		if a.Form == form {
			a.Form = nil
		}
		a.Changed()
	})
}

// refuse shows what is wrong beside its field.
func (a *Accounts) refuse(form *AccountForm, err error) {
	field := ""
	var e *phone.Error
	if errors.As(err, &e) {
		field = e.Field
	}
	form.Errors = map[string]string{field: a.words.L(phone.Sentence(err))}
	a.Changed()
}

// account reads what is typed.
func (f *AccountForm) account() (phone.Account, error) {
	acc := phone.Account{
		Address: strings.TrimSpace(f.Address), Server: strings.TrimSpace(f.Server), Proxy: strings.TrimSpace(f.Proxy),
		AuthUser: strings.TrimSpace(f.AuthUser), DisplayName: strings.TrimSpace(f.DisplayName), Transport: f.Transport,
		Country: strings.ToUpper(strings.TrimSpace(f.Country)), DialPrefix: strings.TrimSpace(f.DialPrefix),
		StripPrefix: strings.TrimSpace(f.StripPrefix), CAFile: strings.TrimSpace(f.CAFile), Default: f.Default,
	}
	var err error
	if acc.Port, err = whole("port", f.Port, 65535, "The port should be a number from 1 to 65535, or empty."); err != nil {
		return acc, err
	}
	seconds, err := whole("interval", f.Interval, 86400, "The registration interval should be a number of seconds, or empty.")
	if err != nil {
		return acc, err
	}
	acc.Interval = time.Duration(seconds) * time.Second
	acc.Voicemail, err = f.voicemail()
	return acc, err
}

// voicemail reads who takes messages.
func (f *AccountForm) voicemail() (phone.AccountVoicemail, error) {
	v := phone.AccountVoicemail{Provider: f.Provider, Number: strings.TrimSpace(f.VoicemailNumber)}
	if f.Provider && !f.Busy {
		v.Status = 480
	}
	if !f.Answers {
		return v, nil
	}
	seconds, err := whole("voicemail-after", f.After, int(phone.MaxAfter/time.Second), "A call can ring from 5 to 120 seconds until a message is taken.")
	v.After = time.Duration(seconds) * time.Second
	if err == nil && v.After < phone.MinAfter {
		err = &phone.Error{Code: phone.CodeInvalid, Op: "account", Field: "voicemail-after", Err: errors.New("a call can ring from 5 to 120 seconds until a message is taken")}
	}
	return v, err
}

func secondsOf(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }

// whole reads a number from 1 to most, 0 where nothing is typed.
func whole(field, text string, most int, otherwise string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > most {
		return 0, &phone.Error{Code: phone.CodeInvalid, Op: "account", Field: field, Err: errors.New(otherwise)}
	}
	return n, nil
}

// Remove forgets an account.
func (a *Accounts) Remove(address string) {
	a.do(func(ctx context.Context) error { return a.keeper.RemoveAccount(ctx, address) })
}

// Retry registers an account at once.
func (a *Accounts) Retry(address string) {
	a.do(func(ctx context.Context) error { return a.keeper.RetryAccount(ctx, address) })
}

func (a *Accounts) do(work func(ctx context.Context) error) {
	a.worker.Do(work, func(err error) {
		a.Notice = a.words.L(phone.Sentence(err))
		a.Changed()
	})
}
