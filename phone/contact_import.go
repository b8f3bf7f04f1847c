package phone

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"
)

// importBatch is how many contacts are written at once.
const importBatch = 500

// ImportContacts adds the contacts that each gives, with the lines at which they begin in
// their file. One that is there already, with the same name and a number in common, gets what it lacks. What
// cannot be a contact is left out, and noted in the report. Contacts that were added before it fails, or
// ctx is done, stay: to import the same file again adds the rest.
func (p *Phone) ImportContacts(ctx context.Context, each func(yield func(line int, c Contact) error) error, report *ImportReport, progress Progress) error {
	im := &contactImport{Phone: p, ctx: ctx, report: report, country: p.country()}
	err := each(func(line int, c Contact) error {
		if err := ctx.Err(); err != nil {
			return &Error{Code: CodeCancelled, Op: "import contacts", Err: err}
		}
		im.take(line, c)
		if len(im.batch) < importBatch {
			return nil
		}
		progress(report.Added+report.Merged+report.Unchanged+report.SkippedCount, 0)
		return im.write()
	})
	if err == nil {
		err = im.write()
	}
	p.listing.Lock()
	defer p.listing.Unlock()
	if report.Added+report.Merged == 0 {
		return err
	}
	p.inbox.Put(changed(EventContacts))
	for _, again := range []func(context.Context) error{p.readDirectory, p.readRules} {
		if unread := again(context.WithoutCancel(ctx)); err == nil {
			err = unread
		}
	}
	return err
}

// contactImport is an import that is under way; the goroutine of ImportContacts owns it.
type contactImport struct {
	*Phone
	ctx     context.Context
	report  *ImportReport
	country string
	batch   []Contact
}

// take checks a contact that was read, and queues it.
func (im *contactImport) take(line int, c Contact) {
	what := ContactName{Name: oneLine(c.Name), Company: oneLine(c.Company)}.Title()
	if what == "" && len(c.Numbers) > 0 {
		c.Name = oneLine(c.Numbers[0].Text)
		what = c.Name
	}
	c.Name, c.Company = shortened(oneLine(c.Name), maxContactText), shortened(oneLine(c.Company), maxContactText)
	c.Note = shortened(strings.TrimSpace(c.Note), maxContactNote)
	if len(c.Picture) > MaxPicture {
		c.Picture = nil
	}
	known := map[string]bool{}
	c.Numbers = slices.DeleteFunc(slices.Clone(c.Numbers), func(n ContactNumber) bool { return oneLine(n.Text) == "" })
	for i, n := range c.Numbers {
		n.Text, n.Label = oneLine(n.Text), oneLine(n.Label)
		n.Number, _ = im.cfg.Numbers.Listed(n.Text, im.country) // one that cannot be read is kept as it is written
		c.Numbers[i] = n
	}
	c.Numbers = slices.DeleteFunc(c.Numbers, func(n ContactNumber) bool {
		double := n.Number != "" && known[n.Number]
		known[n.Number] = true
		return double
	})
	switch {
	case len(c.Numbers) == 0:
		im.report.Skip(Skipped{Line: line, What: what, Why: "It has no number and no SIP address."})
		return
	case !slices.ContainsFunc(c.Numbers, func(n ContactNumber) bool { return n.Number != "" }):
		im.report.Skip(Skipped{Line: line, What: what, Why: "None of its numbers can be one: " + c.Numbers[0].Text + "."})
		return
	case len(c.Numbers) > maxContactNumbers:
		im.report.Skip(Skipped{Line: line, What: what, Why: "It has more numbers than a contact can have."})
		return
	}
	im.batch = append(im.batch, c)
}

// write merges what is queued with what is there, and writes it.
func (im *contactImport) write() error {
	if len(im.batch) == 0 {
		return nil
	}
	im.listing.Lock()
	defer im.listing.Unlock()
	var numbers []string
	for _, c := range im.batch {
		for _, n := range c.Numbers {
			if n.Number != "" {
				numbers = append(numbers, n.Number)
			}
		}
	}
	there, err := im.cfg.Store.Doubles(im.ctx, numbers)
	if err != nil {
		return err
	}
	saved, added, merged, same, err := im.merge(there)
	if err != nil {
		return err
	}
	im.batch = im.batch[:0]
	if err := im.cfg.Store.SaveContacts(im.ctx, saved); err != nil {
		return err
	}
	im.report.Added += added
	im.report.Merged += merged
	im.report.Unchanged += same
	return nil
}

// merge puts the batch together with the contacts that share numbers with it.
func (im *contactImport) merge(there []Contact) (saved []Contact, added, merged, same int, err error) {
	all := there // and those of the batch itself
	byNumber := map[string][]int{}
	note := func(i int) {
		for _, n := range all[i].Numbers {
			byNumber[n.Number] = append(byNumber[n.Number], i)
		}
	}
	for i := range all {
		note(i)
	}
	touched := map[int]bool{}
	for _, c := range im.batch {
		i := im.double(c, all, byNumber)
		switch {
		case i < 0:
			id, err := im.cfg.NewID()
			if err != nil {
				return nil, 0, 0, 0, &Error{Code: CodeInternal, Op: "import contacts", Err: err}
			}
			c.ID = ContactID(id)
			all = append(all, c)
			note(len(all) - 1)
			touched[len(all)-1] = true
			added++
		case all[i].absorb(c):
			note(i)
			touched[i] = true
			merged++
		default:
			same++
		}
	}
	for i := range all {
		if touched[i] {
			saved = append(saved, all[i])
		}
	}
	return saved, added, merged, same, nil
}

// double returns the place of the contact that c is, -1 where there is none: two of one name
// with a number in common are one.
func (im *contactImport) double(c Contact, all []Contact, byNumber map[string][]int) int {
	for _, n := range c.Numbers {
		for _, i := range byNumber[n.Number] {
			if n.Number != "" && strings.EqualFold(all[i].title(), c.title()) {
				return i
			}
		}
	}
	return -1
}

func (c Contact) title() string { return ContactName{Name: c.Name, Company: c.Company}.Title() }

// absorb takes over what c lacks and another has; it tells whether that was anything.
func (c *Contact) absorb(other Contact) (changed bool) {
	fill := func(to *string, from string) {
		if *to == "" && from != "" {
			*to, changed = from, true
		}
	}
	fill(&c.Name, other.Name)
	fill(&c.Company, other.Company)
	fill(&c.Note, other.Note)
	if len(c.Picture) == 0 && len(other.Picture) > 0 {
		c.Picture, changed = other.Picture, true
	}
	for _, n := range other.Numbers {
		has := func(own ContactNumber) bool {
			return own.Number == n.Number && (n.Number != "" || own.Text == n.Text)
		}
		if !slices.ContainsFunc(c.Numbers, has) && len(c.Numbers) < maxContactNumbers {
			c.Numbers, changed = append(c.Numbers, n), true
		}
	}
	return changed
}

// shortened cuts a text to most characters.
func shortened(text string, most int) string {
	if utf8.RuneCountInString(text) > most {
		return strings.TrimSpace(string([]rune(text)[:most]))
	}
	return text
}

// EachContact gives all contacts whole, in the order of their names, to be exported.
func (p *Phone) EachContact(ctx context.Context, yield func(Contact) error) error {
	part, _, err := p.cfg.Store.Contacts(ctx, ContactQuery{})
	if err != nil {
		return err
	}
	for _, c := range part {
		whole, err := p.cfg.Store.Contact(ctx, c.ID)
		if CodeOf(err) == CodeNotFound {
			continue // deleted meanwhile
		}
		if err == nil {
			err = yield(whole)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
