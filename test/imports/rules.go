// Package imports holds the rules of the tree that a compiler does not check: which package may import which,
// and how long files and functions may be. Its tests are the check.
package imports

import (
	"fmt"
	"slices"
	"strings"
)

// Module is the module's path; the packages in a [Rule] are named below it.
const Module = "github.com/callward/callward"

// Package is what the rules need to know of a package: imports are direct, dependencies are all that it pulls in.
type Package struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// Rule binds the packages that Tree fits; where several fit, the one with the longest Tree counts.
// Trees are written as for the go command: "phone" is one package, "ui/..." is ui and all below it.
type Rule struct {
	Tree string
	// May lists what may be imported of this module, beside what Tree itself fits.
	May []string
	// Std is set where only the standard library may be imported from outside the module.
	Std bool
	// Never lists what must not be reached, directly or through another package.
	Never []string
}

// Only names the packages that alone may import a library, so that the rest can be built and tested without it.
type Only struct {
	Library string
	By      []string
}

const (
	fyne  = "fyne.io/..."
	malgo = "github.com/gen2brain/malgo/..."
	sipgo = "github.com/emiago/sipgo/..."
)

// Rules says who may know whom. ARCHITECTURE.md draws it.
var Rules = []Rule{
	{Tree: "cmd/...", May: []string{"assets/...", "audio/...", "data/...", "phone/...", "ui/..."}},
	{Tree: "assets/..."},

	{Tree: "phone", Std: true},
	{Tree: "phone/number/...", May: []string{"phone"}, Never: []string{"net"}},
	{Tree: "phone/blacklist/...", May: []string{"phone", "phone/number"}, Never: []string{"net", Module + "/data/..."}},
	{Tree: "phone/portable/...", May: []string{"phone"}, Never: []string{"net", Module + "/data/..."}},
	{Tree: "phone/sdp/...", May: []string{"phone"}, Std: true},
	{Tree: "phone/sipua/...", May: []string{"phone", "phone/number", "phone/sdp"}, Never: []string{fyne, malgo}},
	{Tree: "phone/media/...", May: []string{"audio/...", "phone", "phone/sdp"}, Never: []string{fyne, malgo, sipgo}},
	{Tree: "phone/machine/...", May: []string{"assets", "audio/...", "phone"}, Never: []string{fyne, malgo, sipgo, Module + "/data/..."}},
	{Tree: "phone/sound/...", May: []string{"audio/...", "phone"}, Never: []string{fyne, sipgo}},
	{Tree: "phone/exchange/...", May: []string{"assets/...", "audio/...", "phone/..."}, Never: []string{fyne, malgo}},
	{Tree: "phone/gateway/...", May: []string{"phone"}, Never: []string{fyne, malgo, sipgo, Module + "/data/..."}},
	{Tree: "phone/control/...", May: []string{"phone"}, Never: []string{fyne, malgo, sipgo}},

	{Tree: "audio/...", Never: []string{fyne, "net"}},
	{Tree: "audio/codec/...", May: []string{"audio"}, Never: []string{fyne, "net", "os"}},
	{Tree: "audio/jitter/...", May: []string{"audio"}, Never: []string{fyne, "net", "os"}},
	{Tree: "audio/mixer/...", May: []string{"audio"}, Never: []string{fyne, "net", "os"}},
	{Tree: "audio/tempo/...", May: []string{"audio"}, Std: true, Never: []string{"net", "os"}},
	{Tree: "audio/wav/...", May: []string{"audio"}, Std: true, Never: []string{"net", "os"}},
	{Tree: "audio/ring/...", May: []string{"audio"}, Std: true, Never: []string{"net", "os"}},

	{Tree: "data/...", May: []string{"phone"}, Never: []string{fyne, malgo, sipgo}},
	{Tree: "data/migration/...", Std: true},

	{Tree: "ui/...", May: []string{"assets/...", "phone"}, Never: []string{malgo, sipgo}},
	{Tree: "ui/view/...", May: []string{"phone"}, Never: []string{fyne, malgo, sipgo}},
	{Tree: "ui/view/viewtest/...", May: []string{"assets", "phone", "ui/view/..."}, Never: []string{fyne, malgo, sipgo}},
	{Tree: "ui/page/...", May: []string{"assets/...", "phone", "ui/..."}, Never: []string{malgo, sipgo}},
	{Tree: "ui/widget/...", May: []string{"assets/...", "ui/theme"}, Never: []string{malgo, sipgo}},
	{Tree: "ui/theme/...", May: []string{"assets/..."}, Never: []string{malgo, sipgo}},

	{Tree: "test/...", May: []string{"assets/...", "audio/...", "data/...", "phone/..."}},
}

// Onlys names the libraries that one place keeps from the rest.
var Onlys = []Only{
	{malgo, []string{"audio/device"}},
	{"github.com/nyaruka/phonenumbers/...", []string{"phone/number"}},
	{"github.com/zalando/go-keyring/...", []string{"data/secret"}},
	{"modernc.org/sqlite/...", []string{"data", "test/past"}},
	{"github.com/pressly/goose/v3/...", []string{"data"}},
	{sipgo, []string{"phone/sipua/...", "phone/exchange/...", "test/..."}},
	{"github.com/alecthomas/kong/...", []string{"cmd/..."}},
	{fyne, []string{"cmd/...", "ui/..."}},
}

// Check returns a sentence for each rule that p breaks.
func Check(p Package) []string {
	name, ours := strings.CutPrefix(p.ImportPath, Module+"/")
	if !ours {
		return nil
	}
	var broken []string
	rule, found := ruleOf(name)
	if !found {
		return []string{fmt.Sprintf("%s belongs to no tree of the rules: give it a Rule, and a line in ARCHITECTURE.md", name)}
	}
	for _, path := range p.Imports {
		if why := rule.refuses(path); why != "" {
			broken = append(broken, fmt.Sprintf("%s imports %s: %s", name, path, why))
		}
		for _, only := range Onlys {
			if fits(only.Library, path) && !fitsAny(only.By, name) {
				broken = append(broken, fmt.Sprintf("%s imports %s: only %s may", name, path, strings.Join(only.By, ", ")))
			}
		}
	}
	for _, path := range p.Deps {
		if fitsAny(rule.Never, path) {
			broken = append(broken, fmt.Sprintf("%s reaches %s, by itself or through what it imports: %s must never", name, path, rule.Tree))
		}
	}
	return broken
}

// refuses says why a package under r must not import path directly, or "".
func (r Rule) refuses(path string) string {
	if dir, ours := strings.CutPrefix(path, Module+"/"); ours {
		if fits(r.Tree, dir) || fitsAny(r.May, dir) {
			return ""
		}
		return fmt.Sprintf("of this module %s may import %s", r.Tree, strings.Join(append([]string{"itself"}, r.May...), ", "))
	}
	first, _, _ := strings.Cut(path, "/")
	if r.Std && (strings.Contains(first, ".") || path == "C") {
		return fmt.Sprintf("%s imports the standard library alone", r.Tree)
	}
	return ""
}

func ruleOf(name string) (best Rule, found bool) {
	for _, r := range Rules {
		if fits(r.Tree, name) && len(r.Tree) >= len(best.Tree) {
			best, found = r, true
		}
	}
	return best, found
}

// fits reports whether path is what pattern names: itself, or with "/..." all below it too.
func fits(pattern, path string) bool {
	root, tree := strings.CutSuffix(pattern, "/...")
	return path == root || tree && strings.HasPrefix(path, root+"/")
}

func fitsAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return fits(p, path) })
}
