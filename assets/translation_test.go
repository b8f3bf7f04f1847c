package assets

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// uses are the texts that the program's source can bring on the screen: true where they have plural forms.
type uses map[string]bool

// TestTranslationsAreComplete reads the source for the texts of the window.
func TestTranslationsAreComplete(t *testing.T) {
	used := uses{}
	for _, dir := range []string{"../ui", "../ui/page", "../ui/view"} {
		used.readWindow(t, dir)
	}
	for _, dir := range []string{"../phone", "../phone/sound", "../data/secret"} {
		used.readSentences(t, dir)
	}
	for _, dir := range []string{"../phone/number", "../phone/exchange", "../phone/portable", "../ui/view", "../ui/page"} {
		used.readErrors(t, dir)
	}
	used.readReasons(t, "../phone/portable")
	used.readNetwork(t)
	used.readGateways(t)
	used.readStorage(t)
	used.readMachine(t)
	used.readRoles(t)
	used.readRingtones(t)
	for month := time.January; month <= time.December; month++ {
		used.add(month.String())
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		used.add(day.String())
	}
	require.Greater(t, len(used), 200, "the source was not found")
	for _, language := range []string{"en", "de"} {
		t.Run(language, func(t *testing.T) { check(t, used, read(t, language)) })
	}
}

// TestEnglishIsItsOwnKey has the keys mean what they say.
func TestEnglishIsItsOwnKey(t *testing.T) {
	for key, text := range read(t, "en") {
		require.Equal(t, key, text["other"])
	}
}

// check compares a language with what is used.
func check(t *testing.T, used uses, texts map[string]map[string]string) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(used)) {
		text, found := texts[key]
		if !found {
			t.Errorf("no text for %q", key)
			continue
		}
		forms := []string{"other"}
		if used[key] {
			forms = []string{"one", "other"} // both languages have these two (CLDR)
		}
		if got := slices.Sorted(maps.Keys(text)); !slices.Equal(forms, got) {
			t.Errorf("%q has the forms %q, not %q", key, got, forms)
		}
		for form, translated := range text {
			if translated == "" || !slices.Equal(places(key), places(translated)) {
				t.Errorf("%q has other places than %q (%s)", translated, key, form)
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(texts)) {
		if _, found := used[key]; !found {
			t.Errorf("nothing uses %q", key)
		}
	}
}

var place = regexp.MustCompile(`\{\{[^}]*\}\}`)

// places are what is filled in, in alphabetic order.
func places(text string) []string { return slices.Sorted(slices.Values(place.FindAllString(text, -1))) }

// read returns the texts of a language, by key and form.
func read(t *testing.T, language string) map[string]map[string]string {
	t.Helper()
	file, err := Translation(language)
	require.NoError(t, err)
	var raw map[string]any
	require.NoError(t, json.Unmarshal(file, &raw))
	texts := map[string]map[string]string{}
	for key, value := range raw {
		texts[key] = map[string]string{}
		switch value := value.(type) {
		case string:
			texts[key]["other"] = value
		case map[string]any:
			for form, text := range value {
				texts[key][form], _ = text.(string)
			}
		}
	}
	return texts
}

// readReasons adds why a file cannot be read, and why something in it was left out: all sentences that end.
func (u uses) readReasons(t *testing.T, dir string) {
	t.Helper()
	each(parse(t, dir), func(n ast.Node) {
		switch n := n.(type) {
		case *ast.CallExpr:
			name := ""
			switch fun := n.Fun.(type) {
			case *ast.Ident:
				name = fun.Name
			case *ast.SelectorExpr:
				name = fun.Sel.Name
			}
			if name == "invalid" || name == "Errorf" {
				if text, ok := constant(n.Args[0]); ok {
					u.add(sentence(strings.ReplaceAll(text, "%w", "%s")))
				}
			}
		case *ast.BasicLit:
			if text, ok := constant(n); ok && strings.HasSuffix(text, ".") && strings.Contains(text, " ") {
				u.add(filled(text))
			}
		}
	})
}

func (u uses) add(text string) {
	if _, known := u[text]; !known {
		u[text] = false
	}
}

// readWindow adds what is given to L and N of Fyne's lang and view.Words: constants,
// and the values of a package's map that is looked up there.
func (u uses) readWindow(t *testing.T, dir string) {
	t.Helper()
	files := parse(t, dir)
	tables := tables(files)
	each(files, func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !slices.Contains([]string{"L", "N"}, method.Sel.Name) {
			if ok && slices.Contains([]string{"X", "XN"}, method.Sel.Name) {
				t.Errorf("%s: this test does not know X and XN yet", dir)
			}
			return
		}
		if text, ok := constant(call.Args[0]); ok && text != "" {
			u.add(text)
			u[text] = u[text] || method.Sel.Name == "N"
		}
		if index, ok := call.Args[0].(*ast.IndexExpr); ok {
			table, ok := index.X.(*ast.Ident)
			require.True(t, ok && len(tables[table.Name]) > 0, "%s: what is looked up for L is no table of texts", dir)
			for _, text := range tables[table.Name] {
				u.add(text)
			}
		}
	})
}

// readSentences adds what the phone says: each text of its source that begins with a capital and has a blank, put
// together with values or not.
func (u uses) readSentences(t *testing.T, dir string) {
	t.Helper()
	parts := map[ast.Node]bool{} // of texts that were added as a whole
	each(parse(t, dir), func(n ast.Node) {
		text := ""
		switch n := n.(type) {
		case *ast.BasicLit:
			text, _ = constant(n)
		case *ast.BinaryExpr:
			text = joined(n)
		}
		if parts[n] || text == "" || !unicode.IsUpper([]rune(text)[0]) || !strings.Contains(text, " ") || sample(text) {
			return
		}
		ast.Inspect(n, func(part ast.Node) bool { parts[part] = true; return true })
		if strings.HasSuffix(text, ": ") {
			text += "%s" // another sentence follows
		}
		u.add(sentence(text))
	})
}

// joined is a text that is put together, with %s for each value; "" for what does not begin with a text.
func joined(e *ast.BinaryExpr) string {
	if e.Op != token.ADD {
		return ""
	}
	part := func(e ast.Expr) string {
		if text, ok := constant(e); ok {
			return text
		}
		return "%s"
	}
	if x, ok := e.X.(*ast.BinaryExpr); ok {
		return joined(x) + part(e.Y)
	}
	return part(e.X) + part(e.Y)
}

// sample tells whether a text is one that the agent sends, or a part of it: those are the agent's to change.
func sample(text string) bool {
	return strings.Contains(text, "{first_name}") || slices.Contains([]string{"Call back", "On its way", "Jo Lee", "This is a test of Callward."}, text)
}

// readErrors adds the errors for a person that a package returns, and what is said "otherwise": no
// errors that it keeps to compare with, that wrap another, or that name a thing of the program.
func (u uses) readErrors(t *testing.T, dir string) {
	t.Helper()
	kept := map[ast.Node]bool{}
	files := parse(t, dir)
	for _, file := range files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.GenDecl); ok {
				ast.Inspect(d, func(n ast.Node) bool { kept[n] = true; return true })
			}
		}
	}
	each(files, func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || kept[n] || len(call.Args) == 0 {
			return
		}
		last, isText := constant(call.Args[len(call.Args)-1])
		first, _ := constant(call.Args[0])
		switch fun := call.Fun.(type) {
		case *ast.SelectorExpr:
			if name := fun.Sel.Name; first != "" && (name == "New" || name == "Errorf" && dir == "../phone/number") {
				u.add(sentence(first))
			}
		case *ast.Ident:
			if fun.Name == "whole" && isText {
				u.add(last)
			}
		}
	})
}

// readNetwork adds what is said of a server behind the sentence for the agent.
func (u uses) readNetwork(t *testing.T) {
	t.Helper()
	var files []*ast.File
	for _, name := range []string{"failure", "refusal", "resolve", "sockets"} {
		files = append(files, parseFile(t, "../phone/sipua/"+name+".go"))
	}
	each(files, func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return
		}
		fun, _ := call.Fun.(*ast.SelectorExpr)
		if text, ok := constant(call.Args[0]); ok && fun != nil && (fun.Sel.Name == "Errorf" || fun.Sel.Name == "New") {
			if text == "the server refuses (%s)" { // a sentence of its own
				text = sentence(text)
			}
			u.add(filled(text))
		}
	})
}

// readGateways adds what a provider's API comes to: sentences, and what is said of a server behind one.
func (u uses) readGateways(t *testing.T) {
	t.Helper()
	files := parse(t, "../phone/gateway")
	for _, text := range tables(files)["twilioErrors"] {
		u.add(text)
	}
	each(files, func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return
		}
		text, isText := constant(call.Args[0])
		if !isText || text == "%s" {
			return
		}
		switch fun := call.Fun.(type) {
		case *ast.Ident:
			if slices.Contains([]string{"refused", "later", "invalidURL"}, fun.Name) {
				u.add(sentence(text))
			}
		case *ast.SelectorExpr:
			if fun.Sel.Name == "New" || fun.Sel.Name == "Errorf" {
				u.add(filled(text))
			}
		}
	})
}

// readStorage adds what the store says of the disk; what the disk itself says follows.
func (u uses) readStorage(t *testing.T) {
	t.Helper()
	each([]*ast.File{parseFile(t, "../data/error.go"), parseFile(t, "../data/backup.go"), parseFile(t, "../cmd/callward/app.go")}, func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) < 2 {
			return
		}
		fun, _ := call.Fun.(*ast.SelectorExpr)
		format, ok := constant(call.Args[0])
		if !ok || fun == nil || strings.HasPrefix(format, "schema ") || format == "%s: %w" {
			return
		}
		switch fun.Sel.Name {
		case "Errorf":
		case "Sprintf":
			format += ": %s"
		default:
			return
		}
		u.add(sentence(strings.ReplaceAll(format, "%w", "%s")))
	})
}

// readMachine adds what the answering machine says of its files: of messages, and of greetings that it refuses.
func (u uses) readMachine(t *testing.T) {
	t.Helper()
	var files []*ast.File
	for _, name := range []string{"export", "files", "found", "greeting", "tape"} {
		files = append(files, parseFile(t, "../phone/machine/"+name+".go"))
	}
	each(files, func(n ast.Node) {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return
		}
		name := ""
		switch fun := call.Fun.(type) {
		case *ast.Ident:
			name = fun.Name
		case *ast.SelectorExpr:
			name = fun.Sel.Name
		}
		text, ok := constant(call.Args[0])
		if ok && !unicode.IsUpper([]rune(text + " ")[0]) && slices.Contains([]string{"Errorf", "New", "refused"}, name) {
			u.add(sentence(strings.ReplaceAll(text, "%w", "%s")))
		}
	})
}

// readRoles adds what sound calls its devices in a sentence.
func (u uses) readRoles(t *testing.T) {
	t.Helper()
	tables := tables(parse(t, "../phone/sound"))
	require.Len(t, tables["roleWords"], 3)
	for _, role := range tables["roleWords"] {
		u.add(role)
	}
}

// readRingtones adds their names.
func (u uses) readRingtones(t *testing.T) {
	t.Helper()
	each([]*ast.File{parseFile(t, "../audio/tone/ringtone.go")}, func(n ast.Node) {
		if literal, ok := n.(*ast.CompositeLit); ok && literal.Type == nil {
			if name, ok := constant(literal.Elts[0]); ok {
				u.add(name)
			}
		}
	})
}

var verb = regexp.MustCompile(`%[a-z]`)

// sentence is a text as phone.Sentence says it, with {{.A}}, {{.B}} … for the verbs of a format.
func sentence(format string) string {
	text := phone.Sentence(errors.New(format))
	if strings.HasSuffix(format, "%s") {
		text = strings.TrimSuffix(text, ".") // what is put in ends it
	}
	return filled(text)
}

// filled has {{.A}}, {{.B}} … for the verbs of a format.
func filled(format string) string {
	letter := 'A' - 1
	return verb.ReplaceAllStringFunc(format, func(string) string {
		letter++
		return "{{." + string(letter) + "}}"
	})
}

// tables are the maps and lists of texts of a package, by their names.
func tables(files []*ast.File) map[string][]string {
	tables := map[string][]string{}
	each(files, func(n ast.Node) {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if table, ok := v.Values[0].(*ast.CompositeLit); ok {
				tables[v.Names[0].Name] = values(table)
			}
		}
	})
	return tables
}

// values are the constant texts that a table has, with those of a struct within it left out.
func values(table *ast.CompositeLit) []string {
	var texts []string
	for _, e := range table.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			e = pair.Value
		}
		if text, ok := constant(e); ok && text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// constant is the text that an expression of literals has.
func constant(e ast.Expr) (text string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		x, first := constant(e.X)
		y, second := constant(e.Y)
		return x + y, first && second && e.Op == token.ADD
	}
	return "", false
}

// parse reads the source of a package without its tests.
func parse(t *testing.T, dir string) []*ast.File {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		files = append(files, parseFile(t, name))
	}
	return files
}

func parseFile(t *testing.T, name string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	require.NoError(t, err)
	return file
}

// each calls f for all that the files have.
func each(files []*ast.File, f func(ast.Node)) {
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if n != nil {
				f(n)
			}
			return true
		})
	}
}
