package assets

import "embed"

// Icons are the drawings of the window, as icon/NAME.svg: outlines of 20 × 20 with a stroke of
// 1.5, in currentColor; icon/callward.svg is the program's own, in colours, and
// icon/callward.png that, drawn: a window is slow to open where it has to draw it.
//
//go:embed icon/*.svg icon/callward.png
var Icons embed.FS
