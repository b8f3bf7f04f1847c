package assets

import _ "embed"

// Licences are the licences of all that the program is built of. Each begins with a
// line of ===, its name, version and the licence's usual name.
//
//go:embed licence/licences.txt
var Licences string

//go:generate sh -c "cd licence && go run ."
