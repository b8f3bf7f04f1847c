package imports

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
)

// Lines that a file and a function may have. Most have less than half of it.
const (
	maxFileLines = 500
	maxFuncLines = 80
)

// CheckSize returns a sentence for the Go file and for each of its functions that is too long.
// It fails where the file cannot be read or parsed.
func CheckSize(path string, src any) ([]string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var long []string
	if n := fset.File(file.FileStart).LineCount(); n > maxFileLines {
		long = append(long, fmt.Sprintf("%s has %d lines, more than %d", path, n, maxFileLines))
	}
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		from, to := fset.Position(fn.Pos()).Line, fset.Position(fn.End()).Line
		if n := to - from + 1; n > maxFuncLines {
			long = append(long, fmt.Sprintf("%s:%d: %s has %d lines, more than %d", path, from, fn.Name.Name, n, maxFuncLines))
		}
	}
	return long, nil
}
