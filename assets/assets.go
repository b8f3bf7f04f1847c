// Package assets holds what is built into the program. README.md says where each
// thing comes from.
package assets

import "embed"

// Voices are what the robots of the practice exchange say, as voice/NAME.wav:
// 8 kHz, 16 bit, mono.
//
//go:embed voice/*.wav
var Voices embed.FS
