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

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
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

func (u uses) add(text string) {
	if _, known := u[text]; !known {
		u[text] = false
	}
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
