package view

// Country is what the numbers of a country, or of several, begin with.
type Country struct{ Name, Prefix string }

// Countries are those that are offered; of others the prefix is typed.
var Countries = []Country{
	{"Australia", "+61"}, {"Austria", "+43"}, {"Belgium", "+32"}, {"Brazil", "+55"}, {"China", "+86"}, {"Denmark", "+45"}, {"France", "+33"},
	{"Germany", "+49"}, {"Great Britain", "+44"}, {"Greece", "+30"}, {"India", "+91"}, {"Ireland", "+353"}, {"Italy", "+39"}, {"Mexico", "+52"},
	{"Netherlands", "+31"}, {"Nigeria", "+234"}, {"Norway", "+47"}, {"Pakistan", "+92"}, {"Poland", "+48"}, {"Portugal", "+351"}, {"Romania", "+40"},
	{"Russia and Kazakhstan", "+7"}, {"South Africa", "+27"}, {"Spain", "+34"}, {"Sweden", "+46"}, {"Switzerland", "+41"}, {"Turkey", "+90"},
	{"Ukraine", "+380"}, {"USA, Canada and the Caribbean", "+1"},
}

// TypePrefix fills in a country.
func (f *EntryForm) TypePrefix(c Country) {
	f.Type(c.Prefix)
	if !f.named {
		f.Name = f.words.L(c.Name)
	}
	f.Changed()
}
