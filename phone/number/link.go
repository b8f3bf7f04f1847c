package number

// Link returns what a person would type for a tel:, sip:, sips: or callto: link; another text, or one that cannot be
// read, as it is. [Plan.Target] makes the same of both.
func (Plan) Link(text string) string {
	folded := fold(text)
	if _, _, link := cutScheme(folded); !link || len(text) > maxTyped {
		return text
	}
	user, host, err := split(folded)
	if err != nil {
		return text
	}
	typed := user
	if host != "" {
		typed += "@" + host
	} else if digits, ok := compact(user); ok {
		typed = digits
	}
	if again, at, err := split(fold(typed)); err != nil || at != host || again != user && again != typed {
		return text // such as a name with a blank, or with an @ of its own
	}
	return typed
}
