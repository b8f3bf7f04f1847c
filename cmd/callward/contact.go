package main

import (
	"strings"

	"github.com/callward/callward/phone/control"
)

type contactCommands struct {
	Import contactImport `cmd:"" help:"Add the contacts of a vCard or CSV file; those that are there already get what they lack."`
	Export contactExport `cmd:"" help:"Write all contacts to a file: CSV where its name ends in .csv, else vCards."`
	List   contactList   `cmd:"" help:"List the contacts by name."`
	Add    contactAdd    `cmd:"" help:"Add a contact."`
}

type contactImport struct{ importFile }

func (c contactImport) Run(env *environment) error { return c.run(env, "contact.import") }

type contactExport struct{ exportFile }

func (c contactExport) Run(env *environment) error { return c.run(env, "contact.export") }

type contactList struct {
	Search string `placeholder:"TEXT" help:"Those alone that have it in name, company or a number."`
	jsonFlag
}

func (c contactList) Run(env *environment) error {
	var contacts []control.Contact
	if err := env.do("contact.list", control.ContactList{Search: c.Search}, &contacts); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, contacts)
	}
	var rows [][]string
	for _, contact := range contacts {
		var numbers []string
		for _, n := range contact.Numbers {
			numbers = append(numbers, strings.TrimSpace(n.Label+" "+n.Text))
		}
		rows = append(rows, []string{contact.Name, contact.Company, strings.Join(numbers, ", "), string(contact.ID)})
	}
	return printTable(env.stdout, []string{"NAME", "COMPANY", "NUMBERS", "ID"}, rows)
}

type contactAdd struct {
	Name    string   `arg:"" help:"The name."`
	Numbers []string `arg:"" name:"number" help:"Telephone numbers and SIP addresses."`
	Company string   `help:"The company."`
	jsonFlag
}

func (c contactAdd) Run(env *environment) error {
	contact := control.Contact{Name: c.Name, Company: c.Company}
	for _, number := range c.Numbers {
		contact.Numbers = append(contact.Numbers, control.ContactNumber{Text: number})
	}
	var added control.Contact
	err := env.do("contact.add", contact, &added)
	if err == nil && c.JSON {
		return printJSON(env.stdout, added)
	}
	return err
}
