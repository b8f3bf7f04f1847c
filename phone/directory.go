package phone

import (
	"slices"
	"sync"
)

// directory is whose numbers are whose, in memory: who calls has a name before it
// rings, whatever the disk does. Any goroutine; mu guards the rest.
type directory struct {
	mu sync.RWMutex
	// owners are the contacts of a number in normal form; numbers those of a contact.
	owners  map[string][]*ContactName
	numbers map[ContactID][]string
}

func newDirectory() *directory {
	return &directory{owners: map[string][]*ContactName{}, numbers: map[ContactID][]string{}}
}

// find returns the contacts that have a number in one of some forms.
func (d *directory) find(forms ...string) []ContactName {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var found []ContactName
	for _, form := range forms {
		for _, c := range d.owners[form] {
			if !slices.Contains(found, *c) {
				found = append(found, *c)
			}
		}
	}
	return found
}

// has tells whether any contact has a number.
func (d *directory) has(number string) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return len(d.owners[number]) > 0
}

// forget takes a contact and its numbers out.
func (d *directory) forget(id ContactID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, number := range d.numbers[id] {
		left := slices.DeleteFunc(d.owners[number], func(c *ContactName) bool { return c.ID == id })
		if d.owners[number] = left; len(left) == 0 {
			delete(d.owners, number)
		}
	}
	delete(d.numbers, id)
}

// put adds a number of a contact.
func (d *directory) put(number string, c *ContactName) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !slices.ContainsFunc(d.owners[number], func(other *ContactName) bool { return other.ID == c.ID }) {
		d.owners[number] = append(d.owners[number], c)
		d.numbers[c.ID] = append(d.numbers[c.ID], number)
	}
}

// replace takes over another directory's contacts.
func (d *directory) replace(other *directory) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.owners, d.numbers = other.owners, other.numbers
}
