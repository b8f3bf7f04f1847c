// Package assets holds what is built into the program. README.md says where each
// thing comes from.
package assets

import "embed"

// Voices are what the robots of the practice exchange say, as voice/NAME.wav:
// 8 kHz, 16 bit, mono.
//
//go:embed voice/*.wav
var Voices embed.FS

// Greetings are what the answering machine says where the agent has recorded nothing, as greeting/LANGUAGE.wav:
// 16 kHz, 16 bit, mono.
//
//go:embed greeting/*.wav
var Greetings embed.FS
