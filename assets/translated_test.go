package assets

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

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
