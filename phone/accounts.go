package phone

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// AddAccount adds an account, or changes the one of the same address; without
// hasPassword that one's password stays as it was. It returns once the account
// is on the disk; its registration follows. It fails with CodeInvalid,
// CodeStorage or CodeKeyring.
func (p *Phone) AddAccount(ctx context.Context, acc Account, password Secret, hasPassword bool) error {
	if err := acc.Check(p.cfg.Numbers); err != nil {
		return err
	}
	p.settling.Lock()
	defer p.settling.Unlock()
	known, err := p.cfg.Store.Accounts(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(known, func(k Account) bool { return strings.EqualFold(k.Address, acc.Address) })
	if i >= 0 {
		acc.ID = known[i].ID
		acc.Default = acc.Default || known[i].Default
	} else {
		id, err := p.cfg.NewID()
		if err != nil {
			return &Error{Code: CodeInternal, Op: "account add", Err: err}
		}
		acc.ID = AccountID(id)
		acc.Default = acc.Default || len(known) == 0
	}
	// The password goes first: an account never stands there without its own.
	if hasPassword {
		if err := p.cfg.Secrets.Set(acc.ID, password); err != nil {
			return err
		}
	}
	if err := p.cfg.Store.SaveAccount(ctx, acc); err != nil {
		if i < 0 { // nothing is left of an account that is not there
			err = errors.Join(err, p.cfg.Secrets.Delete(acc.ID))
		}
		return err
	}
	if !hasPassword {
		password = p.password(acc.ID)
	}
	if err := p.ask(ctx, "account add", func(l *loop) error { l.open(acc, password); return nil }); err != nil {
		return err
	}
	if err := p.settleNumbers(ctx); err != nil {
		p.cfg.Log.Error("numbers not read again", "err", err)
	}
	return p.settlePractice(ctx)
}

// RetryAccount registers the account of an address at once, whatever its back-off, and
// also where its password was refused: the agent asked. It fails with CodeNotFound.
func (p *Phone) RetryAccount(ctx context.Context, address string) error {
	return p.ask(ctx, "account", func(l *loop) error {
		for _, a := range l.accounts {
			if a.Account.has(address) {
				l.signalling.Refresh(a.Account.ID)
				return nil
			}
		}
		return fault(CodeNotFound, "account", "There is no account %s.", address)
	})
}

// RemoveAccount ends an account's calls, un-registers it and forgets it and
// its password. Where it was the default the first of the others is that now. It fails with CodeNotFound or CodeStorage.
func (p *Phone) RemoveAccount(ctx context.Context, address string) error {
	p.settling.Lock()
	defer p.settling.Unlock()
	known, err := p.cfg.Store.Accounts(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(known, func(k Account) bool { return k.has(address) })
	if i < 0 {
		return fault(CodeNotFound, "account remove", "There is no account %s.", address)
	}
	if err := p.cfg.Store.DeleteAccount(ctx, known[i].ID); err != nil {
		return err
	}
	if err := p.cfg.Secrets.Delete(known[i].ID); err != nil {
		p.cfg.Log.Warn("password not deleted", "account", known[i].Address, "err", err)
	}
	heir := AccountID("")
	if others := slices.Delete(slices.Clone(known), i, i+1); known[i].Default && len(others) > 0 {
		others[0].Default = true
		if err := p.cfg.Store.SaveAccount(ctx, others[0]); err != nil {
			p.cfg.Log.Warn("no account is the default now", "err", err)
		} else {
			heir = others[0].ID
		}
	}
	if err := p.ask(ctx, "account remove", func(l *loop) error { l.closeAccount(known[i].ID); l.inherit(heir); return nil }); err != nil {
		return err
	}
	return p.settlePractice(ctx)
}

// open opens what is stored, and the practice exchange where it is on.
func (p *Phone) open(ctx context.Context) error {
	p.settling.Lock()
	defer p.settling.Unlock()
	p.openSound(ctx)
	if err := p.openBook(ctx); err != nil {
		return err
	}
	if err := p.openMachine(ctx); err != nil {
		return err
	}
	if err := p.openTexts(ctx); err != nil {
		return err
	}
	known, err := p.cfg.Store.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, acc := range known {
		p.inbox.Put(accountOpened{acc, p.password(acc.ID)})
	}
	if err := p.settlePractice(ctx); err != nil {
		p.cfg.Log.Error("practice exchange not started", "err", err)
		p.warn("The practice exchange could not be started: " + Sentence(err))
	}
	return nil
}

// password returns an account's password, empty where there is none.
func (p *Phone) password(id AccountID) Secret {
	secret, err := p.cfg.Secrets.Get(id)
	if err != nil && CodeOf(err) != CodeNotFound {
		p.cfg.Log.Error("password not read", "account", id, "err", err)
		p.warn("The password could not be read: " + Sentence(err))
	}
	return secret
}

// accountOpened is an account to open.
type accountOpened struct {
	account  Account
	password Secret
}

func (in accountOpened) apply(l *loop) { l.open(in.account, in.password) }

// open begins an account's registration, anew where it was open.
func (l *loop) open(acc Account, password Secret) {
	if acc.Default {
		for _, a := range l.accounts {
			if a.Account.Default && a.Account.ID != acc.ID {
				a.Account.Default = false
				l.tellAccount(*a)
			}
		}
	}
	status := l.account(acc.ID)
	if status == nil {
		status = &AccountStatus{}
		l.accounts = append(l.accounts, status)
	}
	*status = AccountStatus{Account: acc, State: Registering, Reason: waiting}
	l.tellAccount(*status)
	l.signalling.Open(acc, password)
}

// closeAccount ends an account and its calls.
func (l *loop) closeAccount(id AccountID) {
	status := l.account(id)
	if status == nil {
		return
	}
	for _, c := range l.all() {
		if c.account == id {
			l.hangup(c)
		}
	}
	l.signalling.CloseAccount(id)
	l.accounts = slices.DeleteFunc(l.accounts, func(a *AccountStatus) bool { return a == status })
	status.State, status.Reason, status.Code = Off, "The account was closed.", ""
	l.tellAccount(*status)
}

// inherit makes an open account the default, where there is none.
func (l *loop) inherit(id AccountID) {
	if a := l.account(id); a != nil && !a.Account.Default {
		a.Account.Default = true
		l.tellAccount(*a)
	}
}

// account returns an open account, nil where there is none.
func (l *loop) account(id AccountID) *AccountStatus {
	for _, a := range l.accounts {
		if a.Account.ID == id {
			return a
		}
	}
	return nil
}

func (l *loop) tellAccount(status AccountStatus) {
	l.emit(Event{Kind: EventAccount, Account: &status})
}

// waiting is why an account is not registered where nothing is wrong.
const waiting = "Waiting for the server's answer."

// messagesWaiting is what a provider says of its voicemail.
type messagesWaiting struct {
	id      AccountID
	waiting MessagesWaiting
}

func (in messagesWaiting) apply(l *loop) {
	if status := l.account(in.id); status != nil && status.Waiting != in.waiting {
		status.Waiting = in.waiting
		l.tellAccount(*status)
	}
}

// accountChanged is a registration's new state.
type accountChanged struct {
	id    AccountID
	state RegistrationState
	err   error
}

func (in accountChanged) apply(l *loop) {
	status := l.account(in.id)
	if status == nil {
		return // closed meanwhile
	}
	was := *status
	status.State, status.Reason, status.Code = in.state, Sentence(in.err), CodeOf(in.err)
	if in.state == Registering && status.Reason == "" {
		status.Reason = waiting
	}
	if in.state == Registered && was.State != Registered {
		via := status.Account.Address
		l.replies = append(l.replies, func() { l.outbox.revive(via) }) // once the snapshot says so
	}
	if was != *status {
		l.tellAccount(*status)
	}
}
