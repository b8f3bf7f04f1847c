package assets

import "embed"

// Icons are the drawings of the window, as icon/NAME.svg: outlines of 20 × 20 with a stroke of
// 1.5, in currentColor; icon/callward.svg is the program's own, in colours.
//
//go:embed icon/*.svg
var Icons embed.FS
